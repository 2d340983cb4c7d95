import type { ProtocolError } from '../../src/protocol/errors.js';
import type { VOTableEvent, VOTableSource } from '../../src/protocol/votable/index.js';

/** What is fuzzed. */
export interface IReader {
  readonly ProtocolError: typeof ProtocolError;
  streamVOTable(source: VOTableSource): AsyncIterable<VOTableEvent>;
}

/** A document, and the pieces in which it comes. */
export interface IDocument {
  readonly bytes: Uint8Array;
  readonly chunks: readonly Uint8Array[];
  readonly isDamaged?: boolean;
}

export declare function check(reader: IReader, one: IDocument): Promise<string | null>;
