import { heading } from '../cells.js';
import type { IServiceDescriptor, IServiceParameter } from '../datalink/types.js';
import { handlingOf, importLines } from './content.js';
import { pythonString } from '../python.js';
import { isSoda, isSodaJob, sodaRole } from '../soda/offer.js';
import type { GivenValues } from '../datalink/request.js';
import { findLinkLines, linkTitle, sessionModule, type ICellLink } from './source.js';

/** A request to a described service. */
export interface ICellService extends ICellLink {
  readonly service: IServiceDescriptor;
  /** What the user gave for its free parameters, as it is sent. */
  readonly given: GivenValues;
}

/** Attributes of PyVO's query that stand for a parameter, each with its unit. */
const ATTRIBUTES: Readonly<Record<string, readonly [attribute: string, unit: string]>> =
  {
    circle: ['circle', 'u.deg'],
    polygon: ['polygon', 'u.deg'],
    band: ['band', 'u.m']
  };

/**
 * Python that asks a described service with PyVO: a cutout of SODA, or whatever else the
 * descriptor is for. The descriptor is read again from the links, so that the cell holds
 * what the user chose and nothing that changes from answer to answer.
 */
export function serviceCell(cell: ICellService): string {
  const { service, link } = cell;
  const query = isSoda(service) ? 'SodaQuery' : 'DatalinkQuery';
  const settings = settingLines(cell);
  const { imports, lines } = handlingOf(typeOf(cell));
  const statements = [
    ...imports,
    ...(settings.some(line => line.includes(' * u.')) ? [UNITS] : []),
    ...(isSodaJob(service) ? JOB_IMPORTS : []),
    `import ${sessionModule(cell)}`,
    `from pyvo.dal.adhoc import ${['DatalinkResults', query].sort().join(', ')}`
  ];
  return [
    heading(cell),
    `# ${linkTitle(link)}`,
    ...importLines(statements),
    '',
    ...findLinkLines(cell),
    'service = links.get_adhocservice_by_id(link["service_def"])',
    `query = ${query}.from_resource(link, service, session=session)`,
    ...settings,
    ...(isSodaJob(service) ? JOB : NOW),
    ...(isSoda(service) ? NOTHING : []),
    ...lines
  ].join('\n');
}

/** A service that answers at once. */
const NOW = ['content = query.execute_raw()', 'query.raise_if_error()'];

/** One that runs as a job (UWS 1.1): PyVO reads jobs, but starts none of these. */
const JOB_IMPORTS = [
  'import time',
  'from io import BytesIO',
  'from pyvo.io.uws import parse_job'
];
const JOB = [
  'started = session.post(query.baseurl, data={**query, "PHASE": "RUN"})',
  'started.raise_for_status()',
  'job = parse_job(BytesIO(started.content))',
  'while job.phase in ("PENDING", "QUEUED", "EXECUTING"):',
  '    time.sleep(2)',
  '    job = parse_job(BytesIO(session.get(started.url).content))',
  'if job.phase != "COMPLETED":',
  '    raise RuntimeError(f"The job ended as {job.phase}.")',
  'content = session.get(job.results[0].href).content'
];

const UNITS = 'import astropy.units as u';

/** What lies outside the data is no error of the service's (SODA 1.0 §4.2: 204). */
const NOTHING = ['if not content:', '    raise LookupError("No pixels there.")'];

/** Cutouts are FITS unless told otherwise. */
function typeOf({ service, link }: ICellService): string {
  const told = link.contentType ?? service.contentType;
  return told ?? (isSoda(service) ? 'application/fits' : '');
}

function settingLines({ service, given }: ICellService): readonly string[] {
  return service.parameters
    .filter(({ kind, name }) => kind === 'free' && Object.hasOwn(given, name))
    .flatMap(parameter => settingOf(parameter, [given[parameter.name]].flat()))
    .filter(line => line !== '');
}

/** One parameter; several values become a list, which is sent repeated. */
function settingOf(
  parameter: IServiceParameter,
  values: readonly string[]
): readonly string[] {
  const [first] = values;
  if (first === undefined) {
    return [];
  }
  const known = attributeOf(parameter);
  if (known !== null && values.length === 1 && isFinite(first)) {
    const [attribute, unit] = known;
    return [`query.${attribute} = [${first.trim().split(/\s+/).join(', ')}] * ${unit}`];
  }
  const text =
    values.length === 1
      ? pythonString(first)
      : `[${values.map(value => pythonString(value)).join(', ')}]`;
  return [`query[${pythonString(parameter.name)}] = ${text}`];
}

/** PyVO writes its attributes by the standard's names, in upper case. */
function attributeOf(
  parameter: IServiceParameter
): readonly [attribute: string, unit: string] | null {
  const role = sodaRole(parameter);
  return role !== null && parameter.name === role.toUpperCase()
    ? (ATTRIBUTES[role] ?? null)
    : null;
}

/** Numbers only: open intervals are written by PyVO in a way that is not DALI's. */
function isFinite(value: string): boolean {
  return value
    .trim()
    .split(/\s+/)
    .every(word => word !== '' && Number.isFinite(Number(word)));
}
