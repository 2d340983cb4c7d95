import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { IAccount } from '../../../../src/archives/account.js';
import { showDetails } from '../../../../src/view/accounts/details.js';
import { account, NOW, signedIn } from './fakes.js';

/** What the dialog tells, name by name; closes it. */
async function told(one: IAccount): Promise<Record<string, string>> {
  const shown = showDetails('ESO', one, NOW, nullTranslator);
  await waitFor(() => expect(document.querySelector('dialog dl')).toBeTruthy());
  const dialog = document.querySelector('dialog')!;
  dialog.setAttribute('open', '');
  expect(screen.getByRole('dialog', { name: 'Account details: ESO' })).toBe(dialog);
  const names = [...dialog.querySelectorAll('dt')].map(dt => dt.textContent);
  const values = [...dialog.querySelectorAll('dd')].map(dd =>
    [...dd.children].map(line => line.textContent).join('; ')
  );
  await act(async () => fireEvent.keyDown(dialog, { key: 'Escape' }));
  await shown;
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

describe('Account details', () => {
  it('tell who, how long, and which origins may see the secret', async () => {
    const one = signedIn({
      checked: NOW,
      roles: ['user', 'pi'],
      rights: ['own programmes'],
      origins: ['https://archive.example.org', 'https://www.example.org/sso']
    });
    expect(await told(one)).toEqual({
      User: 'ASTRO1',
      Credential: 'signed in here',
      Kept: 'Until Jupyter stops',
      Ends: '2026-11-22 03:52 UTC (in 7 h 12 min)',
      'Accepted by the archive': '2026-11-21 20:40 UTC',
      Roles: 'user; pi',
      'In plain words': 'own programmes',
      'Signs in at': 'www.example.org',
      'May see the secret': 'https://archive.example.org; https://www.example.org/sso'
    });
  });

  it('leave out what is not known, and what is over', async () => {
    expect(Object.keys(await told(account()))).toEqual([
      'Signs in at',
      'May see the secret'
    ]);
    const over = signedIn({ state: 'expired', expires: NOW - 60 });
    expect((await told(over))['Ends']).toBe('2026-11-21 20:39 UTC');
  });

  it('say so where the archive tells no end', async () => {
    expect((await told(signedIn({ expires: null })))['Ends']).toBe(
      'not told by the archive'
    );
  });
});
