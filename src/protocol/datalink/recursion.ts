import { isOfStandard } from './descriptor.js';
import type { ILink, ILinks, IServiceDescriptor } from './types.js';

/** Standard of {links} services, without its version. */
export const LINKS_STANDARD = 'ivo://ivoa.net/std/DataLink#links';

/** True for the media type of {links} answers: `…;content=datalink`, in any case and spacing. */
export function isLinksType(contentType: string | null): boolean {
  return /;\s*content\s*=\s*"?datalink\b/i.test(contentType ?? '');
}

/** Where further links of a link are. */
export type FurtherLinks =
  /** The link's own address is a {links} document. */
  | { readonly kind: 'address'; readonly url: string }
  /** A described {links} service, to be asked with the values of the row. */
  | { readonly kind: 'service'; readonly service: IServiceDescriptor }
  /** The link is a file, and another address has the links of that file. */
  | { readonly kind: 'beside'; readonly url: string };

/**
 * Where the links of a link are, if it leads to any: its content is a {links} document
 * (DataLink 1.1 §3.3.7), its service a {links} service, or a column beside it says so.
 *
 * @param beside - column with the address of the links of the linked file
 */
export function furtherLinks(
  link: ILink,
  { services }: Pick<ILinks, 'services'>,
  beside: string | null = null
): FurtherLinks | null {
  const service = services.get(link.serviceDef ?? '');
  if (service !== undefined && isOfStandard(service, LINKS_STANDARD)) {
    return { kind: 'service', service };
  }
  if (link.accessUrl !== null && isLinksType(link.contentType)) {
    return { kind: 'address', url: link.accessUrl };
  }
  const url = beside === null ? undefined : link.extras[beside];
  return url === undefined || url === link.accessUrl ? null : { kind: 'beside', url };
}
