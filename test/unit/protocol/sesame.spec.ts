import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../src/protocol/errors.js';
import { askSesame, parseSesame } from '../../../src/protocol/sesame.js';
import { FakeTransport } from '../../support/transport.js';
import { typedText } from '../../support/typed.js';

const ANSWER = `<?xml version="1.0" encoding="UTF-8"?>
<Sesame xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <Target option="SNV"><name>M 83</name>
  <Resolver name="S=Simbad (CDS, via client/server)"><INFO>from cache</INFO>
   <otype>GiG</otype><jpos>13:37:00.91 -29:51:56.7</jpos>
   <jradeg>204.2538292</jradeg><jdedeg>-29.8657611</jdedeg>
   <oname>M  83</oname></Resolver>
  <Resolver name="N=NED"><INFO>*** Nothing found ***</INFO></Resolver>
  <Resolver name="V=VizieR (CDS)"><jradeg>204.25</jradeg><jdedeg>-29.86</jdedeg></Resolver>
  <Resolver name="X"><jradeg>400</jradeg><jdedeg>0</jdedeg></Resolver>
 </Target>
</Sesame>`;

const ARCHIVE = { id: 'sesame', name: 'CDS Sesame' };
const URL_ = 'https://x.org/sesame/-oxp/SNV?';

describe('parseSesame', () => {
  it('gives the answer of each provider that was asked, with who it is and what it knows', () => {
    expect(parseSesame(ANSWER, 'm83')).toEqual([
      {
        name: 'm83',
        ra: 204.2538292,
        dec: -29.8657611,
        by: 'Simbad',
        known: 'M 83, GiG'
      },
      { name: 'm83', ra: 204.25, dec: -29.86, by: 'VizieR' }
    ]);
  });

  it('gives nothing where nobody knows the name', () => {
    expect(parseSesame('<Sesame><Target><INFO/></Target></Sesame>', 'x')).toEqual([]);
  });

  it.each([
    ['a web page', '<html><title>Busy</title></html>'],
    ['another document', '<VOTABLE/>'],
    ['nothing', ''],
    ['a DTD', '<!DOCTYPE s [<!ENTITY a "b">]><Sesame>&a;</Sesame>']
  ])('refuses %s', (_, text) => {
    expect(() => parseSesame(text, 'x')).toThrow(ProtocolError);
  });
});

describe('askSesame', () => {
  it('sends the name so that it arrives as typed', async () => {
    await fc.assert(
      fc.asyncProperty(typedText, async typed => {
        const way = new FakeTransport(() => new Response('<Sesame/>'));
        await askSesame(way, ARCHIVE, URL_, typed);
        for (const { request } of way.seen) {
          const sent = request.url.slice(URL_.length);
          expect(sent).toMatch(/^[\w.~!*'()%-]+$/);
          expect(decodeURIComponent(sent)).toBe(typed.trim());
        }
      })
    );
  });

  it('asks nobody for nothing, nor for what is too long for a name', async () => {
    const way = new FakeTransport(() => new Response(ANSWER));
    expect(await askSesame(way, ARCHIVE, URL_, '  ')).toEqual([]);
    expect(await askSesame(way, ARCHIVE, URL_, 'x'.repeat(201))).toEqual([]);
    expect(way.seen).toEqual([]);
  });

  it('says who failed', async () => {
    const way = new FakeTransport(() => new Response('Busy', { status: 503 }));
    await expect(askSesame(way, ARCHIVE, URL_, 'M 83')).rejects.toMatchObject({
      kind: 'unavailable',
      details: { archive: 'CDS Sesame' }
    });
  });
});
