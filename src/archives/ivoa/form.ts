import {
  buildCostQuery,
  buildFacetQuery,
  buildFormQueries,
  nextSliceQuery,
  readFormQuery,
  slicingOf,
  type IFormContext,
  type IFormProfile,
  type ISearchForm,
  type ISliceEnd,
  type ISlicing
} from '../../protocol/form.js';
import type { IFormQueries, IQuery, ISearchTable, ITapEndpoint } from '../archive.js';

/** The queries that forms of tables at TAP services stand for. */
export class TapForm implements IFormQueries {
  /**
   * @param _profile - what is known of a table's form beforehand
   * @param _endpoint - the service that has a table
   */
  constructor(
    private readonly _profile: (table: ISearchTable) => IFormProfile,
    private readonly _endpoint: (table: ISearchTable) => ITapEndpoint | undefined
  ) {}

  /** The search: its row limit is at most what the service gives. */
  search(
    table: ISearchTable,
    form: ISearchForm,
    context: IFormContext = {}
  ): readonly IQuery[] {
    const profile = this._profileOf(table, context);
    const where = this._contextOf(table, context);
    return buildFormQueries(form, profile, table.name, where).map(query => ({
      ...query,
      maxrec: this._atMost(table, query.maxrec)
    }));
  }

  /** How many rows and byte the search is about; see {@link buildCostQuery}. */
  cost(table: ISearchTable, form: ISearchForm, context: IFormContext = {}): IQuery {
    const profile = this._profileOf(table, context);
    const where = this._contextOf(table, context);
    return buildCostQuery(form, profile, table.name, where);
  }

  /** Which values a column has; see {@link buildFacetQuery}. */
  facet(
    table: ISearchTable,
    form: ISearchForm,
    column: string,
    context: IFormContext = {}
  ): IQuery {
    const profile = this._profileOf(table, context);
    const where = this._contextOf(table, context);
    return buildFacetQuery(form, profile, table.name, column, where);
  }

  /** The form that stands for a query, null where none does; see {@link readFormQuery}. */
  read(
    table: ISearchTable,
    query: IQuery,
    context: IFormContext = {}
  ): ISearchForm | null {
    const profile = this._profileOf(table, context);
    return query.uploads?.length
      ? null
      : readFormQuery(query, profile, table.name, context);
  }

  /** By which columns a query can be continued; see {@link slicingOf}. */
  slicing(table: ISearchTable, query: IQuery): ISlicing | null {
    const { key } = this._profile(table);
    return key === null || query.uploads?.length ? null : slicingOf(query.adql, key);
  }

  /** The query for the rows after those that came; see {@link nextSliceQuery}. */
  nextSlice(table: ISearchTable, query: IQuery, after: ISliceEnd): IQuery | null {
    const { key } = this._profile(table);
    if (key === null || query.uploads?.length) {
      return null;
    }
    const next = nextSliceQuery(query, key, after);
    return next && { ...next, maxrec: this._atMost(table, next.maxrec) };
  }

  /** What the definition knows of uploads bounds what the service says. */
  private _contextOf(table: ISearchTable, context: IFormContext): IFormContext {
    const most = this._endpoint(table)?.uploadRows;
    return most === undefined
      ? context
      : { ...context, uploads: Math.min(most, context.uploads ?? most) };
  }

  private _atMost(table: ISearchTable, rows: number): number {
    return Math.min(rows, this._endpoint(table)?.maxrec ?? rows);
  }

  private _profileOf(table: ISearchTable, { profile }: IFormContext): IFormProfile {
    return profile ?? this._profile(table);
  }
}
