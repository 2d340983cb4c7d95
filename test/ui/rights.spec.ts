import { expect, test, type Locator, type Page } from '@playwright/test';

import { scan, tabTo } from './accessibility.js';
import {
  account,
  fetchToken,
  leave,
  openAccounts,
  signIn,
  signInTo,
  timeLeft
} from './accounts.js';
import {
  chooseArchive,
  execute,
  openLab,
  openSearch,
  reloadLab,
  resultGrid,
  resultRows
} from './lab.js';

const TYPED = { 'User name': 'astronomer', Password: 'sandbox-astronomer' };
const STUDENT = { username: 'student', password: 'sandbox-student' };
/** Seconds a sign-in lasts that shall run out within a test. */
const SHORT = 12;

test.beforeEach(async ({ page }) => {
  await openLab(page);
  await openAccounts(page);
});

test('J1: search as anyone, then as me; a reload never asks as me', async ({
  page
}) => {
  await signInTo(page, 'Sandbox ESO', TYPED);
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox ESO');
  await search(form);
  await resultRows(page);
  await expect(footer(page)).not.toContainText('as ASTRONOMER');
  const asked: string[] = [];
  page.on('request', request => {
    if (request.headers()['x-obsdeck-as'] === 'me') {
      asked.push(request.url());
    }
  });
  await searchAs(form, 'Me').check();
  await search(form);
  await expect(footer(page)).toContainText('as ASTRONOMER');
  await expect(page.getByText('Sent to 127.0.0.1', { exact: false })).not.toHaveCount(
    0
  );

  expect(asked).not.toEqual([]);

  asked.length = 0;
  await reloadLab(page);
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await resultRows(page);
  await expect(footer(page)).not.toContainText('as ASTRONOMER');
  expect(asked).toEqual([]);
});

test('“Why can’t I see it?” explains a proprietary row and offers to sign in', async ({
  page
}) => {
  await leave(page, 'Sandbox ESO');
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox ESO');
  await search(form);
  await resultRows(page);
  await runAdql(page, 'SELECT TOP 5 * FROM dbo.raw ORDER BY release_date DESC');
  await expect(footer(page)).toContainText('5 rows');
  await resultGrid(page).focus();
  await page.keyboard.press('Enter');
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record).toContainText(/Proprietary until 20\d\d-\d\d-\d\d \(in /);
  await record.getByRole('button', { name: 'Why?' }).click();
  const why = explainer(page);
  await expect(why).toContainText(/is proprietary until .* You are not signed in;/);
  await expect(check(why, 'Signed in')).toContainText('no');
  await expect(check(why, 'Public')).toContainText('no, release date');
  await expect(check(why, 'Permission')).toContainText('not known before you sign in');

  await why.getByRole('button', { name: 'Sign in to Sandbox ESO' }).click();
  await signIn(page, 'Sandbox ESO', TYPED);
  await expect(check(why, 'Signed in')).toContainText('yes, as ASTRONOMER');
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();
});

test('“Why can’t I see it?” names the right a student lacks', async ({ page }) => {
  await leave(page, 'Sandbox Rubin');
  const token = await fetchToken('/rubin/auth/tokens', STUDENT);
  await signInTo(page, 'Sandbox Rubin', { Token: token });
  await expect(account(page, 'Sandbox Rubin')).toContainText(
    'Can’t search tables: the role read:tap is missing'
  );
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox Rubin');
  await search(form);
  const banner = page.getByRole('alert').filter({ hasText: 'Sandbox Rubin:' });
  await expect(banner).toContainText('Missing: read:tap (tables).');
  await banner.getByRole('button', { name: 'Why?' }).click();
  const why = explainer(page);
  await expect(check(why, 'Signed in')).toContainText('yes, as student');
  await expect(check(why, 'Permission')).toContainText('missing: read:tap (tables)');
  await expect(why).toContainText('The service wrote');
  await expect(
    why.getByRole('button', { name: 'Sign in as someone else' })
  ).toBeVisible();
});

test('a sign-in that runs out in the middle: rows stay, one banner, and it goes on', async ({
  page
}) => {
  await leave(page, 'Sandbox ESO');
  await signInTo(page, 'Sandbox ESO', {
    'User name': `expires-${SHORT}`,
    Password: 'sandbox-expires'
  });
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox ESO');
  await searchAs(form, 'Me').check();
  await search(form);
  await expect(footer(page)).toContainText(`as EXPIRES-${SHORT}`);
  const rows = await resultRows(page);

  // The question is under way while the sign-in ends.
  const over = expect(timeLeft(page, 'Sandbox ESO')).toHaveText(/^expired/, {
    timeout: SHORT * 2000
  });
  await page.route(/\/obsdeck\/.*sandbox-eso/, async route => {
    await over;
    await route.continue();
  });
  await search(form);
  const banner = page.getByRole('alert').filter({ hasText: 'sign-in ran out' });
  await expect(banner).toHaveCount(1);
  await expect(banner).toContainText('What waits goes on after you sign in.');
  await expect(footer(page)).toContainText(`${rows} rows`);
  await expect(resultGrid(page)).toBeVisible();

  await banner.getByRole('button', { name: 'Sign in and go on' }).click();
  await signIn(page, 'Sandbox ESO', TYPED);
  await expect(footer(page)).toContainText('as ASTRONOMER');
  await expect(banner).toHaveCount(0);
});

test('signing in with the keyboard alone', async ({ page }) => {
  await leave(page, 'Sandbox pyobs');
  await page.getByRole('heading', { name: 'Accounts Section' }).focus();
  await tabTo(page, account(page, 'Sandbox pyobs').getByRole('button').first());
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sign in to Sandbox pyobs' });
  await expect(dialog.getByRole('textbox', { name: 'User name' })).toBeFocused();
  await page.keyboard.type('astronomer');
  await page.keyboard.press('Tab');
  await page.keyboard.type('sandbox-astronomer');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await expect(
    dialog.getByRole('radio', { name: 'Until I close this page' })
  ).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const row = account(page, 'Sandbox pyobs');
  await expect(row.getByRole('button', { name: 'Sign out' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row.getByRole('button', { name: 'Sign in' })).toBeFocused();
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
  test(`accounts, dialog and explainer: no accessibility violation in ${theme}`, async ({
    page
  }) => {
    await execute(page, 'apputils:change-theme', { theme });
    await page.waitForFunction(
      name => document.body.dataset.jpThemeName === name,
      theme
    );
    await leave(page, 'Sandbox Basic');
    await account(page, 'Sandbox Basic')
      .getByRole('button', { name: 'Sign in' })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to Sandbox Basic' });
    await dialog.getByRole('textbox', { name: 'User name' }).fill('astronomer');
    await dialog.getByLabel('Password', { exact: true }).fill('not-the-password');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toBeVisible();
    await scan(page, 'dialog .jp-Dialog-content');
    await signIn(page, 'Sandbox Basic', TYPED);
    await scan(page, '#obsdeck-sidebar');

    const form = await openSearch(page);
    await chooseArchive(form, 'Sandbox Basic');
    await search(form);
    await resultRows(page);
    await runAdql(page, "SELECT * FROM ivoa.ObsCore WHERE obs_id = 'none'");
    await page.getByRole('button', { name: 'Why can’t I see it?' }).click();
    await expect(explainer(page)).toBeVisible();
    await scan(page, '.jp-Obsdeck-Results');
  });
}

const footer = (page: Page): Locator =>
  page.getByRole('status', { name: 'Result status' });

const explainer = (page: Page): Locator =>
  page.getByRole('region', { name: 'Why can’t I see it?' });

const check = (why: Locator, name: string): Locator =>
  why.getByRole('listitem').filter({ hasText: name });

const search = (form: Locator): Promise<void> =>
  form.getByRole('button', { name: 'Search', exact: true }).click();

const searchAs = (form: Locator, who: string): Locator =>
  form.getByRole('radiogroup', { name: 'Search as' }).getByRole('radio', { name: who });

/** Run a query that the form cannot make. */
async function runAdql(page: Page, adql: string): Promise<void> {
  await page.getByRole('button', { name: 'ADQL', exact: true }).click();
  await page.getByRole('textbox', { name: 'ADQL editor' }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(adql);
  await page.keyboard.press('ControlOrMeta+Enter');
}
