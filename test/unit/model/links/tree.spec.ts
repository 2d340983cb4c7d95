import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { settled } from '../../../support/settled.js';
import { drawn, FakeLinks, idOf, link, links, LINKS_TYPE, modelOf } from './support.js';

const HERE = 'https://x.example/links?ID=1';
const FLAT = 'https://x.example/links?ID=flat';

const ESO = 'http://archive.eso.org/rdf/datalink/eso#';

describe('LinksModel', () => {
  it('asks nobody before it is told to', () => {
    const service = new FakeLinks({ [HERE]: links([link()]) });
    const model = modelOf(service);
    expect(model.reading.state).toBe('idle');
    expect(service.asked).toEqual([]);
  });

  it('groups links by meaning, in the order of the vocabulary, unknown terms last', async () => {
    const service = new FakeLinks({
      [HERE]: links(
        [
          link({ semantics: 'https://elsewhere.example/terms#strange' }),
          link({ semantics: '#calibration', accessUrl: 'https://x.example/flat.fits' }),
          link({
            semantics: `${ESO}night_log`,
            contentType: 'text/plain',
            extras: { eso_origfile: 'X.NL.txt' }
          }),
          link({
            semantics: '#preview',
            accessUrl: 'https://x.example/p.png',
            contentType: 'image/png'
          }),
          link({
            semantics: '#cutout',
            accessUrl: null,
            serviceDef: 'soda',
            description: 'Cut it'
          }),
          link({ semantics: 'THIS' })
        ],
        [['soda', {}]]
      )
    });
    const model = modelOf(service);
    await model.load();
    expect(drawn(model)).toEqual([
      '[ ] this',
      '  [ ] a.fits (fits)',
      '[ ] preview',
      '  [ ] p.png (picture)',
      'cutout',
      '  Cut it (service)',
      '[ ] calibration',
      '  [ ] flat.fits (fits)',
      '[ ] night-log',
      '  [ ] X.NL.txt (text)',
      '[ ] other',
      '  [ ] a.fits (fits)'
    ]);
    expect(model.counts).toEqual({ links: 6, faults: 0 });
  });

  it('reads further links when they are unfolded, and not before', async () => {
    const service = new FakeLinks({
      [HERE]: links([
        link({
          semantics: '#calibration',
          accessUrl: FLAT,
          contentType: LINKS_TYPE,
          description: 'flat r'
        })
      ]),
      [FLAT]: links([
        link({ id: 'flat', accessUrl: 'https://x.example/flat.fits', contentLength: 5 })
      ])
    });
    const model = modelOf(service);
    await model.load();
    expect(service.asked).toEqual([[HERE]]);
    model.toggle([{ id: idOf(model, 'flat r (links)') }], true);
    await settled();
    expect(service.asked).toEqual([[HERE], [FLAT]]);
    expect(drawn(model)).toEqual([
      '[ ] calibration',
      '  [ ] flat r (links)',
      '    [ ] flat.fits (fits)'
    ]);
    model.toggle([{ id: idOf(model, 'flat r (links)') }], false);
    model.toggle([{ id: idOf(model, 'flat r (links)') }], true);
    await settled();
    expect(service.asked).toHaveLength(2);
  });

  it('asks for the links of several at once', async () => {
    const further = (n: number) => `https://x.example/links?ID=c${n}`;
    const service = new FakeLinks({
      [HERE]: links(
        [1, 2].map(n =>
          link({
            semantics: '#calibration',
            accessUrl: further(n),
            contentType: LINKS_TYPE,
            description: `c${n}`
          })
        )
      ),
      [further(1)]: links([]),
      [further(2)]: links([])
    });
    const model = modelOf(service);
    await model.load();
    model.toggle(
      [{ id: idOf(model, 'c1 (links)') }, { id: idOf(model, 'c2 (links)') }],
      true
    );
    await settled();
    expect(service.asked.slice(1)).toEqual([[further(1), further(2)]]);
  });

  it('VO-41: stops at a loop by address and identifier, however the address is written', async () => {
    const back = 'https://x.example/links?RESPONSEFORMAT=votable&ID=1';
    const service = new FakeLinks({
      [HERE]: links([
        link({ semantics: '#this', accessUrl: back, contentType: LINKS_TYPE }),
        link({
          semantics: '#calibration',
          accessUrl: FLAT,
          contentType: LINKS_TYPE,
          description: 'flat'
        })
      ]),
      [FLAT]: links([
        link({ semantics: '#progenitor', accessUrl: HERE, contentType: LINKS_TYPE }),
        link({ semantics: '#calibration', accessUrl: FLAT, contentType: LINKS_TYPE })
      ])
    });
    const model = modelOf(service, [HERE], {
      subjects: [{ name: '1', source: { kind: 'document', url: HERE, id: '1' } }]
    });
    service.furtherOf = one =>
      one.contentType === LINKS_TYPE && one.accessUrl !== null
        ? {
            kind: 'document',
            url: one.accessUrl,
            id: new URL(one.accessUrl).searchParams.get('ID') ?? ''
          }
        : null;
    await model.load();
    model.toggle([{ id: idOf(model, 'flat (links)') }], true);
    await settled();
    expect(drawn(model)).toEqual([
      'this',
      '  loop 1',
      'calibration',
      '  flat (links)',
      '    loop flat',
      '    loop 1'
    ]);
    expect(service.asked).toHaveLength(2);
  });

  it('does not follow links for ever', async () => {
    const at = (n: number) => `https://x.example/links?ID=${n}`;
    let deepest = 0;
    const answers = new Proxy(
      {},
      {
        get: (_, url) => {
          const n = Number(new URL(String(url)).searchParams.get('ID'));
          deepest = Math.max(deepest, n);
          return links([
            link({
              accessUrl: at(n + 1),
              contentType: LINKS_TYPE,
              description: `n${n}`
            })
          ]);
        }
      }
    );
    const model = modelOf(new FakeLinks(answers), [at(0)]);
    await model.load();
    for (let n = 0; n < 40; n += 1) {
      model.toggle(model.rows, true);
      await settled();
    }
    expect(deepest).toBeLessThan(20);
    expect(model.rows.at(-1)?.expanded).toBeNull();
  });

  it('keeps a file that has links of its own a file', async () => {
    const service = new FakeLinks({
      [HERE]: links([
        link({ semantics: '#progenitor', extras: { x_datalink: FLAT } }),
        link({ extras: { x_datalink: HERE } })
      ]),
      [FLAT]: links([link({ accessUrl: 'https://x.example/raw.fits' })])
    });
    const model = modelOf(service);
    await model.load();
    const [self, made] = model.rows.filter(({ level }) => level === 2);
    expect(self.expanded).toBeNull();
    expect(made.expanded).toBe(false);
    model.toggle([made], true);
    await settled();
    expect(drawn(model)).toContain('    [ ] raw.fits (fits)');
    await model.tick(made.id);
    expect(model.chosen.files).toBe(1);
  });

  it('shows errors in their place, and the links beside them', async () => {
    const service = new FakeLinks({
      [HERE]: links([
        link(),
        link({
          semantics: '#progenitor',
          accessUrl: null,
          error: { fault: 'NotFoundFault', message: 'raw 413 is not here' }
        }),
        link({
          semantics: '#progenitor',
          accessUrl: null,
          flaw: 'An address that begins with “file:” is not followed.'
        })
      ])
    });
    const model = modelOf(service);
    await model.load();
    expect(drawn(model).slice(2)).toEqual([
      'progenitor',
      '  ! raw 413 is not here',
      '  ! An address that begins with “file:” is not followed.'
    ]);
    expect(model.counts).toEqual({ links: 1, faults: 2 });
  });

  it('tells that a row has no links', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: links([]) }));
    await model.load();
    expect(drawn(model)).toEqual(['nothing']);
  });

  it('tells why the links of the only row did not come, and keeps those of before', async () => {
    const service = new FakeLinks({ [HERE]: links([link()]) });
    const model = modelOf(service);
    await model.load();
    service.answers = { [HERE]: new ProtocolError('unavailable', 'No answer.') };
    await model.load();
    expect(model.reading.error?.details.archive).toBe('Archive X');
    expect(drawn(model)).toEqual(['[ ] this', '  [ ] a.fits (fits)']);
  });

  it('stays as it was unfolded and ticked when it is read again', async () => {
    const service = new FakeLinks({
      [HERE]: links([
        link(),
        link({
          semantics: '#calibration',
          accessUrl: FLAT,
          contentType: LINKS_TYPE,
          description: 'flat'
        })
      ]),
      [FLAT]: links([link({ accessUrl: 'https://x.example/flat.fits' })])
    });
    const model = modelOf(service);
    await model.load();
    model.toggle([{ id: idOf(model, 'flat (links)') }], true);
    await settled();
    await model.tick(idOf(model, 'flat.fits (fits)'));
    const before = drawn(model);
    await model.load();
    await settled();
    expect(drawn(model)).toEqual(before);
    expect(model.chosen.files).toBe(1);
  });
});

describe('ticks', () => {
  const files = ['a', 'b'].map((name, n) =>
    link({
      semantics: '#calibration',
      accessUrl: `https://x.example/${name}.fits`,
      contentLength: n === 0 ? 1000 : null
    })
  );

  it('are those of files; a group has the sum of its files', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: links(files) }));
    await model.load();
    await model.tick(idOf(model, 'a.fits (fits)'));
    expect(drawn(model)[0]).toBe('[-] calibration');
    expect(model.chosen).toEqual({ files: 1, bytes: 1000, unsized: 0 });
    await model.tick(idOf(model, 'calibration'));
    expect(drawn(model)[0]).toBe('[x] calibration');
    expect(model.chosen).toEqual({ files: 2, bytes: 1000, unsized: 1 });
    await model.tick(idOf(model, 'calibration'));
    expect(model.chosen.files).toBe(0);
  });

  it('of links that are not read read them first', async () => {
    const service = new FakeLinks({
      [HERE]: links([
        link({
          semantics: '#calibration',
          accessUrl: FLAT,
          contentType: LINKS_TYPE,
          description: 'flat'
        })
      ]),
      [FLAT]: links([link(), link({ accessUrl: 'https://x.example/b.fits' })])
    });
    const model = modelOf(service);
    await model.load();
    await model.tick(idOf(model, 'flat (links)'));
    expect(model.chosen.files).toBe(2);
    expect(drawn(model)[1]).toBe('  [x] flat (links)');
  });

  it('of a group are those of the links that the filter leaves', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: links(files) }));
    await model.load();
    model.find('B.FITS');
    expect(drawn(model)).toEqual(['[ ] calibration', '  [ ] b.fits (fits)']);
    await model.tick(idOf(model, 'calibration'));
    model.find('');
    expect(drawn(model)).toEqual([
      '[-] calibration',
      '  [ ] a.fits (fits)',
      '  [x] b.fits (fits)'
    ]);
  });
});

describe('many rows', () => {
  const urls = Array.from({ length: 500 }, (_, n) => `https://x.example/links?ID=${n}`);
  const answers = Object.fromEntries(
    urls.map(url => [url, links([link(), link({ semantics: '#preview' })])])
  );

  it('are the first level, and are asked for in one question', async () => {
    const service = new FakeLinks(answers);
    const model = modelOf(service, urls);
    await model.load();
    expect(service.asked).toEqual([urls]);
    expect(model.rows).toHaveLength(500);
    expect(model.rows[7]).toMatchObject({
      level: 1,
      position: 8,
      count: 500,
      expanded: false
    });
    model.toggle([model.rows[0]], true);
    expect(drawn(model).slice(0, 4)).toEqual([
      '[ ] 0',
      '  [ ] this',
      '    [ ] a.fits (fits)',
      '  [ ] preview'
    ]);
  });

  it('keep what came when the user stops, and go on from there', async () => {
    const service = new FakeLinks(answers);
    const model = modelOf(service, urls);
    service.before = index => {
      if (index === 120) {
        model.reading.cancel();
      }
      return Promise.resolve();
    };
    await model.load();
    expect(model.reading.state).toBe('cancelled');
    expect(model.reading.progress).toEqual({ read: 120, all: 500 });
    service.before = () => Promise.resolve();
    await model.resume();
    expect(service.asked[1]).toEqual(urls.slice(120));
    expect(model.reading.state).toBe('done');
  });

  it('tell of one that failed in its place', async () => {
    const service = new FakeLinks({
      ...answers,
      [urls[1]]: new ProtocolError('timeout', 'Too slow.')
    });
    const model = modelOf(service, urls.slice(0, 3));
    await model.load();
    expect(drawn(model).slice(4, 7)).toEqual([
      '    [ ] a.fits (fits)',
      '[ ] 1',
      '  ! Too slow.'
    ]);
    expect(model.reading.error).toBeNull();
    expect(model.counts.faults).toBe(1);
  });
});

describe('10,000 links', () => {
  it('are found, ticked and folded', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      link({
        semantics: '#calibration',
        accessUrl: `https://x.example/${n}.fits`,
        contentLength: 10
      })
    );
    const model = modelOf(new FakeLinks({ [HERE]: links(many) }));
    await model.load();
    expect(model.rows).toHaveLength(10_001);
    expect(model.rows.at(-1)).toMatchObject({
      position: 10_000,
      count: 10_000,
      level: 2
    });
    await model.tick(model.rows[0].id);
    expect(model.chosen).toEqual({ files: 10_000, bytes: 100_000, unsized: 0 });
    model.find('9999');
    expect(
      model.rows.slice(1).map(({ thing }) => thing.kind === 'link' && thing.name)
    ).toEqual(['9999.fits']);
  });
});
