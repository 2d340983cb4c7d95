import type { RecordBatch, Schema, Table } from 'apache-arrow';

/** DALI `QUERY_STATUS` (DALI 1.1 §4.4.1); a document without one is `OK`. */
export type QueryStatus = 'OK' | 'OVERFLOW' | 'ERROR';

/** VOTable primitive datatypes (VOTable 1.4 §2.1). */
export type VOTableDatatype =
  | 'boolean'
  | 'bit'
  | 'unsignedByte'
  | 'short'
  | 'int'
  | 'long'
  | 'char'
  | 'unicodeChar'
  | 'float'
  | 'double'
  | 'floatComplex'
  | 'doubleComplex';

/** One FIELD of a TABLE. What the document does not say is null. */
export interface IVOTableField {
  readonly name: string;
  readonly id: string | null;
  readonly datatype: VOTableDatatype;
  /** As written, blanks trimmed: `*`, `12`, `8*`, `3x*`; null for a scalar. */
  readonly arraysize: string | null;
  readonly unit: string | null;
  readonly ucd: string | null;
  readonly utype: string | null;
  readonly xtype: string | null;
  readonly description: string | null;
  /** `VALUES null="…"` as written; cells of this value are null. */
  readonly nullValue: string | null;
}

/** An INFO element, wherever it stands. */
export interface IVOTableInfo {
  readonly name: string;
  readonly value: string;
  /** Its text content. */
  readonly text: string;
}

/** A PARAM element of a RESOURCE, TABLE or GROUP. */
export interface IVOTableParam extends IVOTableField {
  readonly value: string;
  readonly ref: string | null;
  /** `VALUES/OPTION/@value`, in document order. */
  readonly options: readonly string[];
  readonly min: string | null;
  readonly max: string | null;
}

/** A GROUP with its parameters and references. */
export interface IVOTableGroup {
  readonly name: string | null;
  readonly id: string | null;
  readonly utype: string | null;
  readonly params: readonly IVOTableParam[];
  /** `ref` of its FIELDref elements. */
  readonly fieldRefs: readonly string[];
  readonly groups: readonly IVOTableGroup[];
}

/** A RESOURCE without the rows of its tables; service descriptors are of this shape. */
export interface IVOTableResource {
  readonly id: string | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly utype: string | null;
  readonly description: string | null;
  readonly infos: readonly IVOTableInfo[];
  readonly params: readonly IVOTableParam[];
  readonly groups: readonly IVOTableGroup[];
  /** Indices into the document's tables. */
  readonly tables: readonly number[];
  readonly resources: readonly IVOTableResource[];
}

/** What is known of a table before its first row. */
export interface IVOTableHead {
  readonly id: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly fields: readonly IVOTableField[];
  /** `fields` as an Arrow schema; a field's metadata holds unit, ucd, utype, xtype … */
  readonly schema: Schema;
  /** `nrows` as promised by the document; a hint only. */
  readonly rowsPromised: number | null;
}

/** A table that has been read. */
export interface IVOTableTable {
  readonly id: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly fields: readonly IVOTableField[];
  readonly arrow: Table;
}

/** A VOTable document that has been read. */
export interface IVOTable {
  readonly status: QueryStatus;
  /** The service's words on `status`; empty where it said nothing. */
  readonly message: string;
  readonly infos: readonly IVOTableInfo[];
  readonly resources: readonly IVOTableResource[];
  /** All tables; the first is the result (RESOURCE `type="results"` first, VOTable before others). */
  readonly tables: readonly IVOTableTable[];
}

/** What a stream of a VOTable brings: heads, batches of rows, and one end. */
export type VOTableEvent =
  | {
      readonly type: 'head';
      /** Index of the table in the document. */
      readonly table: number;
      readonly head: IVOTableHead;
      /** INFOs seen so far. */
      readonly infos: readonly IVOTableInfo[];
    }
  | {
      readonly type: 'batch';
      readonly table: number;
      readonly batch: RecordBatch;
      /** Rows of this table so far, this batch included. */
      readonly rows: number;
      /** Bytes of the document read so far. */
      readonly bytes: number;
    }
  | {
      readonly type: 'end';
      readonly status: QueryStatus;
      readonly message: string;
      readonly infos: readonly IVOTableInfo[];
      readonly resources: readonly IVOTableResource[];
      /** Things repaired on the way, one sentence each. */
      readonly warnings: readonly string[];
      readonly bytes: number;
    };

/** What a VOTable can be read from. */
export type VOTableSource = ReadableStream<Uint8Array> | Uint8Array;

/**
 * Awaited between slices of work of a few milliseconds; may let others run.
 *
 * @throws AbortError when the result is no longer wanted
 */
export type Pause = () => Promise<void> | void;

/**
 * Reads a VOTable while it arrives, as `streamVOTable` does, wherever it runs.
 *
 * @param source - the document; the pieces of a stream belong to the reader from then on
 * @param signal - stops the reading, also where the source does not know of it: what has
 * been read still comes, and then an `AbortError` unless that was the end
 */
export type VOTableReader = (
  source: VOTableSource,
  signal?: AbortSignal
) => AsyncGenerator<VOTableEvent, void>;
