export {
  formatNumber,
  quoteColumnName,
  quoteIdentifier,
  quoteLiteral,
  quoteTableName,
  unquoteName
} from './quote.js';
export { isReserved } from './reserved.js';
export { firstTable } from './tables.js';
