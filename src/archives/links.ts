import type { ILink, ILinks, IServiceDescriptor } from '../protocol/datalink/types.js';
import type { ProtocolError } from '../protocol/errors.js';
import type { IAskOptions } from '../protocol/transport.js';

/** Cell of a row by the name of its column, ignoring case; null where there is none. */
export type RowCell = (column: string) => string | number | bigint | boolean | null;

/** Unit of `access_estsize` (ObsCore 1.1 §4.7), bytes. */
const KILOBYTE = 1000;

/** Bytes that a row says its file has, about; null where it does not (`access_estsize`). */
export function estimatedSize(row: RowCell): number | null {
  const kilobytes = Number(row('access_estsize') ?? NaN);
  return kilobytes > 0 ? kilobytes * KILOBYTE : null;
}

/** What of a row leads to its files. */
export type LinkSource =
  /** A {links} document, at the address that the row gives. */
  | { readonly kind: 'document'; readonly url: string; readonly id: string }
  /** A {links} service of the definition and what it knows the row by. */
  | { readonly kind: 'service'; readonly url: string; readonly id: string }
  /** `access_url` is the file itself (`access_format` says so). */
  | {
      readonly kind: 'file';
      readonly url: string;
      readonly id: string;
      readonly contentType: string | null;
      /** Bytes (`access_estsize`). */
      readonly size: number | null;
    };

/** Links of one source. */
export interface ISourceLinks {
  /** Place among the sources that were asked for. */
  readonly index: number;
  readonly answer: ILinks | ProtocolError;
}

/** What belongs to a row: DataLink and what looks like it. */
export interface ILinkService {
  /**
   * What of a row leads to its files; null where the row has none. Asks nobody.
   *
   * @param services - those that the document of the row describes
   */
  sourceOf(row: RowCell, services?: readonly IServiceDescriptor[]): LinkSource | null;
  /** What an identifier that was typed leads to; null where the archive has no service for it. */
  sourceOfId(id: string): LinkSource | null;
  /**
   * Where the links of what a link leads to are; null where it leads to none. A link whose
   * `accessUrl` is a file may have some, too.
   */
  furtherOf(link: ILink, answer: ILinks): LinkSource | null;
  /**
   * Links of many sources, each as soon as it is there: by POST with `ID` repeated in batches
   * whose size fits the service, by GET where POST fails. A source of kind `file` is one link
   * without asking. Never throws but for the signal; a source that failed has its error.
   */
  read(
    sources: readonly LinkSource[],
    signal: AbortSignal,
    how?: IAskOptions
  ): AsyncIterable<ISourceLinks>;
  /**
   * Runs a described service; resolves when the head of the answer is there.
   *
   * @throws ProtocolError in the service's words: 204 is `not-found` “No pixels there.” for
   * SODA, 400, 404, 422 and 500 what their text says
   */
  run(
    request: IServiceCall,
    signal: AbortSignal,
    how?: IAskOptions
  ): Promise<IServiceAnswer>;
}

/** A described service and what the user gave for its free parameters. */
export interface IServiceCall {
  readonly service: IServiceDescriptor;
  /** Address and parameters, as `protocol/datalink` made them. */
  readonly url: string;
}

/** What a described service answered. */
export interface IServiceAnswer {
  /** Media type without parameters, lower case; empty where the service gave none. */
  readonly contentType: string;
  /** File name the service gave; empty where it gave none. */
  readonly name: string;
  /** Bytes; null when unknown. */
  readonly size: number | null;
  readonly body: ReadableStream<Uint8Array>;
}
