import type { IAstroquery } from '../protocol/cells.js';
import type { ICellOrigin } from '../protocol/cells/index.js';
import type { VOTableEvent, VOTableReader } from '../protocol/votable/types.js';
import type {
  IFormContext,
  IFormField,
  IFormProfile,
  IResolvedTarget,
  ISearchForm
} from '../protocol/form/types.js';
import type { IWaitClock } from '../protocol/patience.js';
import type { ISliceEnd, ISlicing } from '../protocol/form/slice.js';
import type { IAskOptions, ITransport } from '../protocol/transport.js';
import type { ITableDescription, ITableSet, ITapCapability } from '../protocol/vosi.js';
import type { IUwsJob, IUwsJobReference } from '../protocol/uws/types.js';

import type { ILinkService, RowCell } from './links.js';

/** How one signs in to an archive. */
export type SignInKind =
  | 'oidc-password'
  | 'drf-token'
  | 'bearer'
  | 'jwt-parameter'
  | 'api-key'
  | 'basic'
  | 'ivoa-bearer'
  | 'none';

/** How one signs in to an archive, with what the page tells about it. */
export interface ISignInDefinition {
  readonly kind: SignInKind;
  /** True where hardly anything can be seen without an account. */
  readonly required?: boolean;
  /** What searching as oneself brings and costs, one sentence that begins with “Me:”. */
  readonly meNote?: string;
  /** Where what is typed goes. */
  readonly tokenUrl?: string;
  /** Roles or scopes of the archive, each in plain words. */
  readonly roles?: Readonly<Record<string, string>>;
  /** Roles whose absence the user is told, each with what nobody can do without it. */
  readonly needs?: Readonly<Record<string, string>>;
  /** Introduces the rights of an account: “Can see”, “Can use”, “Can do”. */
  readonly rightsLabel?: string;
  /** Regular expression for a token or key, and what it stands for in words. */
  readonly pattern?: string;
  readonly patternHint?: string;
  /** Pages for people: get an account, a new password, rights. */
  readonly registerUrl?: string;
  readonly resetUrl?: string;
  readonly accessHelpUrl?: string;
  readonly [key: string]: unknown;
}

/** A field of a form as a definition writes it; what is not given is null. */
export type IFieldDefinition = Omit<IFormField, 'unit' | 'description'> &
  Partial<Pick<IFormField, 'unit' | 'description'>>;

/** The form of a table as a definition writes it; what is not given cannot be asked. */
export interface IProfileDefinition extends Partial<
  Omit<IFormProfile, 'position' | 'fields'>
> {
  readonly position?: {
    readonly ra: string;
    readonly dec: string;
    readonly region?: string;
  };
  readonly fields?: readonly IFieldDefinition[];
}

/** One TAP service of an archive. */
export interface ITapEndpoint {
  /** Base URL, with or without trailing slash. */
  readonly url: string;
  readonly title: string;
  /** Tables worth offering first, ObsCore first; missing: ask the service. */
  readonly tables?: readonly string[];
  /** Largest MAXREC worth asking for. */
  readonly maxrec?: number;
  /** Seconds after which the service ends a synchronous query. */
  readonly syncSeconds?: number;
  /** Seconds a job may run, to be asked for before it runs. */
  readonly jobSeconds?: number;
  /**
   * Searches in the user's name are slow there: they run as a job that is removed as soon as
   * its rows have arrived.
   */
  readonly meAsJob?: boolean;
  /** Rows an uploaded table may have; longer lists go in slices. */
  readonly uploadRows?: number;
  /** How astroquery asks this service, where it has a module for it. */
  readonly astroquery?: IAstroquery;
  /** Form profiles of tables that are no ObsCore, and additions to ObsCore's, by table. */
  readonly profiles?: Readonly<Record<string, IProfileDefinition>>;
}

/** A service at one address. */
export interface IServiceAddress {
  readonly url: string;
  readonly title?: string;
}

/** An archive as data: which kind it is, where its services are. */
export interface IArchiveDefinition {
  readonly id: string;
  readonly name: string;
  /** Chooses the code: `ivoa`, `eso`, `rubin` … */
  readonly kind: string;
  readonly description: string;
  readonly homepage?: string;
  readonly services: {
    readonly tap?: readonly ITapEndpoint[];
    /** Name resolvers, mirrors of one another; a name is appended to the address. */
    readonly sesame?: readonly IServiceAddress[];
    /** A {links} service, which takes what its rows are known by. */
    readonly datalink?: IServiceAddress;
    readonly [service: string]: unknown;
  };
  readonly signIn: ISignInDefinition;
  /** Origins (with an optional path prefix) that may see its credential. */
  readonly origins: readonly string[];
  /** Place in menus, small first. */
  readonly rank: number;
  readonly defaultRowLimit?: number;
  readonly acknowledgement?: string;
  /** Who put it there; only `user` ones can be removed in the page. */
  readonly origin: 'shipped' | 'administrator' | 'package' | 'user';
  readonly editable: boolean;
}

/** How one signs in to an archive of the user's own. */
export interface INewSignIn {
  readonly kind: SignInKind;
  /** Header that carries the key (`api-key`). */
  readonly header?: string;
  /** Where user name and password are exchanged for a token (`ivoa-bearer`). */
  readonly tokenUrl?: string;
}

/** What the user tells of an archive to add. */
export interface INewArchive {
  readonly name: string;
  /** Base URL of a TAP service, or the root of a pyobs-archive. */
  readonly url: string;
  /** What it is; a TAP service unless told otherwise. */
  readonly kind?: 'ivoa' | 'pyobs';
  /** What the server half takes for that kind unless told otherwise. */
  readonly signIn?: INewSignIn;
}

/** The definitions the server half has. */
export interface IArchiveList {
  readonly archives: readonly IArchiveDefinition[];
  /** What was wrong with definitions that were left out, one sentence each. */
  readonly problems: readonly string[];
}

/** A query as it is sent. */
export interface IQuery {
  readonly adql: string;
  /** MAXREC; always sent, as services' own defaults reach 100 million. */
  readonly maxrec: number;
  /** Tables that go along, used as `TAP_UPLOAD.<name>` (TAP 1.1 §2.7.6). */
  readonly uploads?: readonly IUpload[];
}

/** A table that goes along with a query. */
export interface IUpload {
  /** Regular identifier. */
  readonly name: string;
  /** A VOTable. */
  readonly votable: string;
}

/** How a job is started. */
export interface IJobStart {
  /** As whom; anyone unless told. */
  readonly as?: 'me';
  /** Label the service keeps (RUNID), so that other tools show it. */
  readonly runId?: string;
  /** Seconds it may run; the service's own unless told, 0 for no limit. */
  readonly executionDuration?: number;
  /**
   * Seconds for which the service shall keep it at least, from its creation by the service's
   * own clock; the service may keep it for less.
   */
  readonly keep?: number;
}

/** A job at its service: enough to find it again after days. */
export interface IJobAddress {
  /** Base URL of the TAP service. */
  readonly service: string;
  /** Absolute address of the job. */
  readonly url: string;
  readonly as?: 'me';
}

/** Asynchronous queries (TAP 1.1 §2.3, UWS 1.1) of an archive. */
export interface IJobService {
  /** Create, set duration and destruction, then RUN; resolves once it has left PENDING or was held. */
  start(
    service: string,
    query: IQuery,
    how: IJobStart,
    signal?: AbortSignal
  ): Promise<{ readonly address: IJobAddress; readonly job: IUwsJob }>;
  /**
   * The job as it stands; with `while` the call may block up to `seconds` as long as the
   * job is in that phase.
   *
   * @throws ProtocolError `not-found` for a job the service no longer knows
   */
  status(
    address: IJobAddress,
    wait?: { readonly seconds: number; readonly while: IUwsJob['phase'] },
    signal?: AbortSignal
  ): Promise<IUwsJob>;
  /** RUN, as for a job that is PENDING or HELD; the job as it stands after it. */
  run(address: IJobAddress): Promise<IUwsJob>;
  /** Stop it in whatever phase; the job as it stands after it. */
  abort(address: IJobAddress): Promise<IUwsJob>;
  /** DELETE, or POST ACTION=DELETE; a job that is gone already is no error. */
  remove(address: IJobAddress): Promise<void>;
  /** Rows of the result while they arrive. */
  result(
    address: IJobAddress,
    maxrec: number,
    signal: AbortSignal,
    how?: IAskOptions
  ): AsyncIterable<VOTableEvent>;
  /** Jobs the service has for this user, also those started elsewhere. */
  list(
    service: string,
    as?: 'me',
    signal?: AbortSignal
  ): Promise<readonly IUwsJobReference[]>;
}

/** An example query of a service (DALI 1.1 §2.3). */
export interface IQueryExample {
  readonly name: string;
  readonly adql: string;
  readonly description: string;
}

/** What a service tells of its tables and itself. */
export interface ISchemaSource {
  /** All tables; `min` without columns, where the service can. */
  tables(
    service: string,
    detail: 'min' | 'max',
    signal?: AbortSignal
  ): Promise<ITableSet>;
  capability(service: string, signal?: AbortSignal): Promise<ITapCapability | null>;
  examples(service: string, signal?: AbortSignal): Promise<readonly IQueryExample[]>;
}

/** A table that can be searched by form. */
export interface ISearchTable {
  /** As it goes into ADQL, quoted where needed. */
  readonly name: string;
  readonly title: string;
  /** Base URL of the TAP service that has it. */
  readonly service: string;
}

/** The queries a form stands for. All throw FormError for fields that cannot be understood. */
export interface IFormQueries {
  /** The search. More than one where a list of targets goes in slices. */
  search(
    table: ISearchTable,
    form: ISearchForm,
    context?: IFormContext
  ): readonly IQuery[];
  /** One row with `n_rows` and, where the table has sizes, `n_sized` and `sum_size`. */
  cost(table: ISearchTable, form: ISearchForm, context?: IFormContext): IQuery;
  /** Rows of a value and `n_rows`, most first; the column's own criterion is left out. */
  facet(
    table: ISearchTable,
    form: ISearchForm,
    column: string,
    context?: IFormContext
  ): IQuery;
  /**
   * The form that stands for a query, null where no form does: a query is the form's only
   * if the form makes the same query of it, white space and case of words apart.
   */
  read(table: ISearchTable, query: IQuery, context?: IFormContext): ISearchForm | null;
  /**
   * By which columns a query can be continued; null where it cannot: the table has no key
   * or the query does not select it, groups rows, joins tables …
   */
  slicing(table: ISearchTable, query: IQuery): ISlicing | null;
  /**
   * The query for the rows after those that came; null as for {@link slicing}. Give it the
   * query that was sent last. The caller leaves out rows whose key it has already: what
   * came in no order that ends with the key may come again.
   */
  nextSlice(table: ISearchTable, query: IQuery, after: ISliceEnd): IQuery | null;
}

/** Knows where a target is by its name. */
export interface IResolver {
  /** Who is asked, for messages: “Simbad, NED and VizieR”. */
  readonly title: string;
  /** Best match first; empty when nobody knows the name. Throws ProtocolError. */
  resolve(name: string, signal?: AbortSignal): Promise<readonly IResolvedTarget[]>;
}

/** Finding observations: form → query → rows. */
export interface IDiscovery {
  /** Tables the form offers, the best one first. Never empty. */
  readonly tables: readonly ISearchTable[];
  /**
   * Tables worth offering of a service that the definition lists none of, once the service
   * said what it has: ObsCore first. Those of the definition where it lists some.
   */
  tablesOf(
    service: string,
    set: ITableSet,
    capability: ITapCapability | null
  ): readonly ISearchTable[];
  /** Row limit proposed by the form. */
  readonly defaultRowLimit: number;
  /**
   * Run and wait for the rows, anonymously unless told otherwise; they come while they
   * arrive. Synchronous, unless the service wants searches in the user's name as jobs.
   */
  run(
    table: ISearchTable,
    query: IQuery,
    signal: AbortSignal,
    how?: IAskOptions
  ): AsyncIterable<VOTableEvent>;
  /** The table's description from the service (VOSI tables or TAP_SCHEMA). */
  describe(table: ISearchTable, signal: AbortSignal): Promise<ITableDescription>;
  /** What the form of a table offers; wider once the table's description is known. */
  profile(table: ISearchTable, description?: ITableDescription): IFormProfile;
  /** The queries a form stands for, and back. */
  readonly form: IFormQueries;
  /** Queries that run at the service by themselves. */
  readonly jobs: IJobService;
  /** What the services tell of their tables. */
  readonly schema: ISchemaSource;
}

/** A way to write a row down as code for a cell. */
export interface IRowCode {
  readonly id: string;
  /** What runs it, as in “Python (PyVO)”. */
  readonly tool: string;
  /** Null where the row lacks what the code needs. */
  cell(row: RowCell, origin: ICellOrigin): string | null;
}

/**
 * An archive: data plus capabilities. The user interface is built from the capabilities
 * that are there, never from the name.
 */
export interface IArchive {
  readonly definition: IArchiveDefinition;
  readonly discover?: IDiscovery;
  /** What belongs to a row or an identifier. */
  readonly links?: ILinkService;
  /** Code for a row that only this archive's own software runs. */
  readonly rowCode?: readonly IRowCode[];
  /** Names to positions; of archives that can be searched, also by those of others. */
  readonly resolve?: IResolver;
}

/** What the capabilities of archives work with. */
export interface IArchiveMeans {
  /** The way to the services: everything that is asked goes through it. */
  readonly transport: ITransport;
  /** Reads tables without blocking the page. */
  readonly readVOTable: VOTableReader;
  /** What is waited by; the computer's own clock unless told. */
  readonly clock?: IWaitClock;
}

/** Makes the capabilities of one kind of archive from a definition. */
export type ArchiveFactory = (
  definition: IArchiveDefinition,
  means: IArchiveMeans
) => IArchive;
