import type { TranslationBundle } from '@jupyterlab/translation';

import type { ProtocolError } from '../../protocol/errors.js';

/**
 * An error as a sentence that names the archive. A refusal is in the service's own words,
 * in quotes; an answer that makes no sense is described in ours, its words are a detail.
 */
export function errorSentence(trans: TranslationBundle, error: ProtocolError): string {
  const { archive = '', serviceMessage = '', pageTitle } = error.details;
  if (pageTitle !== undefined) {
    return trans.__('%1 sent a web page, not a table.', archive);
  }
  const words = error.kind === 'bad-answer' ? '' : serviceMessage.trim();
  if (words !== '') {
    const end = /[.!?…]$/.test(words) ? '' : '.';
    return trans.__('%1: “%2”', archive, words) + end;
  }
  const message =
    error.message.trim() || trans.__('The service reported an error without words.');
  return archive === '' || message.includes(archive)
    ? message
    : trans.__('%1: %2', archive, message);
}

/** An address without what may hold a secret: query, fragment, user and password. */
export function withoutQuery(address: string): string {
  return address
    .replace(/[?#].*$/s, '')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
