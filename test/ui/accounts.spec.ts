import { expect, test, type Page } from '@playwright/test';

import {
  account,
  fetchToken,
  openAccounts,
  secretsInUse,
  signIn,
  timeLeft
} from './accounts.js';
import { jupyter } from './jupyter.mjs';
import {
  chooseArchive,
  execute,
  newNotebook,
  openLab,
  openSearch,
  reloadLab,
  resultGrid,
  resultRows,
  runCode
} from './lab.js';
import { browserStorage, filesBelow, leaksIn, pageMemory } from './leaks.js';

const ASTRONOMER = { username: 'astronomer', password: 'sandbox-astronomer' };
const TYPED = { 'User name': ASTRONOMER.username, Password: ASTRONOMER.password };

test('J1: sign in to three archives, let one end, renew, sign out, reload; no secret stays', async ({
  page
}) => {
  test.slow();
  const typed: string[] = [ASTRONOMER.password, 'sandbox-expires', 'not-the-password'];
  await openLab(page);
  await newNotebook(page);
  const list = await openAccounts(page);
  await expect(list.getByText('You are not signed in.')).toHaveCount(0);

  await account(page, 'Sandbox ESO')
    .getByRole('button', { name: 'Sign in to Sandbox ESO' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Sign in to Sandbox ESO' });
  await expect(dialog).toContainText('Your password goes to 127.0.0.1');
  await dialog.getByLabel('User name', { exact: true }).fill('expires-15');
  await dialog.getByLabel('Password', { exact: true }).fill('not-the-password');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText(
    'Sandbox ESO did not accept this user name and password.'
  );
  await expect(dialog.getByLabel('Password', { exact: true })).toHaveValue('');
  await expect(dialog.getByLabel('Password', { exact: true })).toBeFocused();
  await signIn(page, 'Sandbox ESO', { Password: 'sandbox-expires' });
  await expect(timeLeft(page, 'Sandbox ESO')).toHaveText(/^\d+ s$/);
  const ending = await secretsInUse();

  await signInToPyobs(page);
  await expect(account(page, 'Sandbox pyobs')).toContainText('astronomer');
  const token = await fetchToken('/mmoda/user', ASTRONOMER);
  typed.push(token);
  await account(page, 'Sandbox MMODA')
    .getByRole('button', { name: 'Sign in to Sandbox MMODA' })
    .click();
  await signIn(page, 'Sandbox MMODA', { Token: token });
  await expect(timeLeft(page, 'Sandbox MMODA')).toHaveText(/\d+ (h|d)/);

  const eso = account(page, 'Sandbox ESO');
  await expect(timeLeft(page, 'Sandbox ESO')).toHaveText(/^expired/, {
    timeout: 30_000
  });
  await eso.getByRole('button', { name: 'Sign in again' }).click();
  await signIn(page, 'Sandbox ESO', TYPED);
  await expect(timeLeft(page, 'Sandbox ESO')).toHaveText(/^7 h 5\d min$|^8 h$/);
  await account(page, 'Sandbox MMODA')
    .getByRole('button', { name: 'Renew Sandbox MMODA' })
    .click();
  await expect(timeLeft(page, 'Sandbox MMODA')).toHaveText(/^1[34] d$/);

  await expectMoreRowsAsMe(page);
  const secrets = [...typed, ...ending, ...(await secretsInUse())];
  await account(page, 'Sandbox pyobs')
    .getByRole('button', { name: 'Sign out of Sandbox pyobs' })
    .click();
  await expect(account(page, 'Sandbox pyobs')).toContainText('not signed in');
  const output = await runInKernel(page);
  expect(leaksIn('output of a cell', output, secrets)).toEqual([]);

  await execute(page, 'docmanager:save');
  await reloadLab(page);
  await openAccounts(page);
  await expect(account(page, 'Sandbox ESO')).toContainText('ASTRONOMER');
  await expect(account(page, 'Sandbox pyobs')).toContainText('not signed in');

  expect(new Set(secrets).size).toBeGreaterThanOrEqual(8);
  await expectNoTrace(page, secrets);
});

async function signInToPyobs(page: Page): Promise<void> {
  await account(page, 'Sandbox pyobs')
    .getByRole('button', { name: 'Sign in to Sandbox pyobs' })
    .click();
  await signIn(page, 'Sandbox pyobs', TYPED, 'Keep in a file only I can read');
}

/** Search the raw frames as anyone and as oneself. */
async function expectMoreRowsAsMe(page: Page): Promise<void> {
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox ESO');
  const search = form.getByRole('button', { name: 'Search', exact: true });
  await form.getByRole('spinbutton', { name: 'Row limit' }).fill('100000');
  await search.click();
  const anyone = await resultRows(page);
  await form
    .getByRole('radiogroup', { name: 'Search as' })
    .getByRole('radio', { name: 'Me' })
    .check();
  await search.click();
  await expect(page.getByRole('status', { name: 'Result status' })).toContainText(
    'as ASTRONOMER'
  );
  const me = await resultRows(page);
  expect(me).toBeGreaterThan(anyone);
  await expect(resultGrid(page)).toBeVisible();
}

/** Use session and TAP service in a notebook, and make them fail with everything shown. */
async function runInKernel(page: Page): Promise<string> {
  const code = [
    'import logging, obsdeck',
    'logging.basicConfig(level=logging.DEBUG)',
    '%xmode Verbose',
    'session = obsdeck.session("sandbox-eso")',
    'tap = obsdeck.tap("sandbox-eso")',
    'print(repr(session), vars(session), dict(session.headers), obsdeck.accounts())',
    'rows = tap.search("SELECT TOP 5 * FROM dbo.raw")',
    'print(len(rows), "rows")',
    'tap.search("SELECT nothing FROM nowhere")'
  ].join('\n');
  const output = await runCode(page, code);
  expect(output).toContain('5 rows');
  expect(output).toContain('as ASTRONOMER');
  return output;
}

/** No secret and no e-mail address in anything that page and server have written. */
async function expectNoTrace(page: Page, secrets: readonly string[]): Promise<void> {
  const wanted = [...secrets, '@example.org'];
  const stored = await browserStorage(page);
  // The vault keeps secrets, that is what it is for.
  const files = filesBelow(jupyter.folder, ['accounts']);
  for (const name of ['server.log', 'profile_default/history.sqlite']) {
    expect([...files.keys()].some(file => file.endsWith(name))).toBe(true);
  }
  const leaks = [...stored, ...files].flatMap(([place, text]) =>
    leaksIn(place, text, wanted)
  );
  expect(leaks).toEqual([]);
  // What was typed may linger until the memory is used again; tokens were never there.
  const memory = await pageMemory(page);
  expect(memory.length).toBeGreaterThan(1_000_000);
  expect(leaksIn('memory of the page', memory, await secretsInUse())).toEqual([]);
}
