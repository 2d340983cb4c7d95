import { readFileSync } from 'node:fs';

import type { QuickLookFetch } from '../../../../src/model/quicklook/server.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';

interface IVector {
  readonly question: Readonly<Record<string, string>>;
  readonly head: {
    readonly facts?: object;
    readonly error?: { readonly kind: 'not-found'; readonly message: string };
  };
  readonly json?: unknown;
  readonly bytes?: string;
}

/** What the server half itself answers; written by test/vectors/quicklook.py. */
const VECTORS = JSON.parse(
  readFileSync(new URL('../../../vectors/quicklook.json', import.meta.url), 'utf8')
) as IVector[];

/**
 * Answers as the server half does: with the vector of that question and HDU whose plane or
 * pixel is the one asked for.
 */
export function serverHalf(asked: URLSearchParams[] = []): QuickLookFetch {
  return async query => {
    asked.push(query);
    const found = VECTORS.find(({ question }) =>
      ['what', 'hdu', 'plane', 'x', 'y'].every(
        name => question[name] === undefined || question[name] === query.get(name)
      )
    );
    if (!found) {
      throw new Error(`No answer to ${query.toString()}`);
    }
    const { head, json, bytes } = found;
    if (head.error) {
      throw new ProtocolError(head.error.kind, head.error.message);
    }
    const headers = { 'X-Obsdeck-Facts': JSON.stringify(head.facts ?? {}) };
    const body = bytes === undefined ? JSON.stringify(json) : fromBase64(bytes);
    return new Response(body, { headers });
  };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
}
