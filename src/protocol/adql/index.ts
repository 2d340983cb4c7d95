export { MOST_PROBLEMS } from './bounds.js';
export {
  complete,
  type ICompletion,
  type ICompletionContext,
  type ICompletions
} from './complete.js';
export { formatAdql } from './format.js';
export { functionsOf, type IAdqlFunction } from './functions.js';
export { columnsOf, namesOf, SchemaNames } from './names.js';
export {
  applyFix,
  findProblems,
  type IChange,
  type ICheckContext,
  type IFix,
  type IProblem
} from './problems.js';
export {
  formatNumber,
  quoteColumnName,
  quoteIdentifier,
  quoteLiteral,
  quoteTableName,
  splitName,
  unquoteName
} from './quote.js';
export { isReserved, RESERVED_WORDS } from './reserved.js';
export { firstTable, tablesNamed } from './tables.js';
