import type { IArchive, IDiscovery, ISearchTable } from '../archives/archive.js';
import {
  columnKey,
  type Criterion,
  fieldOf,
  type IFormContext,
  type IFormField,
  type IFormProfile,
  serviceContext
} from '../protocol/form.js';
import { remember } from '../protocol/remember.js';
import type {
  IColumnDescription,
  ITableDescription,
  ITapCapability
} from '../protocol/vosi.js';
import type { ISchemas } from './schema/types.js';

/** What the form of a table offers, by all that is known of the table on this page. */
export interface IOffer {
  readonly profile: IFormProfile;
  /** Columns as the service describes them; null while nobody asked it. */
  readonly columns: readonly IColumnDescription[] | null;
  /** Columns that the form usually asks for and this service lacks. */
  readonly absent: readonly string[];
  /** What the service says it can do. */
  readonly service: Pick<IFormContext, 'geometry' | 'uploads'>;
}

/** What the user added to a form. */
export interface IAdditions {
  /** Keys of columns whose values are to be counted. */
  readonly facets: readonly string[];
  /** Criteria by column; those of columns that nobody described yet stay in sight. */
  readonly criteria: Readonly<Record<string, Criterion>>;
}

/** What the form of a table offers: the same object while nothing more is known. */
export function offerOf(
  archive: IArchive,
  table: ISearchTable,
  schemas: ISchemas | null,
  { facets, criteria }: IAdditions
): IOffer | null {
  const { discover, definition } = archive;
  if (!discover) {
    return null;
  }
  const described = schemas?.table(definition.id, table.service, table.name) ?? null;
  const service = schemas?.get(definition.id, table.service) ?? null;
  const offer = offerBy({
    discover,
    table,
    described,
    capability: service?.capability ?? null,
    facets: facets.join('\n')
  });
  const kept = described ? [] : unknownFields(offer.profile, criteria);
  return kept.length === 0 ? offer : withFields(offer, kept, facets);
}

/** What an offer is made of, but for criteria of columns that nobody described. */
interface IKnowledge {
  readonly discover: IDiscovery;
  readonly table: ISearchTable;
  readonly described: ITableDescription | null;
  readonly capability: ITapCapability | null;
  /** Keys of columns, one a line. */
  readonly facets: string;
}

/** The last offer of each table: a form is read at each key press. */
const LAST = new WeakMap<ISearchTable, IKnowledge & { readonly offer: IOffer }>();

function offerBy(known: IKnowledge): IOffer {
  const last = LAST.get(known.table);
  const isSame =
    last?.discover === known.discover &&
    last.described === known.described &&
    last.capability === known.capability &&
    last.facets === known.facets;
  const offer = last && isSame ? last.offer : makeOffer(known);
  LAST.set(known.table, { ...known, offer });
  return offer;
}

function makeOffer(known: IKnowledge): IOffer {
  const { discover, table, described, capability, facets } = known;
  const usual = discover.profile(table);
  const wide = described ? discover.profile(table, described) : usual;
  const fields = withFacets(wide.fields, facets.split('\n'), described);
  return {
    profile: { ...wide, fields },
    columns: described?.columns ?? null,
    absent: described ? absentColumns(usual, described) : [],
    service: serviceContext(capability)
  };
}

function withFields(
  { profile, ...offer }: IOffer,
  kept: readonly IFormField[],
  facets: readonly string[]
): IOffer {
  const fields = [...profile.fields, ...withFacets(kept, facets, null)];
  return { ...offer, profile: { ...profile, fields } };
}

/** What the queries of a form depend on beside the form. */
export function contextOf(
  { profile, columns, service }: IOffer,
  resolved: IFormContext['resolved']
): IFormContext {
  return {
    profile,
    resolved,
    ...(columns && { columns: namesOf(columns) }),
    ...service
  };
}

/** Names of described columns: a query looks them up by the list, so it stays the same. */
const namesOf = remember((columns: readonly IColumnDescription[]) =>
  columns.map(({ name }) => name)
);

/**
 * Criteria of columns that the form does not know (yet): a kept search asks for a column
 * whose description the service has not been asked for. What is asked must be in sight.
 */
function unknownFields(
  profile: IFormProfile,
  criteria: IAdditions['criteria']
): readonly IFormField[] {
  return Object.entries(criteria)
    .filter(([column]) => !fieldOf(profile, column))
    .map(([column, criterion]) => ({
      ...bare(column),
      ...guess(criterion)
    }));
}

/** Control and kind of values, by what was asked. */
function guess(criterion: Criterion): Pick<IFormField, 'control' | 'values'> {
  if (typeof criterion === 'string') {
    return { control: 'text', values: 'text' };
  }
  if ('min' in criterion) {
    return { control: 'range', values: 'number' };
  }
  const isNumeric = criterion.every(value => typeof value !== 'string');
  return { control: 'choice', values: isNumeric ? 'number' : 'text' };
}

/** The fields, those of the added columns as values to tick. */
function withFacets(
  fields: readonly IFormField[],
  facets: readonly string[],
  described: ITableDescription | null
): readonly IFormField[] {
  const wanted = new Set(facets);
  const keys = new Set(fields.map(({ column }) => columnKey(column)));
  const others = (described?.columns ?? []).filter(({ name }) => {
    const key = columnKey(name);
    return wanted.has(key) && !keys.has(key);
  });
  return [
    ...fields.map(field =>
      wanted.has(columnKey(field.column)) ? asFacet(field) : field
    ),
    ...others.map(column => asFacet(plainField(column)))
  ];
}

function asFacet(field: IFormField): IFormField {
  const control = field.control === 'words' ? field.control : 'choice';
  return { ...field, control, facet: true, more: false };
}

/** A field for a column of which only the description is known. */
function plainField({
  name,
  datatype,
  unit,
  description
}: IColumnDescription): IFormField {
  const isText = ['char', 'unicodeChar', null].includes(datatype);
  return { ...bare(name), values: isText ? 'text' : 'number', unit, description };
}

function bare(column: string): IFormField {
  return {
    column,
    label: column,
    control: 'text',
    values: 'text',
    unit: null,
    description: null
  };
}

/** Columns of the usual form that the service did not describe. */
function absentColumns(
  usual: IFormProfile,
  { columns }: ITableDescription
): readonly string[] {
  const known = new Set(columns.map(({ name }) => columnKey(name)));
  const { position, time, spectral, fields } = usual;
  const asked = [
    ...(position ? [position.ra, position.dec] : []),
    ...(time ? [time.min, time.max] : []),
    ...(spectral ? [spectral.min, spectral.max] : []),
    ...fields.map(({ column }) => column)
  ];
  return [...new Set(asked)].filter(column => !known.has(columnKey(column)));
}

/** Keys of the columns that rows can be ordered by, as far as they are known. */
export const orderColumns = remember(orderKeys);

function orderKeys({ profile, columns }: IOffer): readonly string[] {
  if (columns) {
    return columns.map(({ name }) => columnKey(name));
  }
  const { position, time, spectral, fields, key, size, release } = profile;
  const names = [
    time?.min,
    position?.ra,
    position?.dec,
    spectral?.min,
    ...fields.map(({ column }) => column),
    key,
    size?.column,
    release
  ];
  const known = names.filter(name => name !== null && name !== undefined);
  return [...new Set(known.map(columnKey))];
}
