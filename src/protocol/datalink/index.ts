/** DataLink 1.1: {links} documents, services that documents describe, and what links mean. */
export { readAddress, type AddressReading } from './address.js';
export {
  isOfStandard,
  readDescriptors,
  type IDescriptors,
  type IReferable
} from './descriptor.js';
export {
  furtherLinks,
  isLinksType,
  LINKS_STANDARD,
  type FurtherLinks
} from './recursion.js';
export { groupOf, isMeaning, meaningOf, type IMeaning } from './semantics.js';
export { goodUntil, signatureOf, withoutSignature, type ISignature } from './signed.js';
export { LINK_GROUPS, type LinkGroup } from './vocabulary.js';
export { readLinks, type ILinksOrigin } from './read.js';
export {
  accessUrlOf,
  appendQuery,
  serviceRequest,
  type GivenValues
} from './request.js';
export { linkValue, tableValue } from './rowvalue.js';
export type * from './types.js';
