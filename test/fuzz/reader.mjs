import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The reader under test, compiled: from `lib`, or from the folder that OBSDECK_LIB names.
 *
 * @returns `{ streamVOTable, ProtocolError }`
 */
export function loadReader() {
  const lib = resolve(ROOT, process.env.OBSDECK_LIB ?? 'lib');
  return import(pathToFileURL(`${lib}/protocol/index.js`).href);
}
