import { describe, expect, it } from 'vitest';

import { asProtocolError, ProtocolError } from '../../../src/protocol/errors.js';

describe('asProtocolError', () => {
  it('tells what the user stopped from what failed', () => {
    const stopped = new DOMException('The user aborted a request.', 'AbortError');
    expect(asProtocolError(stopped).kind).toBe('cancelled');
    expect(asProtocolError(new TypeError('Failed to fetch')).kind).toBe('unavailable');
    const typed = new ProtocolError('not-found', 'No such file.');
    expect(asProtocolError(typed)).toBe(typed);
  });
});
