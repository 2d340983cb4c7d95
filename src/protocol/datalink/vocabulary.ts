/** Groups in which links are shown, in their order. */
export const LINK_GROUPS = [
  'this',
  'preview',
  'cutout',
  'calibration',
  'sibling',
  'progenitor',
  'derivation',
  'night-log',
  'auxiliary',
  'documentation',
  'other'
] as const;

/** Id of a group of links. */
export type LinkGroup = (typeof LINK_GROUPS)[number];

/** A term of a vocabulary of link semantics. */
export interface IVocabularyTerm {
  readonly label: string;
  /** The wider term; missing for those at the top. */
  readonly parent?: string;
  /** That of the parent where it is missing. */
  readonly group?: LinkGroup;
}

/** Where the terms written `#term` are from (DataLink 1.1 §3.3.5). */
export const CORE = 'http://www.ivoa.net/rdf/datalink/core#';

/** Where the terms of ESO's services are from. */
const ESO = 'http://archive.eso.org/rdf/datalink/eso#';

/** Where Rubin tells its cutouts apart. */
const RUBIN = 'https://rsp.lsst.io/guides/api/soda.html#';

/** A term, its label, and its wider term or, at the top, its group. */
type Entry = readonly [
  term: string,
  label: string,
  under: { parent: string } | LinkGroup
];

const CORE_TERMS: readonly Entry[] = [
  ['this', 'The file itself', 'this'],
  ['progenitor', 'Made from', 'progenitor'],
  ['derivation', 'Made from it', 'derivation'],
  ['auxiliary', 'Ancillary', 'auxiliary'],
  ['weight', 'Weight map', { parent: 'auxiliary' }],
  ['error', 'Error map', { parent: 'auxiliary' }],
  ['noise', 'Noise map', { parent: 'auxiliary' }],
  ['calibration', 'Calibration', 'calibration'],
  ['bias', 'Bias', { parent: 'calibration' }],
  ['dark', 'Dark', { parent: 'calibration' }],
  ['flat', 'Flat field', { parent: 'calibration' }],
  ['preview', 'Preview', 'preview'],
  ['preview-image', 'Preview image', { parent: 'preview' }],
  ['preview-plot', 'Preview plot', { parent: 'preview' }],
  ['thumbnail', 'Thumbnail', { parent: 'preview' }],
  ['proc', 'Service', 'cutout'],
  ['cutout', 'Cutout', { parent: 'proc' }],
  ['documentation', 'Documentation', 'documentation'],
  ['detached-header', 'Header', 'auxiliary'],
  ['coderived', 'Made together', 'sibling'],
  ['counterpart', 'Counterpart', 'sibling'],
  ['package', 'Package', 'this']
];

const ESO_TERMS: readonly Entry[] = [
  ['calSelector_raw2raw', 'Raw calibrations', 'calibration'],
  ['calSelector_raw2master', 'Processed calibrations', 'calibration'],
  ['sibling_raw', 'Sibling', 'sibling'],
  ['night_log', 'Night log', 'night-log']
];

const RUBIN_TERMS: readonly Entry[] = [
  ['MaskedImage', 'Cutout with mask and variance', 'cutout'],
  ['Exposure', 'Cutout with all metadata', 'cutout']
];

/** Terms by their full URI in lower case. */
export const TERMS: ReadonlyMap<string, IVocabularyTerm> = new Map([
  ...entries(CORE, CORE_TERMS),
  ...entries(ESO, ESO_TERMS),
  ...entries(RUBIN, RUBIN_TERMS)
]);

function entries(
  base: string,
  terms: readonly Entry[]
): readonly (readonly [uri: string, term: IVocabularyTerm])[] {
  return terms.map(([term, label, under]) => [
    (base + term).toLowerCase(),
    typeof under === 'string' ? { label, group: under } : { label, ...under }
  ]);
}
