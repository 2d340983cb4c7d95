import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { IArchive, IRowCode } from '../../../../src/archives/archive.js';
import type { ILinkService, LinkSource } from '../../../../src/archives/links.js';
import { QueryModel } from '../../../../src/model/query.js';
import {
  possibleFlavours,
  resultCell
} from '../../../../src/plugins/notebook/cellsources.js';
import {
  archiveOf,
  batchEvent,
  endEvent,
  headEvent,
  QUERY,
  TABLE
} from '../../model/rows.js';

const trans = nullTranslator.load('obsdeck');

/** A source of links for each row but `none`, by the name of the row. */
function sourceOf(name: unknown): LinkSource | null {
  const url = `https://archive.example/links?ID=${String(name)}&X-Amz-Signature=feed`;
  return name === 'none' ? null : { kind: 'document', url, id: String(name) };
}

async function opened(names: readonly string[]): Promise<QueryModel> {
  const base = archiveOf(async function* () {
    yield headEvent();
    yield batchEvent(names.map(name => [name, 1]));
    yield endEvent();
  });
  const [column] = fieldsOf(headEvent());
  const links = {
    sourceOf: (row: (column: string) => unknown) => sourceOf(row(column))
  } as unknown as ILinkService;
  const code: IRowCode = {
    id: 'spade',
    tool: 'Spade',
    cell: (row, { date }) =>
      row(column) === 'none' ? null : `dig(${String(row(column))}, ${date.length})`
  };
  const archive: IArchive = { ...base, links, rowCode: [code] };
  const model = new QueryModel();
  model.open({ archive, table: TABLE, query: QUERY, subject: 'M 83' });
  await model.run();
  return model;
}

function fieldsOf(event: ReturnType<typeof headEvent>): readonly string[] {
  return event.type === 'head' ? event.head.fields.map(({ name }) => name) : [];
}

describe('code for the chosen row', () => {
  it('is offered beside that for the query, where the row has what it needs', async () => {
    const query = await opened(['a', 'none']);
    const labels = (selectedRows: readonly number[]): readonly string[] =>
      possibleFlavours(trans, { query, selectedRows })
        .map(({ label }) => label)
        .slice(-2);
    expect(labels([0])).toEqual(['Links of the row (PyVO)', 'Row (Spade)']);
    expect(labels([1])).not.toContain('Row (Spade)');
    expect(labels([])).not.toContain('Links of the row (PyVO)');
  });

  it('is that of the first one', async () => {
    const query = await opened(['a', 'b']);
    const source = (flavour: string): string | undefined =>
      resultCell(trans, { query, selectedRows: [1, 0] }, flavour)?.source;
    expect(source('spade')).toBe('dig(b, 10)');
    expect(source('links')).toContain('"https://archive.example/links?ID=b"');
  });
});
