import type { ISearchTable } from '../archives/archive.js';
import { firstTable } from '../protocol/adql/index.js';
import type { Criterion, ISearchForm } from '../protocol/form.js';
import { contextOf } from './offer.js';
import type { IQueryRequest } from './query.js';
import type { SearchModel } from './search.js';

/** The form that a text stands for, and its table. */
export interface IReadBack {
  readonly table: ISearchTable;
  readonly form: ISearchForm;
}

/** Fields that only mean something together. */
const GROUPS: readonly (readonly (keyof ISearchForm)[])[] = [
  ['position', 'radius', 'radiusUnit', 'polygon', 'targets'],
  ['from', 'until'],
  ['wavelengthFrom', 'wavelengthTo', 'spectralUnit']
];

/** The form that an edited query stands for; null where no form does. */
export function readBack(
  { archive, table: before, query }: IQueryRequest,
  model: SearchModel
): IReadBack | null {
  const queries = archive.discover?.form;
  const tables = archive === model.archive ? model.tables : archive.discover?.tables;
  const table = tableOf(firstTable(query.adql), tables) ?? before;
  const offer = model.offerOf(archive, table);
  if (!queries || !offer) {
    return null;
  }
  const context = contextOf(offer, model.context.resolved);
  const form = queries.read(table, query, context);
  const write = (candidate: ISearchForm): string | null => {
    try {
      return queries.search(table, candidate, context)[0].adql;
    } catch {
      // What is in the form now may be no query of that table.
      return null;
    }
  };
  return form && { table, form: asTyped(form, model.form, write) };
}

/**
 * The form in the words that are in it already, wherever these stand for the same query:
 * `M 83` stays a name, `2016-09-26` a date, and a radius in arcmin one in arcmin.
 */
function asTyped(
  read: ISearchForm,
  typed: ISearchForm,
  write: (form: ISearchForm) => string | null
): ISearchForm {
  const wanted = write(read);
  const groups = GROUPS.map(group =>
    Object.fromEntries(group.map(field => [field, typed[field]]))
  );
  const columns = Object.entries(typed.columns);
  const withGroups = groups.reduce<ISearchForm>((form, group) => {
    const candidate = { ...form, ...group };
    return write(candidate) === wanted ? candidate : form;
  }, read);
  return columns.reduce<ISearchForm>((form, [column, criterion]) => {
    const candidate = withColumn(form, column, criterion);
    return write(candidate) === wanted ? candidate : form;
  }, withGroups);
}

function withColumn(
  form: ISearchForm,
  column: string,
  criterion: Criterion
): ISearchForm {
  return { ...form, columns: { ...form.columns, [column]: criterion } };
}

/** The table of that name in any case; undefined where the archive's form has none. */
function tableOf(
  name: string | null,
  tables: readonly ISearchTable[] = []
): ISearchTable | undefined {
  const wanted = name?.toLowerCase();
  return tables.find(table => table.name.replace(/"/g, '').toLowerCase() === wanted);
}
