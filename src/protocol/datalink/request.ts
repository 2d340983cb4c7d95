import { ProtocolError } from '../errors.js';
import { readAddress } from './address.js';
import type {
  IServiceDescriptor,
  IServiceParameter,
  IServiceRequest,
  RowValue
} from './types.js';

/** What the user gave for free parameters, by name; several values are sent repeated. */
export type GivenValues = Readonly<Record<string, string | readonly string[]>>;

/**
 * The request to a described service (DataLink 1.1 §4.2): what is fixed as it is, what is
 * bound from the row, what is free as given; free ones that are not given are left out.
 *
 * @throws ProtocolError `rejected` where the row lacks what the service needs
 */
export function serviceRequest(
  service: IServiceDescriptor,
  row: RowValue,
  given: GivenValues = {}
): IServiceRequest {
  const parameters = service.parameters.flatMap(parameter =>
    valuesOf(parameter, row, given).map(value => [parameter.name, value] as const)
  );
  return { url: appendQuery(accessUrlOf(service, row), parameters), parameters };
}

/**
 * An address with parameters behind those it has; those stay byte for byte, and what they
 * say already is not said twice.
 */
export function appendQuery(
  url: string,
  parameters: readonly (readonly [name: string, value: string])[]
): string {
  const [address] = url.split('#', 1);
  const has = new URLSearchParams(address.split('?').slice(1).join('?'));
  const more = parameters
    .filter(([name, value]) => !has.getAll(name).includes(value))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`);
  if (more.length === 0) {
    return address;
  }
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&';
  return `${address}${joint}${more.join('&')}`;
}

/** Where a service is for this row. */
export function accessUrlOf(
  { accessUrl }: Pick<IServiceDescriptor, 'accessUrl'>,
  row: RowValue
): string {
  if (typeof accessUrl === 'string') {
    return accessUrl;
  }
  const read = readAddress(needed(accessUrl.ref, row), NOWHERE);
  if ('refused' in read) {
    throw new ProtocolError('refused-address', read.refused);
  }
  return read.url;
}

/** Rows have absolute addresses: there is no document that a relative one could be from. */
const NOWHERE = 'about:blank';

function valuesOf(
  parameter: IServiceParameter,
  row: RowValue,
  given: GivenValues
): readonly string[] {
  switch (parameter.kind) {
    case 'fixed':
      return [parameter.value];
    case 'bound':
      return [needed(parameter.ref ?? '', row)];
    case 'free':
      return [givenFor(parameter, given)]
        .flat()
        .map(value => tidy(parameter, value))
        .filter(value => value !== '');
  }
}

function givenFor(
  { name }: IServiceParameter,
  given: GivenValues
): string | readonly string[] {
  return Object.hasOwn(given, name) ? given[name] : [];
}

/** Numbers of an array are parted by single blanks; text is sent as it was typed. */
function tidy({ datatype }: IServiceParameter, value: string): string {
  const isText = datatype === 'char' || datatype === 'unicodeChar';
  return isText ? value : value.trim().replace(/\s+/g, ' ');
}

function needed(ref: string, row: RowValue): string {
  const value = row(ref);
  if (value === null || value === '') {
    throw new ProtocolError(
      'rejected',
      `The row has no value in \u2018${ref}\u2019, which the service needs.`
    );
  }
  return value;
}

/** As a query value: what has a meaning in a query is encoded, blanks as `%20`. */
function encode(text: string): string {
  return encodeURIComponent(text);
}
