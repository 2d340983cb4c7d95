import { nullTranslator } from '@jupyterlab/translation';
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen,
  within
} from '@testing-library/react';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { Access, type IAccessProps } from '../../../../src/view/access/access.js';
import { Rights } from '../../../support/rights.js';
import { signedIn } from '../../../support/accounts.js';
import { archiveOf } from '../../model/rows.js';

/** 2026-11-21 20:05 UTC. */
const NOW = Date.UTC(2026, 10, 21, 20, 5) / 1000;

const { definition } = archiveOf(async function* () {});
const ESO = {
  ...definition,
  id: 'eso',
  name: 'ESO',
  signIn: {
    kind: 'oidc-password',
    accessHelpUrl: 'https://archive.example/policy'
  }
} as const;
const ID = 'SPHER.2026-09-14T03:21:40.102';
const VAGUE = 'You are not authorised to access this file, or the file does not exist.';

let rights: Rights;
let props: IAccessProps;

beforeEach(() => {
  rights = new Rights([signedIn('eso', NOW + 7 * 3600 + 720)], NOW);
});

afterEach(cleanup);

function show(about: Partial<IAccessProps['about']>): void {
  props = {
    about: { archive: ESO, as: 'me', subject: ID, ...about },
    rights,
    trans: nullTranslator.load('obsdeck'),
    onMend: vi.fn(),
    onSave: vi.fn(),
    onClose: vi.fn()
  };
  render(<Access {...props} />);
}

const region = () => screen.getByRole('region', { name: 'Why can’t I see it?' });
const inside = () => within(region());
const lines = () =>
  inside()
    .getAllByRole('listitem')
    .map(item => item.textContent);
const press = (name: string) => fireEvent.click(inside().getByRole('button', { name }));
const EMBARGO = { release: '2027-09-14', programme: '117.26LV.001' };

describe('Why can’t I see it?', () => {
  it('comes into sight as a whole, also on a small page', () => {
    const scrolled: Element[] = [];
    Element.prototype.scrollIntoView = function (this: Element) {
      scrolled.push(this);
    };
    show({ isEmpty: true });
    expect(scrolled).toEqual([region()]);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Close');
    Reflect.deleteProperty(Element.prototype, 'scrollIntoView');
  });

  it('names cause and conditions, the service’s words, and the page that helps', () => {
    const error = new ProtocolError('forbidden', VAGUE, { serviceMessage: VAGUE });
    show({ error, row: EMBARGO });
    expect(region().textContent).toContain(
      `${ID} is proprietary until 2027-09-14 (in 297 days). You asked as ASTRO1; ` +
        'until then only people named on programme 117.26LV.001 may read it.'
    );
    expect(lines()).toEqual([
      'Signed inyes, as ASTRO1, 7 h 12 min left',
      'Publicno, release date 2027-09-14',
      'Permissionnot given, or no such file; ESO answers both alikeHow to get access'
    ]);
    expect(inside().getByText(`“${VAGUE}”`)).toBeTruthy();
    const help = inside().getByRole('link', { name: 'How to get access' });
    expect(help.getAttribute('href')).toBe('https://archive.example/policy');
    expect(help.getAttribute('rel')).toContain('noopener');
  });

  it('says a condition by shape as well as by word', () => {
    show({ row: EMBARGO });
    const flags = [...region().querySelectorAll('li svg')].map(icon =>
      icon.getAttribute('data-flag')
    );
    expect(flags).toEqual(['good', 'bad', 'unknown']);
  });

  it('puts the release into a calendar, as the one thing that helps', () => {
    show({ row: EMBARGO });
    expect(inside().getAllByRole('button', { name: 'Add to calendar' })).toHaveLength(
      1
    );
    press('Add to calendar');
    expect(props.onMend).not.toHaveBeenCalled();
    const [name, calendar] = vi.mocked(props.onSave).mock.calls[0];
    expect(name).toBe('SPHER.2026-09-14T03_21_40.102.ics');
    expect(calendar).toContain('DTSTART;VALUE=DATE:20270914\r\n');
  });

  it('offers the calendar beside the sign-in to those who are not signed in', () => {
    rights.change([]);
    show({ as: 'anyone', row: EMBARGO });
    press('Add to calendar');
    expect(props.onSave).toHaveBeenCalledOnce();
    press('Sign in to ESO');
    expect(props.onMend).toHaveBeenCalledWith('sign-in');
  });

  it.each([
    ['Sign in again', 'sign-in-again', 'expired'],
    ['Sign in as someone else', 'sign-in-other', 'forbidden']
  ] as const)('has one button, “%s”, that mends it', (words, mend, kind) => {
    show({ error: new ProtocolError(kind, 'No.', { as: 'me' }) });
    press(words);
    expect(props.onMend).toHaveBeenCalledWith(mend);
    expect(inside().getAllByRole('button')).toHaveLength(2);
  });

  it('offers to ask as oneself what was asked as anyone', () => {
    show({ as: 'anyone', isEmpty: true });
    press('Search as me');
    expect(props.onMend).toHaveBeenCalledWith('as-me');
  });

  it('follows the account while it is open', () => {
    show({ row: EMBARGO });
    act(() => rights.change([]));
    expect(lines()[0]).toBe('Signed inno');
  });

  it('takes the focus, and gives itself up by Escape and by its button', () => {
    show({ row: EMBARGO });
    const close = inside().getByRole('button', { name: 'Close' });
    expect(document.activeElement).toBe(close);
    fireEvent.keyDown(close, { key: 'Escape' });
    fireEvent.click(close);
    expect(props.onClose).toHaveBeenCalledTimes(2);
  });
});
