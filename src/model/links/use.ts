import type { LinkSource } from '../../archives/links.js';
import { meaningOf } from '../../protocol/datalink/semantics.js';
import type { ILink, IServiceDescriptor } from '../../protocol/datalink/types.js';
import type { LinkUse } from './types.js';

/**
 * What opening a link does, by its content type, and by its name where that says nothing.
 *
 * @param hasService - its service is described
 * @param leads - what it leads to; null where it leads nowhere
 */
export function openingOf(
  link: ILink,
  hasService: boolean,
  leads: LinkSource | null,
  name: string
): LinkUse {
  if (leads && !isBeside(link, leads)) {
    return 'links';
  }
  if (link.accessUrl === null) {
    return hasService ? 'service' : 'none';
  }
  const type = (link.contentType ?? '').toLowerCase();
  const found = BY_TYPE.find(([pattern]) => pattern.test(type));
  return found?.[1] ?? openingOfName(name) ?? 'file';
}

/** What a file of that name is; null where the name does not say. */
function openingOfName(name: string): LinkUse | null {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

const BY_TYPE: readonly (readonly [RegExp, LinkUse])[] = [
  [/fits/, 'fits'],
  [/^image\/(png|jpe?g|gif|webp)\b/, 'picture'],
  [/^(text\/html|application\/(xhtml\+xml|pdf))\b/, 'page'],
  [/^text\/(?!xml)/, 'text'],
  [/^application\/json\b/, 'text']
];

const BY_NAME: readonly (readonly [RegExp, LinkUse])[] = [
  [/\.fits?(\.(gz|fz|z))?$/i, 'fits'],
  [/\.(png|jpe?g|gif|webp)$/i, 'picture'],
  [/\.(txt|log|md|rst|json)$|^readme\b/i, 'text'],
  [/\.(html?|pdf)$/i, 'page']
];

/**
 * What people know a link by: the file name that the archive gives, that of the address, or
 * what the archive calls it. Services are called as they describe themselves.
 */
export function nameOf(link: ILink, service: IServiceDescriptor | null = null): string {
  const described = link.description ?? service?.description ?? service?.name;
  if (link.accessUrl === null) {
    return described ?? meaningOf(link.semantics).label;
  }
  const names = [originalName(link), nameInAddress(link.accessUrl), described];
  return (
    names.find(name => name != null && name !== '') ??
    (meaningOf(link.semantics).label || link.id)
  );
}

/** Columns beyond the standard in which archives give the name of a file. */
const NAME_COLUMN = /(^|_)(orig(inal)?_?file|file_?name)$/i;

function originalName({ extras }: ILink): string | undefined {
  return Object.entries(extras).find(([column]) => NAME_COLUMN.test(column))?.[1];
}

/** The last part of the path where it looks like the name of a file. */
export function nameInAddress(url: string): string | null {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  const name = decoded(last);
  return /\.[a-z][a-z0-9]{0,7}$/i.test(name) ? name : null;
}

/** What is not encoded as it should be stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The links are elsewhere than the file. */
function isBeside(link: ILink, leads: LinkSource): boolean {
  return link.accessUrl !== null && leads.url !== link.accessUrl;
}

/**
 * What two sources have in common that lead to the same links: address without the
 * identifier, and identifier.
 */
export function keyOf({ url, id }: LinkSource): string {
  if (!URL.canParse(url)) {
    return `${url} ${id}`;
  }
  const { origin, pathname, searchParams } = new URL(url);
  const others = [...searchParams].filter(([name]) => !ASKS.has(name.toLowerCase()));
  return [origin, pathname, new URLSearchParams(others).toString(), id].join(' ');
}

/** Parameters that say what is asked for, and in which format. */
const ASKS: ReadonlySet<string> = new Set(['id', 'responseformat']);
