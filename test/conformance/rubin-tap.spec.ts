import { expect, it } from 'vitest';

import { ProtocolError } from '../../src/protocol/errors.js';
import { TapService } from '../../src/protocol/tap.js';
import { fixture } from '../support/fixtures.js';
import { FakeTransport } from '../support/transport.js';

it('RUBIN-17: HTTP 200 with an error VOTable is an error with the service’s text', async context => {
  const body = fixture(context, 'rubin/synthetic_tap_sync_timeout_200.xml');
  const words = />([^<>]+)<\/INFO>/.exec(new TextDecoder().decode(body))?.[1].trim();
  expect(words).toBeTruthy();
  const transport = new FakeTransport(() => new Response(body.slice()));
  const tap = new TapService(
    transport,
    { id: 'rubin', name: 'Rubin' },
    'https://data.lsst.cloud/api/tap'
  );
  const reason: unknown = await (async () => {
    for await (const event of tap.query({ adql: 'SELECT 1', maxrec: 1 })) {
      expect(event.type).not.toBe('end');
    }
  })().catch(error => error);
  expect(reason).toBeInstanceOf(ProtocolError);
  expect(reason).toMatchObject({
    kind: 'rejected',
    message: words,
    details: { archive: 'Rubin', serviceMessage: words }
  });
});
