import { isSoda } from '../soda/offer.js';
import type { ILink, IServiceDescriptor } from './types.js';
import { CORE, type LinkGroup, TERMS, type IVocabularyTerm } from './vocabulary.js';

/** What the semantics of a link mean. */
export interface IMeaning {
  /** Last part of the term in lower case: `this`, `night_log`; empty where nothing is said. */
  readonly term: string;
  /** The term in full; as it was written where it is of no vocabulary. */
  readonly uri: string;
  readonly label: string;
  /** The term and the wider ones, by their last part. */
  readonly lineage: readonly string[];
  readonly group: LinkGroup;
  /** False for a term nobody has described; its URI then says more than its label. */
  readonly isKnown: boolean;
}

/**
 * What semantics mean, in whatever form they come: `#this`, `#THIS`, the full URI, a bare
 * word, or a term of somebody else's, which counts by its last part (DataLink 1.1 §3.3.5).
 */
export function meaningOf(semantics: string): IMeaning {
  const written = semantics.trim();
  const fragment = lastPart(written);
  const term = fragment.toLowerCase();
  const uri = /^#?[^:/#]+$/.test(written) ? CORE + fragment : written;
  const own = TERMS.get(uri.toLowerCase());
  const known = own ?? TERMS.get(CORE + term);
  const lineage = known === undefined ? [term] : lineageOf(term);
  return {
    term,
    // A word that is of no vocabulary is not given one.
    uri: known === undefined ? written : uri,
    label: known?.label ?? readable(fragment),
    lineage,
    group: groupOfTerm(known, lineage),
    isKnown: known !== undefined
  };
}

/** True where semantics are of that core term or a narrower one: `#thumbnail` is a `preview`. */
export function isMeaning(semantics: string, term: string): boolean {
  return meaningOf(semantics).lineage.includes(term);
}

/**
 * The group in which a link is shown. One to a service that cuts out is a cutout, whatever
 * its semantics.
 *
 * @param service - that of the link's `service_def`
 */
export function groupOf(
  link: Pick<ILink, 'semantics'>,
  service?: Pick<IServiceDescriptor, 'standardId'>
): LinkGroup {
  return service !== undefined && isSoda(service)
    ? 'cutout'
    : meaningOf(link.semantics).group;
}

function lastPart(written: string): string {
  return (
    written
      .split(/[#/]/)
      .filter(part => part !== '')
      .at(-1) ?? ''
  );
}

/** The core vocabulary is the only one with wider terms. */
function lineageOf(term: string): readonly string[] {
  const parent = TERMS.get(CORE + term)?.parent;
  return parent === undefined ? [term] : [term, ...lineageOf(parent)];
}

function groupOfTerm(
  known: IVocabularyTerm | undefined,
  lineage: readonly string[]
): LinkGroup {
  const groups = lineage.map(term => TERMS.get(CORE + term)?.group);
  return known?.group ?? groups.find(group => group !== undefined) ?? 'other';
}

/** `MaskedImage` and `night_log` in words; empty where nothing is said. */
function readable(fragment: string): string {
  const words = fragment
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
