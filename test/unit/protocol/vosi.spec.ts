import { describe, expect, it } from 'vitest';

import {
  geometryFunctions,
  hasObsCore,
  isStandard,
  parseAvailability,
  parseCapabilities,
  parseTables,
  TAP_STANDARD
} from '../../../src/protocol/vosi.js';
import { fixtureText } from '../../support/fixtures.js';

/** A TAP capability with a data model. */
function tapCapabilities(model: string): string {
  return `<capabilities><capability standardID="ivo://ivoa.net/std/TAP">
    <dataModel ivo-id="${model}">ObsCore</dataModel></capability></capabilities>`;
}

describe('parseCapabilities', () => {
  it('reads what Rubin says of its TAP service', context => {
    const capabilities = parseCapabilities(
      fixtureText(context, 'rubin/rsp_tap-capabilities.xml')
    );
    const tap = capabilities.find(one => isStandard(one, TAP_STANDARD));
    expect(tap?.interfaces[0]).toMatchObject({
      type: 'ParamHTTP',
      version: '1.1',
      accessUrl: 'https://data.example.com/api/tap',
      use: 'base',
      anonymous: false
    });
    expect(tap?.interfaces[0].securityMethods).toHaveLength(5);
    expect(tap?.tap).toMatchObject({
      languages: [{ name: 'ADQL', versions: ['2.0'] }],
      outputLimit: { default: 134217728, hard: 134217728, unit: 'byte' },
      executionDuration: { default: 600, hard: 600, unit: null },
      retentionPeriod: { default: 604800, hard: 604800, unit: null }
    });
    expect([...geometryFunctions(tap!.tap!)]).toEqual([
      'POINT',
      'CIRCLE',
      'DISTANCE',
      'POLYGON',
      'CONTAINS'
    ]);
    expect(hasObsCore(capabilities)).toBe(true);
  });

  it('reads output formats and user-defined functions of DaCHS', context => {
    const capabilities = parseCapabilities(
      fixtureText(context, 'vo/pyvo_tap_capabilities_gavo.xml')
    );
    const { tap } = capabilities.find(one => isStandard(one, TAP_STANDARD))!;
    expect(tap!.outputFormats.flatMap(format => format.aliases)).toContain('votable');
    const functions = tap!.languages[0].features.find(group => /udf/.test(group.type));
    expect(functions?.forms.some(form => form.includes('ivo_'))).toBe(true);
  });

  it('says of services without TAP that they have none', () => {
    const text = '<capabilities><capability standardID="ivo://x/y"/></capabilities>';
    expect(parseCapabilities(text)).toEqual([
      { standardId: 'ivo://x/y', type: null, interfaces: [], tap: null }
    ]);
    expect(hasObsCore(parseCapabilities(text))).toBe(false);
  });

  it.each([
    ['ivo://ivoa.net/std/ObsCore#core-1.1', true],
    ['ivo://ivoa.net/std/ObsCore/v1.0', true],
    ['IVO://IVOA.NET/STD/OBSCORE-1.0', true],
    ['ivo://ivoa.net/std/RegTAP#1.1', false]
  ])('data model %s is ObsCore: %s', (model, expected) => {
    expect(hasObsCore(parseCapabilities(tapCapabilities(model)))).toBe(expected);
  });

  it('compares identifiers without case and without what stands behind #', () => {
    const [capability] = parseCapabilities(
      '<capabilities><capability standardID="ivo://IVOA.net/std/tap#aux"/></capabilities>'
    );
    expect(isStandard(capability, TAP_STANDARD)).toBe(true);
    expect(isStandard(capability, 'ivo://ivoa.net/std/TA')).toBe(false);
  });

  it('refuses other documents by the name of their root', () => {
    expect(() => parseCapabilities('<VOTABLE/>')).toThrow(
      'The answer is not a list of capabilities: its root element is “VOTABLE”.'
    );
    expect(() => parseCapabilities('<html><title>Log in</title></html>')).toThrow(
      /Log in/
    );
  });
});

describe('parseTables', () => {
  it('reads a tableset', context => {
    const { schemas } = parseTables(fixtureText(context, 'vo/pyvo_vosi_tables.xml'));
    expect(schemas).toHaveLength(1);
    expect(schemas[0].name).toBe('test');
    expect(schemas[0].tables[0]).toEqual({
      name: 'test.all',
      title: 'Test table',
      description: 'All test data in one table',
      utype: 'utype',
      rows: 30,
      columns: [
        {
          name: 'id',
          datatype: 'char',
          arraysize: '*',
          unit: 'unit',
          ucd: 'meta.id;meta.main',
          utype: 'utype',
          xtype: null,
          description: 'Primary key',
          indexed: true,
          principal: false,
          std: false
        }
      ]
    });
  });

  it('reads the document of a single table', () => {
    const { schemas } = parseTables(
      `<v:table xmlns:v="x"><name>"my t"</name><column std="true"><name>p</name>
       <dataType xsi:type="vs:VOTableType" arraysize="2" extendedType="interval">double</dataType>
       </column></v:table>`
    );
    expect(schemas[0].name).toBeNull();
    expect(schemas[0].tables[0]).toMatchObject({ name: '"my t"', rows: null });
    expect(schemas[0].tables[0].columns[0]).toMatchObject({
      datatype: 'double',
      arraysize: '2',
      xtype: 'interval',
      std: true
    });
  });

  it.each([
    ['<dataType>adql:VARCHAR</dataType>', 'char', '*', null],
    ['<dataType size="12">CHAR</dataType>', 'char', '12', null],
    ['<dataType arraysize="1">char</dataType>', 'char', null, null],
    ['<dataType>adql:BIGINT</dataType>', 'long', null, null],
    ['<dataType>TIMESTAMP</dataType>', 'char', '*', 'timestamp'],
    ['<dataType>adql:REGION</dataType>', 'char', '*', 'adql:REGION'],
    ['<dataType>unicodeChar</dataType>', 'unicodeChar', null, null],
    ['<dataType>MONEY</dataType>', 'MONEY', null, null],
    ['', null, null, null]
  ])('%s is %s %s %s', (element, datatype, arraysize, xtype) => {
    const text = `<table><name>t</name><column><name>c</name>${element}</column></table>`;
    const [column] = parseTables(text).schemas[0].tables[0].columns;
    expect(column).toMatchObject({ datatype, arraysize, xtype });
  });
});

describe('parseAvailability', () => {
  it('reads state, times and notes', () => {
    expect(
      parseAvailability(
        `<a:availability xmlns:a="x"><a:available>false</a:available>
         <a:downAt>2026-11-21T20:00:00Z</a:downAt><a:backAt>2026-11-22T06:00:00Z</a:backAt>
         <a:note>New  disks.</a:note><a:note/></a:availability>`
      )
    ).toEqual({
      available: false,
      upSince: null,
      downAt: '2026-11-21T20:00:00Z',
      backAt: '2026-11-22T06:00:00Z',
      notes: ['New disks.']
    });
  });

  it('reads the example of the standard', context => {
    const text = fixtureText(context, 'vo/ivoa_vosi_available.xml');
    expect(parseAvailability(text).available).toBe(true);
  });
});
