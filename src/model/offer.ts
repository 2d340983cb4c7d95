import type { IArchive, ISearchTable } from '../archives/archive.js';
import {
  columnKey,
  type Criterion,
  fieldOf,
  type IFormContext,
  type IFormField,
  type IFormProfile,
  serviceContext
} from '../protocol/form.js';
import type { IColumnDescription, ITableDescription } from '../protocol/vosi.js';
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

/** What the form of a table offers. */
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
  const usual = discover.profile(table);
  const wide = described ? discover.profile(table, described) : usual;
  const kept = described ? [] : unknownFields(wide, criteria);
  const fields = withFacets([...wide.fields, ...kept], facets, described);
  const capability = schemas?.get(definition.id, table.service)?.capability;
  return {
    profile: { ...wide, fields },
    columns: described?.columns ?? null,
    absent: described ? absentColumns(usual, described) : [],
    service: serviceContext(capability ?? null)
  };
}

/** What the queries of a form depend on beside the form. */
export function contextOf(
  { profile, columns, service }: IOffer,
  resolved: IFormContext['resolved']
): IFormContext {
  return {
    profile,
    resolved,
    ...(columns && { columns: columns.map(({ name }) => name) }),
    ...service
  };
}

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

/** Columns that rows can be ordered by, as far as they are known. */
export function orderColumns({ profile, columns }: IOffer): readonly string[] {
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
