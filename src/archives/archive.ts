import type { VOTableEvent, VOTableReader } from '../protocol/votable/types.js';
import type { IObsCoreForm } from '../protocol/obscore.js';
import type { IAskOptions, ITransport } from '../protocol/transport.js';
import type { ITableDescription } from '../protocol/vosi.js';

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
}

/** A table that can be searched by form. */
export interface ISearchTable {
  /** As it goes into ADQL, quoted where needed. */
  readonly name: string;
  readonly title: string;
  /** Base URL of the TAP service that has it. */
  readonly service: string;
}

/** Finding observations: form → query → rows. */
export interface IDiscovery {
  /** Tables the form offers, the best one first. Never empty. */
  readonly tables: readonly ISearchTable[];
  /** Row limit proposed by the form. */
  readonly defaultRowLimit: number;
  /** The ADQL a form stands for. Throws {@link FormError} for a field that cannot be understood. */
  buildQuery(table: ISearchTable, form: IObsCoreForm): IQuery;
  /** Run synchronously, anonymously unless told otherwise; rows come while they arrive. */
  run(
    table: ISearchTable,
    query: IQuery,
    signal: AbortSignal,
    how?: IAskOptions
  ): AsyncIterable<VOTableEvent>;
  /** The table's description from the service (VOSI tables or TAP_SCHEMA). */
  describe(table: ISearchTable, signal: AbortSignal): Promise<ITableDescription>;
}

/**
 * An archive: data plus capabilities. The user interface is built from the capabilities
 * that are there, never from the name.
 */
export interface IArchive {
  readonly definition: IArchiveDefinition;
  readonly discover?: IDiscovery;
}

/** What the capabilities of archives work with. */
export interface IArchiveMeans {
  /** The way to the services: everything that is asked goes through it. */
  readonly transport: ITransport;
  /** Reads tables without blocking the page. */
  readonly readVOTable: VOTableReader;
}

/** Makes the capabilities of one kind of archive from a definition. */
export type ArchiveFactory = (
  definition: IArchiveDefinition,
  means: IArchiveMeans
) => IArchive;
