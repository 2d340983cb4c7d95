import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../src/protocol/errors.js';
import { quoteLiteral } from '../../src/protocol/adql/index.js';
import { TapService } from '../../src/protocol/tap.js';
import { obsCoreQuery } from '../support/forms.js';
import { fixture } from '../support/fixtures.js';
import { FakeTransport, votable } from '../support/transport.js';

const WORDS = 'Incorrect ADQL query: unknown table "dbo.rwa" & no <b>mercy</b>';

/** What an answer of ESO's TAP service becomes. */
async function outcome(body: BodyInit, status: number): Promise<ProtocolError> {
  const transport = new FakeTransport(() => new Response(body, { status }));
  const eso = { id: 'eso', name: 'ESO' };
  const tap = new TapService(transport, eso, 'https://archive.eso.org/tap_obs');
  const reason: unknown = await (async () => {
    for await (const event of tap.query({ adql: 'SELECT 1', maxrec: 1 })) {
      expect(event.type).not.toBe('batch');
    }
  })().catch(error => error);
  expect(reason).toBeInstanceOf(ProtocolError);
  return reason as ProtocolError;
}

/** An error as the service's library writes it: quoted for XML. */
const ERROR = votable({
  status: 'ERROR',
  message: WORDS.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
});

describe('ESO TAP', () => {
  it('ESO-15: a VOTable error with HTTP 400 shows the words of the service', async () => {
    const error = await outcome(ERROR, 400);
    expect(error).toMatchObject({
      kind: 'rejected',
      message: WORDS,
      details: { archive: 'ESO', status: 400, serviceMessage: WORDS }
    });
  });

  it('ESO-16: a VOTable error with HTTP 200 is an error as well', async () => {
    const error = await outcome(ERROR, 200);
    expect(error).toMatchObject({
      kind: 'rejected',
      message: WORDS,
      details: { archive: 'ESO', serviceMessage: WORDS }
    });
  });

  it('ESO-17: two mixed VOTables give one readable error', async context => {
    const body = fixture(context, 'vo/synthetic_two_votables_mixed.xml');
    for (const status of [200, 500]) {
      const error = await outcome(body.slice(), status);
      expect(error.details.archive).toBe('ESO');
      expect(error.message).toMatch(/^[A-Z\u2018\u201c].{10,400}\.$/);
      expect(error.message).not.toMatch(/<|undefined|\bat .*:\d+/);
    }
    expect((await outcome(body.slice(), 200)).kind).toBe('bad-answer');
  });

  it('ESO-56: a single quote in what is searched for is doubled', () => {
    expect(quoteLiteral("Barnard's star")).toBe("'Barnard''s star'");
    const { adql } = obsCoreQuery({
      columns: {
        obs_collection: "D'Odorico, '",
        dataproduct_subtype: "x' OR '1'='1"
      }
    });
    expect(adql).toContain("obs_collection IN ('D''Odorico', '''')");
    expect(adql).toContain("dataproduct_subtype = 'x'' OR ''1''=''1'");
  });
});
