import type { IFormProfile } from '../../protocol/form.js';
import type { TapService } from '../../protocol/tap.js';
import type { IAskOptions } from '../../protocol/transport.js';
import type {
  ITableDescription,
  ITableSet,
  ITapCapability
} from '../../protocol/vosi.js';
import type { VOTableEvent } from '../../protocol/votable/types.js';
import type {
  IArchiveDefinition,
  IArchiveMeans,
  IDiscovery,
  IFormQueries,
  IQuery,
  ISchemaSource,
  ISearchTable,
  ITapEndpoint
} from '../archive.js';

import { TapForm } from './form.js';
import { TapJobService } from './jobs.js';
import { foundTables } from './foundtables.js';
import { describedProfile, profileOf } from './profiles.js';
import { TapSchemas } from './schemas.js';

/** Every TAP service has it (TAP 1.1 §4): the way into services without ObsCore. */
const ALL_TABLES = 'TAP_SCHEMA.tables';

const OBSCORE = 'ivoa.ObsCore';

/** Row limit of a definition that proposes none. */
const DEFAULT_ROW_LIMIT = 1000;

/** Finding observations in the TAP services of an archive. */
export class TapDiscovery implements IDiscovery {
  /**
   * @param definition - the archive; it has at least one TAP service
   * @param means - the way to its services, and the reader of their answers
   */
  constructor(
    private readonly _definition: IArchiveDefinition,
    private readonly _means: IArchiveMeans
  ) {
    this.jobs = new TapJobService(_definition, _means);
    this._endpoints = _definition.services.tap ?? [];
    this.tables = this._endpoints.flatMap(endpoint => this._searchTables(endpoint));
  }

  /** Queries that run at the service by themselves. */
  readonly jobs: TapJobService;

  /** Tables the form offers, in the order of the definition. */
  readonly tables: readonly ISearchTable[];

  /** Row limit proposed by the form. */
  get defaultRowLimit(): number {
    return this._definition.defaultRowLimit ?? DEFAULT_ROW_LIMIT;
  }

  /** The queries a form stands for. */
  readonly form: IFormQueries = new TapForm(
    table => this.profile(table),
    table => this._endpoint(table)
  );

  /** What the services tell of their tables. */
  readonly schema: ISchemaSource = new TapSchemas(url => this._service(url));

  /** What the form of a table offers; wider once the table's description is known. */
  profile(table: ISearchTable, description?: ITableDescription): IFormProfile {
    const usual = profileOf(table.name, this._endpoint(table), description?.utype);
    return description ? describedProfile(usual, description) : usual;
  }

  /** Tables worth offering, once the service said what it has. */
  tablesOf(
    service: string,
    set: ITableSet,
    capability: ITapCapability | null
  ): readonly ISearchTable[] {
    const endpoint = this._endpoints.find(({ url }) => url === service);
    return endpoint && !endpoint.tables
      ? this._asSearchTables(endpoint, foundTables(set, capability))
      : this.tables.filter(table => table.service === service);
  }

  /** Run and wait for the rows; see {@link TapService.query}. */
  async *run(
    table: ISearchTable,
    query: IQuery,
    signal: AbortSignal,
    how?: IAskOptions
  ): AsyncGenerator<VOTableEvent> {
    if (how?.as === 'me' && this._endpoint(table)?.meAsJob) {
      yield* this.jobs.through(table.service, query, signal, how);
    } else {
      yield* (await this._service(table.service)).query(query, signal, how);
    }
  }

  /** The table's description; see {@link TapService.tableDescription}. */
  async describe(table: ISearchTable, signal: AbortSignal): Promise<ITableDescription> {
    const service = await this._service(table.service);
    return service.tableDescription(table.name, signal);
  }

  /** TAP brings the VOTable reader and Arrow along, which nobody needs before a first query. */
  private async _service(url: string): Promise<TapService> {
    const { TapService } = await import('../../protocol/tap.js');
    const { transport, readVOTable } = this._means;
    return new TapService(transport, this._definition, url, {}, readVOTable);
  }

  private _endpoint(table: ISearchTable): ITapEndpoint | undefined {
    return this._endpoints.find(({ url }) => url === table.service);
  }

  private _searchTables(endpoint: ITapEndpoint): ISearchTable[] {
    return this._asSearchTables(endpoint, endpoint.tables ?? this._likelyTables());
  }

  private _asSearchTables(
    endpoint: ITapEndpoint,
    names: readonly string[]
  ): ISearchTable[] {
    return names.map(name => {
      const title = profileOf(name, endpoint).title ?? name;
      return {
        name,
        title: this._endpoints.length > 1 ? `${title} (${endpoint.title})` : title,
        service: endpoint.url
      };
    });
  }

  /**
   * Tables of a service that lists none. Shipped definitions list ObsCore where there is
   * one; of a service that the user added nothing is known before it is asked.
   */
  private _likelyTables(): readonly string[] {
    const known = ['shipped', 'package'].includes(this._definition.origin);
    return known ? [ALL_TABLES] : [OBSCORE, ALL_TABLES];
  }

  private readonly _endpoints: readonly ITapEndpoint[];
}
