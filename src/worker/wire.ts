import {
  Data,
  type DataType,
  RecordBatch,
  type Schema,
  Struct,
  type TypeMap
} from 'apache-arrow';

import { BatchBuilder } from '../protocol/votable/batches.js';
import type { IVOTableHead, VOTableEvent } from '../protocol/votable/types.js';
import { Warnings } from '../protocol/votable/warnings.js';

/** Arrow data without its type: buffers that can be moved, not copied. */
interface IPackedData {
  readonly offset: number;
  readonly length: number;
  readonly nullCount: number;
  /** Offsets, values, nulls, type ids; what a type does not have is undefined. */
  readonly buffers: readonly (ArrayBufferView | undefined)[];
  readonly children: readonly IPackedData[];
}

type Head = Extract<VOTableEvent, { type: 'head' }>;
type Batch = Extract<VOTableEvent, { type: 'batch' }>;
type End = Extract<VOTableEvent, { type: 'end' }>;

/** An event as it crosses: heads without schema, rows as buffers. */
export type PackedEvent =
  | (Omit<Head, 'head'> & { readonly head: Omit<IVOTableHead, 'schema'> })
  | (Omit<Batch, 'batch'> & { readonly batch: IPackedData })
  | End;

/**
 * An event ready to cross.
 *
 * @returns with the buffers that move; the event's batch is empty afterwards
 */
export function packEvent(event: VOTableEvent): [PackedEvent, Transferable[]] {
  if (event.type === 'head') {
    return [{ ...event, head: withoutSchema(event.head) }, []];
  }
  if (event.type === 'end') {
    return [event, []];
  }
  const buffers = new Set<ArrayBuffer>();
  const batch = packData(event.batch.data, buffers);
  return [{ ...event, batch }, [...buffers]];
}

/** Makes events of what crossed; the batches of a table share the schema of its head. */
export class EventUnpacker {
  unpack(packed: PackedEvent): VOTableEvent {
    switch (packed.type) {
      case 'head': {
        const { schema } = new BatchBuilder(packed.head.fields, new Warnings());
        this._schemas.set(packed.table, schema);
        return { ...packed, head: { ...packed.head, schema } };
      }
      case 'batch': {
        const schema = this._schemas.get(packed.table) as Schema;
        const data = unpackData(packed.batch, new Struct<TypeMap>(schema.fields));
        return { ...packed, batch: new RecordBatch(schema, data) };
      }
      default:
        return packed;
    }
  }

  private readonly _schemas = new Map<number, Schema>();
}

function withoutSchema(head: IVOTableHead): Omit<IVOTableHead, 'schema'> {
  const { id, name, description, fields, rowsPromised } = head;
  return { id, name, description, fields, rowsPromised };
}

function packData(data: Data, moving: Set<ArrayBuffer>): IPackedData {
  const { offset, length, nullCount, children } = data;
  const buffers = [data.valueOffsets, data.values, data.nullBitmap, data.typeIds];
  for (const view of buffers as readonly (ArrayBufferView | undefined)[]) {
    // Empty buffers may be shared by all that have nothing to store.
    if (view !== undefined && view.buffer.byteLength > 0) {
      moving.add(view.buffer as ArrayBuffer);
    }
  }
  return {
    offset,
    length,
    nullCount,
    buffers,
    children: children.map(child => packData(child, moving))
  };
}

function unpackData<T extends DataType>(packed: IPackedData, type: T): Data<T> {
  const { offset, length, nullCount, buffers, children } = packed;
  const types = (type.children ?? []).map(child => child.type as DataType);
  return new Data(
    type,
    offset,
    length,
    nullCount,
    buffers as Partial<Data<T>['buffers']>,
    children.map((child, index) => unpackData(child, types[index]))
  );
}
