import type {
  IVOTableGroup,
  IVOTableParam,
  IVOTableResource
} from '../votable/types.js';
import { readAddress } from './address.js';
import type { IServiceDescriptor, IServiceParameter } from './types.js';

/** Services that a document describes. */
export interface IDescriptors {
  /** By `ID`; those without one by their place, `#0`, `#1` … */
  readonly services: ReadonlyMap<string, IServiceDescriptor>;
  /** What is wrong with those that were left out, one sentence each. */
  readonly warnings: readonly string[];
}

/** A place that descriptors may refer to: a column, with the XML ID that stands for it. */
export interface IReferable {
  readonly id: string | null;
  readonly name: string;
}

/**
 * The services that a document describes, also in RESOURCEs within others (DataLink 1.1 §4).
 *
 * @param resources - of the document
 * @param base - where the document is from: relative addresses resolve against it
 * @param columns - of its table; a `ref` by XML ID becomes the column's name
 */
export function readDescriptors(
  resources: readonly IVOTableResource[],
  base: string,
  columns: readonly IReferable[] = []
): IDescriptors {
  const services = new Map<string, IServiceDescriptor>();
  const warnings: string[] = [];
  for (const resource of resources.flatMap(withNested).filter(isService)) {
    const service = readService(resource, base, columns);
    if (typeof service === 'string') {
      warnings.push(service);
    } else {
      services.set(resource.id ?? `#${services.size}`, service);
    }
  }
  return { services, warnings };
}

/**
 * True where a service is of that standard, whatever the case and the version
 * (`…SODA#sync-1.0` is `…SODA#sync`).
 */
export function isOfStandard(
  { standardId }: Pick<IServiceDescriptor, 'standardId'>,
  standard: string
): boolean {
  return standardId !== null && plainStandard(standardId) === plainStandard(standard);
}

function plainStandard(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/-\d+(\.\d+)*$/, '');
}

function withNested(resource: IVOTableResource): readonly IVOTableResource[] {
  return [resource, ...resource.resources.flatMap(withNested)];
}

/** A description of the document itself (`adhoc:this`, or one named `this`) is none to call. */
function isService({ utype, name }: IVOTableResource): boolean {
  return (
    utype?.trim().toLowerCase() === 'adhoc:service' && name?.toLowerCase() !== 'this'
  );
}

/** @returns one sentence where the service cannot be called */
function readService(
  resource: IVOTableResource,
  base: string,
  columns: readonly IReferable[]
): IServiceDescriptor | string {
  const { id, name, description, params, groups } = resource;
  const named = (wanted: string): IVOTableParam | undefined =>
    params.find(param => isNamed(param, wanted));
  const address = named('accessURL');
  const title = name ?? id ?? 'without a name';
  if (address === undefined) {
    return `The service \u201c${title}\u201d has no address.`;
  }
  const accessUrl = readAccess(address, base, columns);
  if ('refused' in accessUrl) {
    return `The service \u201c${title}\u201d is left out. ${accessUrl.refused}`;
  }
  const text = (wanted: string): string | null => named(wanted)?.value.trim() || null;
  return {
    id,
    name,
    description,
    accessUrl: 'url' in accessUrl ? accessUrl.url : accessUrl,
    standardId: text('standardID'),
    contentType: text('contentType'),
    exampleUrls: params.flatMap(param => exampleUrl(param, base)),
    parameters: groups
      .filter(isInput)
      .flatMap(group => group.params)
      .map(param => readParameter(param, columns))
  };
}

function readAccess(
  param: IVOTableParam,
  base: string,
  columns: readonly IReferable[]
): { url: string } | { ref: string } | { refused: string } {
  if (param.ref !== null && param.value.trim() === '') {
    return { ref: columnName(param.ref, columns) };
  }
  return param.value.trim() === ''
    ? { refused: 'It has no address.' }
    : readAddress(param.value, base);
}

function exampleUrl(param: IVOTableParam, base: string): readonly string[] {
  const read = isNamed(param, 'exampleURL') ? readAddress(param.value, base) : null;
  return read !== null && 'url' in read ? [read.url] : [];
}

function isInput({ name }: IVOTableGroup): boolean {
  return name?.trim().toLowerCase() === 'inputparams';
}

/** A reference counts also where a value stands beside it: it is the row's that is meant. */
function readParameter(
  param: IVOTableParam,
  columns: readonly IReferable[]
): IServiceParameter {
  const { ref } = param;
  const column = ref === null ? undefined : findColumn(ref, columns);
  if (ref !== null && (column !== undefined || param.value === '')) {
    return { ...param, kind: 'bound', ref: column?.name ?? ref };
  }
  return {
    ...param,
    ...(isNoValue(param) && { value: '' }),
    kind: kindOf(param),
    ref: null
  };
}

function kindOf(param: IVOTableParam): IServiceParameter['kind'] {
  return param.value === '' || isNoValue(param) ? 'free' : 'fixed';
}

/** astropy writes an array that was left open as `[0. 0.]`, which is no value in a VOTable. */
function isNoValue({ arraysize, datatype, value }: IVOTableParam): boolean {
  const isText = datatype === 'char' || datatype === 'unicodeChar';
  return !isText && arraysize !== null && /^\[.*\]$/.test(value.trim());
}

function columnName(ref: string, columns: readonly IReferable[]): string {
  return findColumn(ref, columns)?.name ?? ref;
}

/** By XML ID as the standard says, or by name, which services write, too. */
function findColumn(
  ref: string,
  columns: readonly IReferable[]
): IReferable | undefined {
  const lower = ref.toLowerCase();
  return (
    columns.find(({ id }) => id === ref) ??
    columns.find(({ name }) => name === ref) ??
    columns.find(({ name }) => name.toLowerCase() === lower)
  );
}

function isNamed({ name }: IVOTableParam, wanted: string): boolean {
  return name.trim().toLowerCase() === wanted.toLowerCase();
}
