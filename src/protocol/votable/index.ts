/** VOTable 1.0 to 1.6: TABLEDATA, BINARY and BINARY2 to Arrow. */
export { resultTable } from './resulttable.js';
export { readVOTable } from './read.js';
export { METADATA_KEYS } from './schema.js';
export { streamVOTable } from './stream.js';
export type * from './types.js';
