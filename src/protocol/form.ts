/** Search forms: what a table's form offers, what was typed, and the ADQL it stands for. */
export { keepComments } from './form/comments.js';
export { isFilled } from './form/criteria.js';
export { EMPTY_FORM, FormError, targetName } from './form/form.js';
export { spellOut } from './form/outline.js';
export {
  columnKey,
  columnPlace,
  fieldOf,
  fieldsByKey,
  PLAIN_PROFILE,
  withoutColumn
} from './form/profile.js';
export {
  buildCostQuery,
  buildFacetQuery,
  buildFormQueries,
  buildFormQuery,
  type IFormQuery
} from './form/query.js';
export { writeTargets, type ITargetUpload } from './form/targets.js';
export {
  nextSliceQuery,
  slicingOf,
  type ISliceEnd,
  type ISlicing
} from './form/slice.js';
export { serviceContext } from './form/service.js';
export { readFormQuery } from './form/read.js';
export type {
  Criterion,
  FieldControl,
  FormPlace,
  IChoice,
  IFormContext,
  IFormField,
  IFormProblem,
  IFormProfile,
  IRange,
  IResolvedTarget,
  ISearchForm,
  ITarget,
  RadiusUnit
} from './form/types.js';
