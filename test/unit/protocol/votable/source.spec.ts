import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { readVOTable } from '../../../../src/protocol/votable/index.js';
import { columnCells, field, inPieces, refusal, tabledata, utf8 } from './support.js';

const text = tabledata(field('char', '*'), '<TR><TD>café Ω</TD></TR>');

async function cell(bytes: Uint8Array): Promise<unknown> {
  const { tables } = await readVOTable(inPieces(bytes, () => 3));
  return columnCells(tables[0].arrow, 0)[0];
}

describe('encodings of a document', () => {
  it('reads UTF-8 with a byte order mark and blank lines in front', async () => {
    expect(await cell(utf8(`\uFEFF\n \r\n${text}`))).toBe('café Ω');
  });

  it('reads declared ISO-8859-1', async () => {
    const latin = text
      .replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="iso-8859-1"?>')
      .replace(' Ω', '');
    expect(await cell(new Uint8Array(Buffer.from(latin, 'latin1')))).toBe('café');
  });

  it('reads UTF-16', async () => {
    expect(await cell(new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le')))).toBe(
      'café Ω'
    );
  });

  it('unzips a body that begins like gzip', async () => {
    expect(await cell(new Uint8Array(gzipSync(utf8(text))))).toBe('café Ω');
  });

  it('says that a gzipped body is cut off', async () => {
    const bytes = new Uint8Array(gzipSync(utf8(text)));
    const error = await refusal(bytes.slice(0, -20));
    expect(error.kind).toBe('bad-answer');
    expect(error.message).toContain('compressed');
  });
});
