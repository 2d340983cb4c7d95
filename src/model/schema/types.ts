import type { ISignal } from '@lumino/signaling';

import type { IArchive, IQueryExample, ISearchTable } from '../../archives/archive.js';
import type { ProtocolError } from '../../protocol/errors.js';
import type {
  ITableDescription,
  ITableSet,
  ITapCapability
} from '../../protocol/vosi.js';

/** What is known of a TAP service; kept on this computer, usable without the service. */
export interface IServiceSchema {
  /** Tables, with columns as far as they were asked for. */
  readonly tables: ITableSet;
  /** The service listed all its tables; missing where but some were asked for by name. */
  readonly isWhole?: true;
  /** Null where the service does not say what it can. */
  readonly capability: ITapCapability | null;
  readonly examples: readonly IQueryExample[];
  /** When it was read, milliseconds since 1970. */
  readonly readAt: number;
  /** Why it could not be read again; what was kept is still here. */
  readonly error: ProtocolError | null;
}

/** What services tell of themselves. Asks nobody but in `load` and `describe`. */
export interface ISchemas {
  /** What is known by now; null before it was read or taken from what is kept. */
  get(archive: string, service: string): IServiceSchema | null;
  /** A table's description by now, names in any case; null where its columns are unknown. */
  table(archive: string, service: string, name: string): ITableDescription | null;
  /** Take what is kept from earlier visits; asks no service. Never throws. */
  recall(archive: string, service: string): Promise<IServiceSchema | null>;
  /** Ask the service, unless it was asked on this page already. */
  load(
    archive: IArchive,
    service: string,
    signal?: AbortSignal
  ): Promise<IServiceSchema>;
  /** Ask for the columns of all tables at once, which can be long at big services. */
  loadColumns(
    archive: IArchive,
    service: string,
    signal?: AbortSignal
  ): Promise<IServiceSchema>;
  /** Make sure that a table's columns are known. */
  describe(
    archive: IArchive,
    table: ISearchTable,
    signal?: AbortSignal
  ): Promise<ITableDescription>;
  /** Emitted with the service's address when something new is known of it. */
  readonly changed: ISignal<
    unknown,
    { readonly archive: string; readonly service: string }
  >;
}
