import { describe, expect, it } from 'vitest';

import { butlerCode } from '../../../src/archives/rubin/butler.js';
import {
  filesCell,
  linkCell,
  linksCell,
  serviceCell
} from '../../../src/protocol/cells/index.js';
import { readLinks, type ILinks } from '../../../src/protocol/datalink/index.js';
import { fixture } from '../../support/fixtures.js';

const ORIGIN = { archiveName: 'Rubin', date: '2026-11-22', asMe: 'rubin' };
const LINKS_URL =
  'https://data.lsst.cloud/api/datalink/links?ID=butler%3A%2F%2Fdr1%2Fx';

async function calexp(context: Parameters<typeof fixture>[0]): Promise<ILinks> {
  return readLinks(fixture(context, 'rubin/datalink_calexp.xml'), {
    url: LINKS_URL,
    readAt: 0
  });
}

describe('a cell for a link', () => {
  it('RUBIN-39: asks the links service and holds no signed address', async context => {
    const { links } = await calexp(context);
    const source = linkCell({
      ...ORIGIN,
      linksUrl: `${LINKS_URL}&X-Amz-Signature=feed&X-Amz-Expires=9`,
      link: links[0],
      among: links
    });
    expect(source).not.toMatch(/presigned|Signature|abcdef|feed/);
    expect(source).toContain(LINKS_URL);
    expect(source).toContain('session = obsdeck.session("rubin")');
    expect(source).toContain('fits.open(');
  });

  it('RUBIN-39: nor does one for all links of a row', () => {
    const source = linksCell({ ...ORIGIN, linksUrl: `${LINKS_URL}&sig=feed&se=2026` });
    expect(source).not.toContain('feed');
  });

  it('finds its link again by what it is', async context => {
    const { links } = await calexp(context);
    const source = linkCell({
      ...ORIGIN,
      linksUrl: LINKS_URL,
      link: links[2],
      among: links
    });
    expect(source).toContain(
      'if link["service_def"] and link["semantics"] == "https://rsp.lsst.io/guides/api/soda.html#MaskedImage")'
    );
  });

  it('cannot be left by what a service writes', async context => {
    const { links } = await calexp(context);
    const evil = { ...links[0], description: 'x\nimport os\u2028os.system("x")' };
    const source = linkCell({
      ...ORIGIN,
      linksUrl: LINKS_URL,
      link: evil,
      among: [evil]
    });
    expect(source.split('\n').filter(line => /^(import os|os\.)/.test(line))).toEqual(
      []
    );
  });
});

describe('a cell for a cutout', () => {
  it('says what was chosen and nothing that the descriptor says', async context => {
    const answer = await calexp(context);
    const [, link] = answer.links;
    const service = answer.services.get('cutout-sync');
    const source = serviceCell({
      ...ORIGIN,
      linksUrl: LINKS_URL,
      link,
      among: answer.links,
      service: service!,
      given: { CIRCLE: '62.1 -37.2 0.01', OTHER: 'x' }
    });
    expect(source).toContain('query.circle = [62.1, -37.2, 0.01] * u.deg');
    expect(source).toContain('SodaQuery.from_resource(link, service, session=session)');
    expect(source).not.toMatch(/CUTOUTDETAIL|OTHER|data-dev/);
  });
});

describe('a cell for files', () => {
  it('opens FITS files and only lists others', () => {
    expect(filesCell(ORIGIN, ['a.fits'])).toContain('hdus = fits.open(path)');
    expect(filesCell(ORIGIN, ['a.fits.Z', 'b.fits.fz'])).toContain(
      'with fits.open(path)'
    );
    expect(filesCell(ORIGIN, ['a.fits', 'notes.txt'])).not.toContain('fits.open');
  });
});

describe('a cell for the Butler', () => {
  const cellOf = (cells: Readonly<Record<string, string | bigint | number | null>>) =>
    butlerCode.cell(column => cells[column] ?? null, ORIGIN);

  it('gets a coadd by tract, patch and band', () => {
    const source = cellOf({
      obs_publisher_did: 'ivo://org.rubinobs/usdac/dp1?repo=dp1&id=42',
      dataproduct_subtype: 'lsst.deep_coadd',
      lsst_tract: 5063n,
      lsst_patch: 14n,
      lsst_band: 'r'
    });
    expect(source).toContain('butler = Butler("dp1", collections="LSSTComCam/DP1")');
    expect(source).toContain(
      '    "deep_coadd",\n    tract=5063,\n    patch=14,\n    band="r",\n'
    );
  });

  it('gets a visit image by visit and detector, with all digits', () => {
    const source = cellOf({
      obs_publisher_did: 'butler://dp02/42',
      dataproduct_subtype: 'lsst.calexp',
      lsst_visit: 2024111100094n,
      lsst_detector: 3n,
      lsst_band: 'r'
    });
    expect(source).toContain(
      '    "calexp",\n    visit=2024111100094,\n    detector=3,\n)'
    );
  });

  it('gets a raw image by its exposure', () => {
    const source = cellOf({
      obs_publisher_did: 'butler://dp02/42',
      dataproduct_subtype: 'lsst.raw',
      lsst_visit: 7n,
      lsst_detector: 3n
    });
    expect(source).toContain('    exposure=7,');
  });

  it('is not offered for a row that the Butler cannot know', () => {
    expect(cellOf({ obs_publisher_did: 'butler://dp02/42' })).toBeNull();
    expect(cellOf({ dataproduct_subtype: 'lsst.raw', lsst_visit: 7n })).toBeNull();
  });
});
