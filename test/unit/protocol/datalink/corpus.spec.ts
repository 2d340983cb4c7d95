import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  furtherLinks,
  groupOf,
  readLinks,
  type ILinks
} from '../../../../src/protocol/datalink/index.js';
import { isSoda, sodaOffer } from '../../../../src/protocol/soda/index.js';
import { fixture, SHARED } from '../../../support/fixtures.js';

/** What has to be found in a document. */
interface IExpected {
  /** Groups of its links, in their order, `!` where a row is flawed, `?` for an error. */
  readonly links: string;
  /** Its services: id, then their parameters: `=` fixed, `<column` bound, plain: free. */
  readonly services?: Readonly<Record<string, string>>;
  /** Links (by place) that lead to further links. */
  readonly further?: readonly number[];
}

const CADC = 'ID= RUNID= POS CIRCLE POLYGON BAND TIME';

const GEMINI_FREE = 'ID<file_uri POS CIRC POLY BAND TIME POL';

const CORPUS: Readonly<Record<string, IExpected>> = {
  'vo/alma-datalink.xml': {
    links:
      'documentation this this auxiliary auxiliary progenitor progenitor progenitor progenitor',
    services: {
      'DataLink.2017.1.01185.S_uid___A001_X12a3_Xe9_001_of_001.tar': '',
      'DataLink.2017.1.01185.S_uid___A001_X12a3_Xe9_auxiliary.tar': ''
    },
    further: [2, 4]
  },
  'vo/pyvo_datalink.xml': {
    links: 'progenitor cutout this preview',
    services: { ndndtdihpgea: 'ID= FLUXCALIB BAND FORMAT' },
    further: [0]
  },
  'vo/pyvo_cutout1.xml': {
    links: 'this cutout cutout this cutout cutout',
    services: {
      'soda-146cec58-9031-4568-9aeb-380eabb50942': CADC,
      'soda-142c15fb-f9ff-4ad0-b35f-7efb07d9bfea': CADC,
      'soda-2d68bb35-50e4-459b-bfb2-ac2b5da1a5d1': CADC,
      'soda-fadba418-47ec-4a3d-b8ab-8368f3081082': CADC
    }
  },
  'vo/pyvo_cutout2.xml': {
    links: 'this cutout cutout',
    services: {
      'soda-40d74211-597b-4aa9-a153-f5ac67b77021': CADC,
      'soda-8e48c445-8f76-4c01-abcf-bdb1c2f7caf5': CADC
    }
  },
  'vo/pyvo_proc.xml': {
    links: 'cutout this preview preview other',
    services: {
      procsvc: 'ID= DEC RA SCALE POS POLYGON CIRCLE PIXEL_1 PIXEL_2 KIND BAND'
    }
  },
  'vo/pyvo_proc_units.xml': {
    links: 'cutout this preview',
    services: {
      procsvc: 'ID= DEC RA SCALE POS POLYGON CIRCLE PIXEL_1 PIXEL_2 KIND BAND'
    }
  },
  'vo/astropy_gemini.xml': {
    links: 'this cutout cutout cutout',
    services: {
      this: 'ID RESPONSEFORMAT=',
      cutout: 'uri<file_uri cutout',
      'soda-sync': GEMINI_FREE,
      'soda-async': GEMINI_FREE,
      'soda-62b3e0b3-2718-442f-920a-ce8028687c2b': 'ID= POS CIRC POLY BAND',
      'soda-d0378127-e438-46a2-880f-42df8884a2ff': 'ID= POS CIRC POLY BAND'
    }
  },
  'vo/astropy_resource_groups.xml': {
    links: '',
    services: { '#0': 'ID<a_reference' }
  },
  'rubin/datalink_calexp.xml': {
    links: 'this cutout cutout cutout',
    services: {
      'cutout-sync': 'ID= POLYGON CIRCLE CUTOUTDETAIL=',
      'cutout-sync-maskedimage': 'ID= POLYGON CIRCLE CUTOUTDETAIL=',
      'cutout-sync-exposure': 'ID= POLYGON CIRCLE CUTOUTDETAIL='
    }
  },
  'rubin/datalink_calexp-nocutout.xml': { links: 'this' },
  'rubin/datalink_raw.xml': { links: 'this' },
  'rubin/datalink_invalid.xml': { links: 'this?' },
  'rubin/datalink_nonexistent.xml': { links: 'this?' },
  'rubin/synthetic_links_foreign_cutout.xml': {
    links: 'this cutout preview! cutout!',
    services: { evil: 'ID= CIRCLE' }
  },
  'eso/sphere_raw_datalink.votable.xml': {
    links: 'this calibration calibration night-log'
  },
  'eso/sphere_raw2master_calselector.votable.xml': {
    links: `this${' sibling'.repeat(3)}${' calibration'.repeat(9)}`
  },
  'eso/harps_raw2master_fellback_raw2raw.votable.xml': {
    links: `this${' calibration'.repeat(51)}`
  },
  'eso/synthetic_calselector_incomplete.votable.xml': {
    links: 'this calibration calibration'
  },
  'eso/synthetic_datalink_no_access.votable.xml': { links: 'this?' },
  'eso/synthetic_datalink.json': { links: 'this cutout' },
  'eso/synthetic_product_datalink_soda.votable.xml': {
    links: 'this preview auxiliary progenitor documentation cutout',
    services: { 'ADP.2026-08-19T13:19:07.647_soda': 'ID= CIRCLE BAND' }
  },
  // Tables of observations, whose services are bound to their rows.
  'vo/pyvo_datalink-ssa.xml': {
    links: 'other!',
    services: {
      ndndtgsodnha: 'ID<ssa_pubDID FLUXCALIB BAND FORMAT',
      '#1': 'ID<ssa_pubDID'
    }
  },
  'vo/pyvo_datalink-obscore.xml': {
    links: 'other other other',
    services: { '#0': 'ID<obs_publisher_did RESPONSEFORMAT=' }
  },
  'vo/gaia_val_result.vot': {
    links: 'other! other!',
    services: { '#0': 'ID<designation' }
  },
  'vo/ivoa_obscore_example_response.xml': {
    links: '',
    services: { '#0': 'ID<obs_publisher_did RESPONSEFORMAT=' }
  },
  'rubin/synthetic_obscore_tabledata.xml': {
    links: 'other other other!',
    services: { '#0': '' }
  },
  'rubin/synthetic_obscore_binary2.xml': {
    links: 'other other other!',
    services: { '#0': '' }
  }
};

const ORIGIN = { url: 'https://archive.example/dl/links?ID=x', readAt: 0 };

describe('every document with links or described services', () => {
  for (const [name, expected] of Object.entries(CORPUS)) {
    it(name, async context => {
      const answer = await readLinks(fixture(context, name), ORIGIN);
      expect(found(answer)).toEqual({ services: {}, further: [], ...expected });
    });
  }
});

function found(answer: ILinks): Required<IExpected> {
  const { links, services } = answer;
  return {
    links: links
      .map(link => {
        const group = groupOf(link, services.get(link.serviceDef ?? ''));
        return `${group}${link.flaw === null ? '' : '!'}${link.error === null ? '' : '?'}`;
      })
      .join(' '),
    services: Object.fromEntries(
      [...services].map(([id, { parameters }]) => [
        id,
        parameters
          .map(({ name, kind, ref }) => {
            return kind === 'bound'
              ? `${name}<${ref}`
              : name + (kind === 'fixed' ? '=' : '');
          })
          .join(' ')
      ])
    ),
    further: [...links.keys()].filter(
      place => furtherLinks(links[place], answer) !== null
    )
  };
}

describe('the folder of fixtures', () => {
  it('has no document with a described service that is not read here', context => {
    if (!existsSync(SHARED)) {
      context.skip('the shared fixtures are absent');
    }
    const others = ['eso', 'rubin', 'vo'].flatMap(folder =>
      readdirSync(path.join(SHARED, folder))
        .map(file => `${folder}/${file}`)
        .filter(name => !Object.hasOwn(CORPUS, name))
        .filter(name => hasService(path.join(SHARED, name)))
    );
    expect(others).toEqual([]);
  });
});

function hasService(file: string): boolean {
  return readFileSync(file, 'latin1').includes('adhoc:service');
}

describe('what recorded cutout services offer', () => {
  it('is circle, polygon and range by POS, band and time at CADC', async context => {
    const answer = await readLinks(fixture(context, 'vo/pyvo_cutout2.xml'), ORIGIN);
    const [service] = [...answer.services.values()].filter(isSoda);
    const offer = sodaOffer(service);
    expect([...offer.stencils.keys()]).toEqual(['circle', 'polygon', 'range']);
    expect(offer.stencils.get('range')).toEqual({ name: 'POS', isPos: true });
    expect(offer.bounds).toMatchObject({ shape: 'polygon' });
    expect(offer.band).toMatchObject({ min: '5.800000000000001E-7', max: '7.8E-7' });
    expect(offer.time?.unit).toBe('d');
    expect(offer.pol).toBeNull();
  });

  it('is found by xtype where CADC writes CIRC and POLY', async context => {
    const answer = await readLinks(fixture(context, 'vo/astropy_gemini.xml'), ORIGIN);
    const service = answer.services.get('soda-sync');
    const offer = service && sodaOffer(service);
    expect(offer?.stencils.get('circle')).toEqual({ name: 'CIRC', isPos: false });
    expect(offer?.stencils.get('polygon')).toEqual({ name: 'POLY', isPos: false });
    expect(offer?.pol?.name).toBe('POL');
  });

  it('leaves what is the service’s own to a plain form', async context => {
    const answer = await readLinks(fixture(context, 'vo/pyvo_proc.xml'), ORIGIN);
    const service = answer.services.get('procsvc');
    expect(service && sodaOffer(service).others.map(({ name }) => name)).toEqual([
      'DEC',
      'RA',
      'SCALE',
      'PIXEL_1',
      'PIXEL_2',
      'KIND'
    ]);
  });
});
