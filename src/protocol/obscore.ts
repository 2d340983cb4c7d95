/** ObsCore 1.1: its columns, and what its search form offers. */
export {
  CALIB_LEVELS,
  OBSCORE_COLUMNS,
  PRODUCT_TYPES,
  type IObsCoreColumn
} from './obscore/columns.js';
export { OBSCORE_PROFILE } from './obscore/profile.js';
