import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readVOTable } from '../../src/protocol/votable/index.js';
import {
  binary,
  type Cell,
  collect,
  columnCells,
  document,
  field,
  firstColumn,
  firstTable,
  fixture,
  inPieces,
  refusal,
  rowsOf,
  sharedFixtures,
  tabledata,
  utf8
} from '../unit/protocol/votable/support.js';

const SERIALIZATIONS = ['tabledata', 'binary', 'binary2'] as const;

/** The cells of a golden table, by column name. */
async function golden(name: string): Promise<Record<string, Cell[]>> {
  const { tables } = await readVOTable(fixture(`synthetic_golden_${name}`));
  const { fields, arrow } = tables[0];
  return Object.fromEntries(
    fields.map((one, index) => [one.name, columnCells(arrow, index)])
  );
}

const shared = sharedFixtures();

/** A shared fixture, or null where the folder is absent. */
function sharedFixture(name: string): Uint8Array | null {
  const path = shared === null ? null : join(shared, name);
  return path !== null && existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
}

const errorDocument = (text: string): string =>
  '<?xml version="1.0"?><VOTABLE><RESOURCE type="results">' +
  `<INFO name="QUERY_STATUS" value="ERROR">${text}</INFO></RESOURCE></VOTABLE>`;

describe('errors of a service', () => {
  it.each(['ESO-16', 'RUBIN-17'])(
    '%s: an error VOTable is an error with the text of the service',
    async () => {
      const text = 'Incorrect ADQL query: unknown column &quot;s_raa&quot;';
      const { status, message, tables } = await readVOTable(utf8(errorDocument(text)));
      expect(status).toBe('ERROR');
      expect(message).toBe('Incorrect ADQL query: unknown column "s_raa"');
      expect(tables).toEqual([]);
    }
  );

  it.each(['ESO-17', 'VO-36'])('%s: two mixed VOTables give one error', async () => {
    const head =
      '<?xml version="1.0"?><VOTABLE><RESOURCE type="results"><INFO name="P"/>';
    const error = await refusal(`${head}\n${errorDocument('class cast problem')}`);
    expect(error.kind).toBe('bad-answer');
    expect(error.message).toContain(
      'second one inside it. It says: “class cast problem”'
    );
  });

  it('ESO-17: a second VOTable among the rows keeps the rows before it', async () => {
    const [before] = tabledata(field('int'), '<TR><TD>1</TD></TR><TR><TD>').split(
      '</TABLEDATA>'
    );
    const text = `${before}${errorDocument('disk full')}`;
    const { events, error } = await collect(inPieces(utf8(text), () => 5));
    expect(rowsOf(events)).toBe(1);
    expect(error).toMatchObject({ kind: 'bad-answer', details: { row: 1 } });
    expect((error as Error).message).toContain('disk full');
  });

  it('VO-35: HTML with status 200 is named with its title', async () => {
    const page =
      '<!DOCTYPE html>\n<html><head><title>502 Bad\nGateway</title></head></html>';
    const { message } = await refusal(page);
    expect(message).toContain('not a VOTable');
    expect(message).toContain('502 Bad Gateway');
  });

  it('VO-36: invalid characters and raw ampersands are repaired and reported', async () => {
    const text = tabledata(
      field('char', '*'),
      '<TR><TD>http://h/?a=1&b=2</TD></TR><TR><TD>a\u0001</TD></TR>'
    );
    expect(await firstColumn(text)).toEqual(['http://h/?a=1&b=2', 'a\uFFFD']);
    const latin = Uint8Array.from(
      tabledata(field('char', '*'), '<TR><TD>\u00e9</TD></TR>'),
      c => c.charCodeAt(0)
    );
    const { tables } = await readVOTable(latin);
    expect(columnCells(tables[0].arrow, 0)).toEqual(['\uFFFD']);
  });
});

describe('status', () => {
  it('VO-30: trailing OVERFLOW and ERROR override OK and keep the rows', async () => {
    for (const [name, status] of [
      ['overflow_trailing.xml', 'OVERFLOW'],
      ['error_trailing.xml', 'ERROR']
    ]) {
      const answer = await readVOTable(fixture(`synthetic_golden_${name}`));
      expect(answer.status).toBe(status);
      expect(answer.message).not.toBe('');
      expect(answer.tables[0].arrow.numRows).toBe(4);
    }
  });

  it.each([
    ['VOTABLE', '<VOTABLE>$<RESOURCE/></VOTABLE>'],
    ['RESOURCE', '<VOTABLE><RESOURCE>$</RESOURCE></VOTABLE>'],
    ['TABLE', '<VOTABLE><RESOURCE><TABLE>$</TABLE></RESOURCE></VOTABLE>']
  ])('VO-31: QUERY_STATUS under %s is found', async (_place, text) => {
    const info = '<INFO name="QUERY_STATUS" value="OVERFLOW">cut</INFO>';
    const answer = await readVOTable(utf8(text.replace('$', info)));
    expect(answer).toMatchObject({ status: 'OVERFLOW', message: 'cut' });
  });
});

describe('serializations', () => {
  it('VO-19: BOM, gzip, prefixes and no namespace change no cell', async () => {
    const plain = await golden('tabledata.xml');
    expect(plain.s_var[0]).toBe('Sgr A* <field> & "co"');
    for (const name of [
      'bom.xml',
      'no_namespace.xml',
      'prefixed_tabledata.xml',
      'tabledata.xml.gz'
    ]) {
      expect(await golden(name), name).toEqual(plain);
    }
    expect(await golden('prefixed_binary2.xml')).toEqual(await golden('binary2.xml'));
  });

  it('VO-20: flags of BINARY2 are right beyond 8 and 16 columns', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
    const fields = names.map(name => `<FIELD name="${name}" datatype="unsignedByte"/>`);
    const row = [0b00000001, 0b10000001, 0b10010000, ...names.map((_, index) => index)];
    const { arrow } = await firstTable(
      binary(fields.join(''), Uint8Array.from(row), 'BINARY2')
    );
    const nulls = names.filter((_, index) => columnCells(arrow, index)[0] === null);
    expect(nulls).toEqual(['c7', 'c8', 'c15', 'c16', 'c19']);
  });

  it('VO-21: the magic value is null in all three', async () => {
    const column = field('short', undefined, '<VALUES null="-9"/>');
    const bytes = [255, 247, 0, 1];
    expect(
      await firstColumn(tabledata(column, '<TR><TD>-9</TD></TR><TR><TD>1</TD></TR>'))
    ).toEqual([null, 1]);
    expect(await firstColumn(binary(column, Uint8Array.from(bytes)))).toEqual([
      null,
      1
    ]);
    const flagged = Uint8Array.of(0, 255, 247, 0, 0, 1);
    expect(await firstColumn(binary(column, flagged, 'BINARY2'))).toEqual([null, 1]);
  });

  it.each(SERIALIZATIONS)(
    'VO-23: NaN, infinities, −0 and null differ in %s',
    async name => {
      const { f4, f8 } = await golden(`${name}.xml`);
      expect([f4[2], f4[3], f8[2]]).toEqual(['+Inf', '-Inf', 'NaN']);
      expect(Object.is(f8[3], -0)).toBe(true);
      expect(f8[1]).toBe(name === 'binary' ? 'NaN' : null);
    }
  );

  it('VO-24: fixed char ends at NUL, and TABLEDATA keeps blanks', async () => {
    const fixed = binary(field('char', '6'), utf8('ab \0xy'));
    expect(await firstColumn(fixed)).toEqual(['ab ']);
    const text = tabledata(field('char', '6'), '<TR><TD> ab </TD></TR>');
    expect(await firstColumn(text)).toEqual([' ab ']);
  });

  it('VO-25: unicodeChar is big-endian and keeps surrogate pairs', async () => {
    const bytes = Uint8Array.of(0, 0, 0, 3, 0x65, 0xe5, 0xd8, 0x3d, 0xde, 0x80);
    expect(await firstColumn(binary(field('unicodeChar', '*'), bytes))).toEqual([
      '日🚀'
    ]);
  });

  it('VO-26: a bit array of 12 is read most significant first', async () => {
    const bytes = Uint8Array.of(0b10110001, 0b11010000);
    expect(await firstColumn(binary(field('bit', '12'), bytes))).toEqual([
      [1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 1]
    ]);
  });

  it.each([
    ['float', '3x*', '1 2 3 4 5 6', [1, 2, 3, 4, 5, 6]],
    ['int', '2x3', '1 2 3 4 5 6', [1, 2, 3, 4, 5, 6]],
    ['int', '4*', '1 2', [1, 2]],
    ['double', ' 2 ', '1 2', [1, 2]],
    ['char', '5x*', 'alphabe   ', ['alpha', 'be']]
  ])(
    'VO-27: %s of arraysize “%s” is understood',
    async (datatype, size, text, cell) => {
      const rows = `<TR><TD>${text}</TD></TR>`;
      expect(await firstColumn(tabledata(field(datatype, size), rows))).toEqual([cell]);
    }
  );

  it('VO-28: char without arraysize keeps long text in TABLEDATA', async () => {
    const text = tabledata(field('char'), '<TR><TD>application/fits</TD></TR>');
    expect(await firstColumn(text)).toEqual(['application/fits']);
  });

  it.each([
    ['TABLEDATA', '<DATA><TABLEDATA/></DATA>'],
    ['BINARY2', '<DATA><BINARY2><STREAM encoding="base64"> </STREAM></BINARY2></DATA>'],
    ['missing DATA', '']
  ])('VO-29: zero rows as %s give an empty table with columns', async (_name, data) => {
    const text = document(field('int'), '').replace('<DATA></DATA>', data);
    const { arrow, fields } = await firstTable(text);
    expect(arrow.numRows).toBe(0);
    expect(arrow.schema.names).toEqual(['x']);
    expect(fields).toHaveLength(1);
  });

  it('VO-37: columns of one name stay addressable by index', async () => {
    const text = tabledata(
      field('int') + field('int'),
      '<TR><TD>1</TD><TD>2</TD></TR>'
    );
    const { arrow, fields } = await firstTable(text);
    expect(fields.map(({ name }) => name)).toEqual(['x', 'x']);
    expect([columnCells(arrow, 0), columnCells(arrow, 1)]).toEqual([[1], [2]]);
  });
});

describe('safety', () => {
  it('VO-32: hostile and truncated binary fails without much memory', async () => {
    const bytes = Uint8Array.of(0, 0x7f, 255, 255, 255, 97);
    const before = process.memoryUsage().arrayBuffers;
    const hostile = await refusal(binary(field('double', '*'), bytes, 'BINARY2'));
    expect(hostile).toMatchObject({
      kind: 'bad-answer',
      details: { row: 0, column: 0 }
    });
    const missing = Uint8Array.of(0, 0x0b, 255, 255, 255, 97);
    const cut = await refusal(binary(field('char', '*'), missing, 'BINARY2'));
    expect(cut).toMatchObject({ kind: 'bad-answer', details: { row: 0, column: 0 } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });

  it('VO-33: the href of a STREAM is not fetched', async () => {
    const asked: unknown[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = input => {
      asked.push(input);
      return Promise.reject(new TypeError('not here'));
    };
    try {
      const stream = '<BINARY2><STREAM href="http://127.0.0.1:9/x"/></BINARY2>';
      const error = await refusal(document(field('int'), stream));
      expect(error.message).toContain('points elsewhere');
    } finally {
      globalThis.fetch = fetch;
    }
    expect(asked).toEqual([]);
  });

  it('VO-34: entities of a DTD are neither expanded nor fetched', async () => {
    const dtd =
      '<!DOCTYPE VOTABLE [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/hostname">]>';
    const text = tabledata(field('char', '*'), '<TR><TD>&a;&b;</TD></TR>');
    const error = await refusal(text.replace('?>', `?>${dtd}`));
    expect(error.message).toContain('DTD');
    expect(await firstColumn(text)).toEqual(['&a;&b;']);
  });
});

describe.skipIf(shared === null)('Rubin (needs ../shared/fixtures)', () => {
  async function obscore(serialization: string): Promise<Record<string, Cell[]>> {
    const bytes = sharedFixture(`rubin/synthetic_obscore_${serialization}.xml`);
    const { tables } = await readVOTable(bytes ?? new Uint8Array());
    const { fields, arrow } = tables[0];
    return Object.fromEntries(
      fields.map((one, index) => [one.name, columnCells(arrow, index)])
    );
  }

  it('RUBIN-14: BINARY2 equals TABLEDATA', async () => {
    const expected = await obscore('tabledata');
    expect(Object.keys(expected).length).toBeGreaterThan(20);
    expect(await obscore('binary2')).toEqual(expected);
  });

  it('RUBIN-15: lsst_visit keeps all digits', async () => {
    const { lsst_visit } = await obscore('tabledata');
    expect(lsst_visit).toContain('2024111100094');
  });

  it('RUBIN-16: null tract and patch of visit images stay null', async () => {
    for (const serialization of ['tabledata', 'binary2']) {
      const { lsst_tract, lsst_patch } = await obscore(serialization);
      expect(lsst_tract).toContain(null);
      expect(lsst_patch).toContain(null);
    }
  });
});

describe('Rubin', () => {
  it('RUBIN-46: unicodeChar of fixed size is trimmed of NULs', async () => {
    const bytes = Uint8Array.of(0, 103, 0, 114, 0, 0, 0, 0);
    expect(await firstColumn(binary(field('unicodeChar', '4'), bytes))).toEqual(['gr']);
  });
});
