import { type RecordBatch, Table } from 'apache-arrow';

import { ProtocolError } from '../errors.js';
import { resultTable } from './resulttable.js';
import { streamVOTable } from './stream.js';
import type {
  IVOTable,
  IVOTableHead,
  IVOTableResource,
  IVOTableTable,
  VOTableEvent,
  VOTableSource
} from './types.js';

/**
 * Reads a whole VOTable. The first of its tables is the result; the others follow in
 * document order.
 *
 * A document that says ERROR resolves, too, with that `status`, the service's
 * `message` and the rows that came before it.
 *
 * @throws ProtocolError see `streamVOTable`
 */
export async function readVOTable(source: VOTableSource): Promise<IVOTable> {
  const parts: { head: IVOTableHead; batches: RecordBatch[] }[] = [];
  for await (const event of streamVOTable(source)) {
    if (event.type === 'head') {
      parts[event.table] = { head: event.head, batches: [] };
    } else if (event.type === 'batch') {
      parts[event.table].batches.push(event.batch);
    } else {
      const tables = parts.map(({ head, batches }) => toTable(head, batches));
      return assemble(event, tables);
    }
  }
  throw new ProtocolError('bad-answer', 'The VOTable breaks off before its end.');
}

function toTable(head: IVOTableHead, batches: readonly RecordBatch[]): IVOTableTable {
  const { id, name, description, fields, schema } = head;
  const arrow =
    batches.length > 0 ? new Table(schema, [...batches]) : new Table(schema);
  return { id, name, description, fields, arrow };
}

function assemble(
  end: VOTableEvent & { type: 'end' },
  tables: readonly IVOTableTable[]
): IVOTable {
  const { status, message, infos, resources } = end;
  const result = resultTable(resources) ?? 0;
  const order = [
    ...[...tables.keys()].filter(index => index === result),
    ...[...tables.keys()].filter(index => index !== result)
  ];
  return {
    status,
    message,
    infos,
    resources: resources.map(resource => renumber(resource, order)),
    tables: order.map(index => tables[index])
  };
}

/** The same resource with its tables numbered by their place in `order`. */
function renumber(
  resource: IVOTableResource,
  order: readonly number[]
): IVOTableResource {
  return {
    ...resource,
    tables: resource.tables.map(index => order.indexOf(index)),
    resources: resource.resources.map(nested => renumber(nested, order))
  };
}
