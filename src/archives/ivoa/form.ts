import {
  buildCostQuery,
  buildFacetQuery,
  buildFormQuery,
  readFormQuery,
  type IFormContext,
  type IFormProfile,
  type ISearchForm
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
    const { adql, maxrec } = buildFormQuery(form, profile, table.name, context);
    const most = this._endpoint(table)?.maxrec ?? maxrec;
    return [{ adql, maxrec: Math.min(maxrec, most) }];
  }

  /** How many rows and byte the search is about; see {@link buildCostQuery}. */
  cost(table: ISearchTable, form: ISearchForm, context: IFormContext = {}): IQuery {
    const profile = this._profileOf(table, context);
    return buildCostQuery(form, profile, table.name, context);
  }

  /** Which values a column has; see {@link buildFacetQuery}. */
  facet(
    table: ISearchTable,
    form: ISearchForm,
    column: string,
    context: IFormContext = {}
  ): IQuery {
    const profile = this._profileOf(table, context);
    return buildFacetQuery(form, profile, table.name, column, context);
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

  /** No query can be continued yet. */
  nextSlice(): IQuery | null {
    return null;
  }

  private _profileOf(table: ISearchTable, { profile }: IFormContext): IFormProfile {
    return profile ?? this._profile(table);
  }
}
