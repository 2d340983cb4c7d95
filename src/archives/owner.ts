import type { IArchive, IArchiveDefinition } from './archive.js';

/**
 * The archive to whose host an address leads, among those that the user did not add; the
 * server half goes by the same rule. Hosts with another port belong to nobody.
 *
 * @param url - an absolute address
 */
export function ownerOf(
  url: string,
  archives: readonly IArchive[]
): IArchive | undefined {
  const key = ownerKey(url);
  return archives.find(
    ({ definition }) =>
      definition.origin !== 'user' &&
      namedAddresses(definition).some(named => ownerKey(named) === key)
  );
}

/** What the addresses of one owner share: host and port, http standing for https. */
function ownerKey(url: string): string | null {
  if (!URL.canParse(url)) {
    return null;
  }
  const { protocol, hostname, port } = new URL(url);
  const usual = ['http:', 'https:'].includes(protocol) ? '443' : '';
  return `${hostname.replace(/\.$/, '')}:${port || usual}`;
}

/** Addresses in `signIn` that a person opens; nothing secret goes there. */
const PAGES_FOR_PEOPLE: readonly string[] = [
  'registerUrl',
  'resetUrl',
  'accessHelpUrl'
];

/** Addresses of the services, of the sign-in, and `origins`. */
function namedAddresses(definition: IArchiveDefinition): readonly string[] {
  const services = Object.values(definition.services)
    .flat()
    .map(service => (service as { readonly url?: unknown } | undefined)?.url);
  const signIn = Object.entries(definition.signIn)
    .filter(([name]) => name.endsWith('Url') && !PAGES_FOR_PEOPLE.includes(name))
    .map(([, value]) => value);
  return [...services, ...signIn, ...definition.origins].filter(
    value => typeof value === 'string'
  );
}
