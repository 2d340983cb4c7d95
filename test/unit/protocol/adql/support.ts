import type { ICheckContext } from '../../../../src/protocol/adql/index.js';
import { SchemaNames } from '../../../../src/protocol/adql/index.js';
import type {
  IColumnDescription,
  ITableDescription,
  ITableSet,
  ITapCapability
} from '../../../../src/protocol/vosi.js';

/** A column of which only the name is said, and what is given. */
export function column(
  name: string,
  more: Partial<IColumnDescription> = {}
): IColumnDescription {
  const nothing = { arraysize: null, unit: null, ucd: null, utype: null, xtype: null };
  const flags = { indexed: false, principal: false, std: false };
  return { name, datatype: 'char', ...nothing, description: null, ...flags, ...more };
}

/** A table; without columns where they were not asked for. */
export function table(
  name: string,
  columns: readonly (string | IColumnDescription)[] = []
): ITableDescription {
  return {
    name,
    title: null,
    description: null,
    utype: null,
    rows: null,
    columns: columns.map(item => (typeof item === 'string' ? column(item) : item))
  };
}

/** Tables in the schemas that their names begin with. */
export function tableSet(...tables: readonly ITableDescription[]): ITableSet {
  const names = [...new Set(tables.map(({ name }) => name.split('.')[0]))];
  return {
    schemas: names.map(name => ({
      name,
      title: null,
      description: null,
      tables: tables.filter(other => other.name.split('.')[0] === name)
    }))
  };
}

/** A service that says which geometry functions and functions of its own it has. */
export function capability(
  geometry: readonly string[] = [],
  own: readonly string[] = [],
  versions: readonly string[] = ['2.0', '2.1']
): ITapCapability {
  const limit = { default: null, hard: null, unit: null };
  const kind = 'ivo://ivoa.net/std/TAPRegExt#features-';
  return {
    dataModels: [],
    languages: [
      {
        name: 'ADQL',
        versions,
        features: [
          { type: `${kind}adqlgeo`, forms: geometry },
          { type: `${kind}udf`, forms: own }
        ].filter(({ forms }) => forms.length > 0)
      }
    ],
    outputFormats: [],
    uploadMethods: [],
    retentionPeriod: limit,
    executionDuration: limit,
    outputLimit: limit,
    uploadLimit: limit
  };
}

/** Raw frames, ObsCore, and a table whose columns are unknown. */
export const TABLES = tableSet(
  table('dbo.raw', [
    column('dp_id', { description: 'Identifier', indexed: true }),
    'dp_cat',
    'dp_type',
    'dp_tech',
    column('exposure', { datatype: 'double', unit: 's', ucd: 'time.duration' }),
    'instrument',
    'date_obs',
    'release_date',
    column('datalink_url', { arraysize: '*', ucd: 'meta.ref.url' }),
    '"size"',
    'ra',
    'dec'
  ]),
  table('ivoa.ObsCore', [
    'obs_id',
    'obs_publisher_did',
    's_ra',
    's_dec',
    't_min',
    'ra'
  ]),
  table('ist.unknown')
);

/** What queries of these tests are checked against. */
export function context(more: Partial<ICheckContext> = {}): ICheckContext {
  return {
    names: new SchemaNames(TABLES),
    uploads: new Map(),
    capability: null,
    ...more
  };
}
