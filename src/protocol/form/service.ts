import { geometryFunctions, type ITapCapability } from '../vosi.js';

import type { IFormContext } from './types.js';

/** What a service says it can do, as far as the queries of forms depend on it. */
export function serviceContext(
  capability: ITapCapability | null
): Pick<IFormContext, 'geometry' | 'uploads'> {
  if (capability === null) {
    return {};
  }
  const geometry = geometryFunctions(capability);
  const uploads = uploadRows(capability);
  return {
    ...(geometry.size > 0 && { geometry }),
    ...(uploads !== null && { uploads })
  };
}

/** TAPRegExt 1.0 §2.4.3: tables inside the request are what a page can send. */
function uploadRows({ uploadMethods, uploadLimit }: ITapCapability): number | null {
  if (!uploadMethods.some(method => /#upload-inline$/i.test(method))) {
    return 0;
  }
  return uploadLimit.unit === 'row' ? (uploadLimit.hard ?? uploadLimit.default) : null;
}
