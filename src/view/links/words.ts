import type { TranslationBundle } from '@jupyterlab/translation';

import type { LinksModel } from '../../model/links/model.js';
import type {
  IChosenFiles,
  ILinkRow,
  IShownLink,
  LinkReading,
  LinkUse
} from '../../model/links/types.js';
import { meaningOf } from '../../protocol/datalink/semantics.js';
import type { LinkGroup } from '../../protocol/datalink/vocabulary.js';
import type { ILink } from '../../protocol/datalink/types.js';
import { describeError, ProtocolError } from '../../protocol/errors.js';
import { formatCount, formatSize, formatSpan } from '../shared/format.js';

/** A row of the tree in words, as its columns have them; empty for what is not told. */
export interface ILinkWords {
  readonly name: string;
  /** Behind the name, in the muted colour. */
  readonly note: string;
  readonly type: string;
  readonly size: string;
}

/** What a row of the tree is called, and what its columns say. */
export function linkWords(row: ILinkRow, trans: TranslationBundle): ILinkWords {
  const { thing } = row;
  switch (thing.kind) {
    case 'row':
      return { ...NONE, name: thing.subject.name, note: readingWords(row, trans) };
    case 'group':
      return {
        ...NONE,
        name: groupLabel(thing.group, trans),
        note: termsOf(thing.group, thing.terms, trans)
      };
    case 'link':
      return shownWords(thing, row, trans);
    case 'fault':
      return { ...NONE, name: faultWords(thing.link, trans) };
    case 'loop':
      return {
        ...NONE,
        name: trans.__('%1, a loop', thing.id),
        type: trans.__('see above')
      };
    case 'nothing':
      return { ...NONE, name: trans.__('This row has no links.') };
    case 'failed':
      return { ...NONE, name: describeError(thing.error) };
  }
}

const NONE: ILinkWords = { name: '', note: '', type: '', size: '' };

function shownWords(
  thing: IShownLink,
  row: ILinkRow,
  trans: TranslationBundle
): ILinkWords {
  const { link, group, name } = thing;
  const meaning = meaningOf(link.semantics);
  const notes = [
    group === 'other' && !meaning.isKnown ? link.semantics : '',
    link.description === name ? '' : (link.description ?? ''),
    rightsWords(link, trans),
    readingWords(row, trans)
  ];
  return {
    name,
    note: notes.filter(Boolean).join(', '),
    type: typeWords(thing, trans),
    size: sizeWords(thing, trans)
  };
}

/** The accessible name: “⟨name⟩, ⟨type⟩, ⟨size⟩”, and what else is told of it. */
export function accessibleName(words: ILinkWords): string {
  const { name, type, size, note } = words;
  return [name, type, size, note].filter(Boolean).join(', ');
}

function groupLabel(group: LinkGroup, trans: TranslationBundle): string {
  const labels: Readonly<Record<LinkGroup, string>> = {
    this: trans.__('The file itself'),
    preview: trans.__('Preview'),
    cutout: trans.__('Cutouts'),
    calibration: trans.__('Calibration'),
    sibling: trans.__('Siblings'),
    progenitor: trans.__('Made from'),
    derivation: trans.__('Products made from it'),
    'night-log': trans.__('Night log'),
    auxiliary: trans.__('Ancillary'),
    documentation: trans.__('Documentation'),
    other: trans.__('Other')
  };
  return labels[group];
}

/** Terms that are told behind a group. */
const MOST_TERMS = 3;

function termsOf(
  group: LinkGroup,
  terms: readonly string[],
  trans: TranslationBundle
): string {
  if (group === 'other') {
    return trans.__('no known meaning');
  }
  const shown = terms.slice(0, MOST_TERMS).map(term => shortTerm(term));
  return [...shown, ...(terms.length > MOST_TERMS ? ['…'] : [])].join(', ');
}

/** A URI by its last part: `#night_log`. */
function shortTerm(term: string): string {
  return /^[a-z]+:.*(#[^#]+)$/i.exec(term)?.[1] ?? term;
}

function faultWords({ error, flaw }: ILink, trans: TranslationBundle): string {
  if (!error) {
    return flaw ?? trans.__('The row of links cannot be understood.');
  }
  const words = error.message || trans.__('no reason was given');
  return error.fault ? trans.__('%1: %2', error.fault, words) : words;
}

function rightsWords(link: ILink, trans: TranslationBundle): string {
  if (link.authorized === false) {
    return trans.__('not for this account');
  }
  return link.auth === 'true' && link.authorized !== true
    ? trans.__('needs an account')
    : '';
}

function readingWords(
  { reading, expanded }: ILinkRow,
  trans: TranslationBundle
): string {
  if (reading instanceof ProtocolError) {
    return trans.__('not read');
  }
  const words: Readonly<Record<Exclude<LinkReading, ProtocolError>, string>> = {
    unread: expanded ? trans.__('not read') : '',
    reading: trans.__('reading …'),
    read: ''
  };
  return reading === null ? '' : words[reading];
}

function typeWords({ link, use }: IShownLink, trans: TranslationBundle): string {
  const subtype = subtypeOf(link);
  const words: Readonly<Record<LinkUse, () => string>> = {
    fits: () => fitsWords(link, trans),
    text: () => trans.__('text'),
    picture: () => trans.__('%1 image', subtype.toUpperCase()).trim(),
    service: () =>
      /fits/.test(subtype) ? trans.__('service, FITS') : trans.__('service'),
    links: () => trans.__('links'),
    page: () => (subtype === 'pdf' ? trans.__('PDF') : trans.__('web page')),
    file: () => FORMATS[subtype] ?? (subtype || trans.__('file')),
    none: () => trans.__('file')
  };
  return words[use]();
}

/** Formats that people write otherwise than media types do. */
const FORMATS: Readonly<Record<string, string>> = { votable: 'VOTable', csv: 'CSV' };

/** `votable` of `application/x-votable+xml;content=datalink`. */
function subtypeOf({ contentType }: ILink): string {
  const type = (contentType ?? '').toLowerCase().split(';', 1)[0].trim();
  return type.split('/')[1]?.replace(/^x-/, '').replace(/\+.*$/, '') ?? '';
}

/** “FITS image”, “FITS spectrum”, where the archive says which product it is. */
function fitsWords({ contentQualifier }: ILink, trans: TranslationBundle): string {
  const product = contentQualifier?.replace(/^#/, '') ?? '';
  return /^[a-z-]+$/i.test(product)
    ? trans.__('FITS %1', product.replace(/-/g, ' '))
    : trans.__('FITS');
}

function sizeWords({ link, use }: IShownLink, trans: TranslationBundle): string {
  if (use === 'links' || use === 'service' || use === 'none') {
    return '';
  }
  return link.contentLength === null
    ? trans.__('not given')
    : formatSize(link.contentLength);
}

/** “Download 2” */
export function downloadWords(
  { files }: IChosenFiles,
  trans: TranslationBundle
): string {
  return files === 0
    ? trans.__('Download')
    : trans.__('Download %1', formatCount(files));
}

/** “2 chosen, 92.2 MB”; empty for none. */
export function chosenWords(chosen: IChosenFiles, trans: TranslationBundle): string {
  const { files, bytes, unsized } = chosen;
  if (files === 0) {
    return '';
  }
  const count = trans.__('%1 chosen', formatCount(files));
  const size = bytes > 0 || unsized === 0 ? formatSize(bytes) : '';
  const lacking =
    unsized === 0
      ? ''
      : trans._n(
          'size of %2 not given',
          'sizes of %2 not given',
          unsized,
          formatCount(unsized)
        );
  return [count, size, lacking].filter(Boolean).join(', ');
}

/** “120 of 500 rows read”, or that links are read. */
export function progressWords(model: LinksModel, trans: TranslationBundle): string {
  const { read, all } = model.reading.progress;
  return all > 1
    ? trans.__('%1 of %2 rows read', formatCount(read), formatCount(all))
    : trans.__('Reading links …');
}

/** “good for 52 min”, or that an old address is read again; empty where none is signed. */
export function signedWords(
  until: number | null,
  now: number,
  trans: TranslationBundle
): string {
  if (until === null) {
    return '';
  }
  return until > now
    ? trans.__('good for %1', formatSpan((until - now) / 1000))
    : trans.__('addresses are old; each is read again when it is used');
}
