/** ObsCore 1.1: its columns, the search form and the ADQL a form stands for. */
export {
  CALIB_LEVELS,
  OBSCORE_COLUMNS,
  PRODUCT_TYPES,
  type IObsCoreColumn
} from './obscore/columns.js';
export {
  EMPTY_FORM,
  FormError,
  NO_PRODUCT_TYPE,
  type FormField,
  type IFormProblem,
  type IObsCoreForm,
  type RadiusUnit
} from './obscore/form.js';
export {
  buildObsCoreQuery,
  validateForm,
  type IObsCoreQuery,
  type IObsCoreQueryOptions,
  type Region
} from './obscore/query.js';
