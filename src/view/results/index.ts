export { resultsIcon } from './icons.js';
export { ResultsPanel } from './panel.js';
export type { IResultAction, IResultActionItem, IResultsOptions } from './types.js';
