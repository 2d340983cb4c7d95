export { resultsIcon } from './icons.js';
export { ResultsPanel } from './panel.js';
export type {
  IQueryEditor,
  IResultAction,
  IResultActionItem,
  IResultsOptions,
  QueryEditorFactory
} from './types.js';
