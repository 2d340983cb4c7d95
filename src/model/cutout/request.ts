import {
  serviceRequest,
  type GivenValues,
  type IServiceDescriptor,
  type IServiceRequest,
  type RowValue
} from '../../protocol/datalink/index.js';
import type { ProtocolError } from '../../protocol/errors.js';
import { refusesSeveral } from '../../protocol/soda/index.js';

/** A described service, the row it is for, and what was given for its free parameters. */
export interface IFilledService {
  readonly service: IServiceDescriptor;
  readonly row: RowValue;
  readonly given: GivenValues;
}

/** The request with all values; several of one parameter are sent repeated. */
export function wholeRequest({ service, row, given }: IFilledService): IServiceRequest {
  return serviceRequest(service, row, given);
}

/**
 * The same as requests of one value for each parameter, for services that take no more
 * (SODA 1.0 §5.2, `MultiValuedParamNotSupported`).
 */
export function singleRequests(filled: IFilledService): readonly IServiceRequest[] {
  return combinations(filled.given).map(given => wholeRequest({ ...filled, given }));
}

/** True where a request has several values of one parameter. */
export function isMultiValued({ parameters }: IServiceRequest): boolean {
  return new Set(parameters.map(([name]) => name)).size < parameters.length;
}

/** True where a service refused to take several values at once; the queue tells its words. */
export function refusesMany(error: ProtocolError): boolean {
  return (
    refusesSeveral(error) || /\bMultiValuedParamNotSupported\b/i.test(error.message)
  );
}

function combinations(given: GivenValues): readonly GivenValues[] {
  return Object.entries(given).reduce<readonly GivenValues[]>(
    (made, [name, value]) =>
      made.flatMap(one => [value].flat().map(single => ({ ...one, [name]: single }))),
    [{}]
  );
}
