import { ProtocolError } from '../errors.js';

/**
 * The address of a job as it is asked from now on: without query and fragment, with
 * https where either it or its service has that.
 *
 * @param service - an address of the service, such as its list of jobs
 * @throws {@link ProtocolError} `refused-address` for a job at another origin: whoever
 * answers there would be believed in the service's name
 */
export function jobAddress(url: string, service: string): string {
  const job = new URL(url);
  const home = new URL(service);
  const sameHost = job.hostname === home.hostname;
  if (sameHost && job.port === '' && home.port === '') {
    job.protocol = home.protocol === 'https:' ? home.protocol : job.protocol;
  } else if (job.origin !== home.origin) {
    throw new ProtocolError(
      'refused-address',
      `${home.host} put the job at ${job.host}, which is another service. It is not used.`,
      { hint: 'If the service has moved, add the archive with its new address.' }
    );
  }
  job.search = '';
  job.hash = '';
  job.pathname = job.pathname.replace(/\/+$/, '');
  return job.href;
}

/** True for two addresses of the same thing, queries, schemes and slashes at the end apart. */
export function isSamePlace(one: string, other: string): boolean {
  const plain = (url: string): string => {
    const { host, pathname } = new URL(url);
    return `${host}${pathname.replace(/\/+$/, '')}`;
  };
  return plain(one) === plain(other);
}
