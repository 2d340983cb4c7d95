import type { IDownloadRequest } from './types.js';

/** What a list of addresses that was typed or pasted holds. */
export interface IAddressList {
  readonly requests: readonly IDownloadRequest[];
  /** Lines that are no address, as they were typed; the first few. */
  readonly refused: readonly string[];
  /** How many lines were refused. */
  readonly refusedCount: number;
}

/** Refused lines that are kept to be shown. */
const SHOWN = 3;

/**
 * Read a list of addresses, one a line; empty lines and those that begin with `#` are left
 * out, and so is what comes twice.
 *
 * @param archive - id of the archive on whose behalf they are fetched
 */
export function readAddresses(text: string, archive: string): IAddressList {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
  const urls = new Set(lines.filter(isAddress));
  const refused = lines.filter(line => !isAddress(line));
  return {
    requests: [...urls].map(url => ({ archive, url })),
    refused: refused.slice(0, SHOWN),
    refusedCount: refused.length
  };
}

/** True for an absolute http or https address without a name and password in it. */
function isAddress(line: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(line)) {
    return false;
  }
  try {
    const { username, password } = new URL(line);
    return username === '' && password === '';
  } catch {
    return false;
  }
}
