/** SODA 1.0: what cutout services offer, take and say. */
export {
  parseSodaError,
  refusesSeveral,
  sodaRefusal,
  type ISodaError
} from './answer.js';
export {
  isSoda,
  isSodaJob,
  SODA_ASYNC,
  SODA_SYNC,
  sodaOffer,
  sodaRole,
  type ISodaOffer,
  type SodaRole
} from './offer.js';
export { intervalValue, stencilParameter, stencilValue } from './stencil.js';
export type * from './types.js';
