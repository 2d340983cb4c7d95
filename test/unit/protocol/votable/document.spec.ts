import { describe, expect, it } from 'vitest';

import { readVOTable } from '../../../../src/protocol/votable/index.js';
import { utf8, warnings } from './support.js';

const read = (content: string) => readVOTable(utf8(`<VOTABLE>${content}</VOTABLE>`));

const table = (name: string): string =>
  `<TABLE name="${name}"><FIELD name="a" datatype="int"/></TABLE>`;

describe('QUERY_STATUS', () => {
  const info = (value: string, text = ''): string =>
    `<INFO name="QUERY_STATUS" value="${value}">${text}</INFO>`;

  it.each([
    ['VOTABLE', `${info('ERROR', ' no luck ')}<RESOURCE/>`],
    ['RESOURCE', `<RESOURCE>${info('ERROR', 'no luck')}</RESOURCE>`],
    ['TABLE', `<RESOURCE><TABLE>${info('ERROR', 'no luck')}</TABLE></RESOURCE>`],
    [
      'an inner RESOURCE',
      `<RESOURCE><RESOURCE>${info('error', 'no luck')}</RESOURCE></RESOURCE>`
    ]
  ])('is found below %s', async (_place, content) => {
    expect(await read(content)).toMatchObject({ status: 'ERROR', message: 'no luck' });
  });

  it('is that of the last one', async () => {
    const content = `<RESOURCE>${info('OK')}${table('t')}${info('OVERFLOW', 'limit')}</RESOURCE>`;
    expect(await read(content)).toMatchObject({ status: 'OVERFLOW', message: 'limit' });
  });

  it('is OK where there is none, and its message may be a DESCRIPTION', async () => {
    expect(await read('<RESOURCE/>')).toMatchObject({ status: 'OK', message: '' });
    const described =
      '<INFO name="QUERY_STATUS" value="ERROR"><DESCRIPTION>bad</DESCRIPTION></INFO>';
    expect((await read(described)).message).toBe('bad');
  });
});

describe('tables of a document', () => {
  it('has the table of the results first and numbers the others behind it', async () => {
    const document = await read(
      `<RESOURCE type="meta">${table('m')}</RESOURCE>` +
        `<RESOURCE type="results">${table('r')}<RESOURCE>${table('n')}</RESOURCE></RESOURCE>`
    );
    expect(document.tables.map(({ name }) => name)).toEqual(['r', 'm', 'n']);
    const [meta, results] = document.resources;
    expect(meta.tables).toEqual([1]);
    expect(results.tables).toEqual([0]);
    expect(results.resources[0].tables).toEqual([2]);
  });

  it('finds the results in a nested RESOURCE, and takes the first where none is named', async () => {
    const nested = await read(
      `<RESOURCE>${table('m')}<RESOURCE type="results"><RESOURCE>${table('r')}</RESOURCE></RESOURCE></RESOURCE>`
    );
    expect(nested.tables[0].name).toBe('r');
    const plain = await read(`<RESOURCE>${table('a')}${table('b')}</RESOURCE>`);
    expect(plain.tables.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('reads tables without FIELDs, without DATA and with empty DATA', async () => {
    const document = await read(
      `<RESOURCE><TABLE><DATA><TABLEDATA><TR/><TR></TR></TABLEDATA></DATA></TABLE>${table('b')}` +
        '<TABLE><FIELD name="c" datatype="int"/><DATA/></TABLE></RESOURCE>'
    );
    expect(document.tables.map(({ arrow }) => arrow.numRows)).toEqual([2, 0, 0]);
    expect(document.tables.map(({ arrow }) => arrow.numCols)).toEqual([0, 1, 1]);
  });

  it('takes the FIELDs of the table that a TABLE refers to', async () => {
    const rows = '<DATA><TABLEDATA><TR><TD>7</TD></TR></TABLEDATA></DATA>';
    const { tables } = await read(
      `<RESOURCE><TABLE ID="one"><FIELD name="a" datatype="int"/></TABLE><TABLE ref="one">${rows}</TABLE></RESOURCE>`
    );
    expect(tables[1].arrow.getChild('a')?.get(0)).toBe(7);
  });

  it('keeps columns of the same name apart', async () => {
    const { tables } = await read(
      '<RESOURCE><TABLE><FIELD name="a" datatype="int"/><FIELD name="a" datatype="char" arraysize="*"/>' +
        '<FIELD datatype="int"/><DATA><TABLEDATA><TR><TD>1</TD><TD>x</TD><TD>3</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE>'
    );
    expect([0, 1, 2].map(index => tables[0].arrow.getChildAt(index)?.get(0))).toEqual([
      1,
      'x',
      3
    ]);
    expect(tables[0].fields.map(({ name }) => name)).toEqual(['a', 'a', 'col3']);
    expect(tables[0].arrow.schema.names).toEqual(['a', 'a_2', 'col3']);
  });

  it('reads a column of an unknown datatype as text, and says so', async () => {
    const content =
      '<RESOURCE><TABLE><FIELD name="a" datatype="string"/><DATA><TABLEDATA><TR><TD>x y</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE>';
    expect((await read(content)).tables[0].arrow.getChildAt(0)?.get(0)).toBe('x y');
    expect(await warnings(`<VOTABLE>${content}</VOTABLE>`)).toEqual([
      'Column “a” has the unknown datatype “string” and is read as text.'
    ]);
  });

  it('escapes what a service forgot to escape, and says so', async () => {
    const content =
      '<RESOURCE><INFO name="QUERY" value="a & b < c">x & y</INFO></RESOURCE>';
    expect((await read(content)).infos).toEqual([
      { name: 'QUERY', value: 'a & b < c', text: 'x & y' }
    ]);
    expect((await warnings(`<VOTABLE>${content}</VOTABLE>`)).join()).toContain(
      'not escaped'
    );
  });
});

describe('service descriptors', () => {
  it('have parameters with reference, options and limits behind the rows', async () => {
    const { resources } = await read(
      `<RESOURCE type="results">${table('t')}</RESOURCE>` +
        '<RESOURCE type="meta" utype="adhoc:service" ID="cut" name="cutout"><DESCRIPTION>Cut</DESCRIPTION>' +
        '<PARAM name="accessURL" datatype="char" arraysize="*" value="http://h/c?a=1&amp;b=2"/>' +
        '<GROUP name="inputParams"><PARAM name="ID" datatype="char" arraysize="*" value="" ref="col_id"/>' +
        '<PARAM name="POL" datatype="char" arraysize="*" value=""><VALUES><OPTION value="I"/><OPTION value="V"/></VALUES></PARAM>' +
        '<PARAM name="BAND" datatype="double" arraysize="2" unit="m" value=""><VALUES><MIN value="1e-7"/><MAX value="Inf"/></VALUES></PARAM>' +
        '<GROUP name="inner"><FIELDref ref="f"/></GROUP></GROUP></RESOURCE>'
    );
    const [, service] = resources;
    expect(service).toMatchObject({
      id: 'cut',
      name: 'cutout',
      type: 'meta',
      utype: 'adhoc:service',
      description: 'Cut',
      tables: []
    });
    expect(service.params[0].value).toBe('http://h/c?a=1&b=2');
    const [group] = service.groups;
    expect(group.params.map(({ name, ref }) => [name, ref])).toEqual([
      ['ID', 'col_id'],
      ['POL', null],
      ['BAND', null]
    ]);
    expect(group.params[1].options).toEqual(['I', 'V']);
    expect(group.params[2]).toMatchObject({ min: '1e-7', max: 'Inf', unit: 'm' });
    expect(group.groups[0].fieldRefs).toEqual(['f']);
  });
});
