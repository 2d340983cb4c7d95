import { expect, test, type Page } from '@playwright/test';

import { account, fetchToken, openAccounts, signIn } from './accounts.js';
import {
  chooseArchive,
  execute,
  newNotebook,
  openLab,
  openSearch,
  resultGrid,
  resultRows,
  runCode
} from './lab.js';
import { search, searchOf, SERVICES, TARGET, typeAdql } from './services.js';

/** The pictures of docs/, from the real page in both themes: `make docs`. */
const FOLDER = new URL('../../docs/pictures/', import.meta.url).pathname;

const THEMES = [
  ['light', 'JupyterLab Light'],
  ['dark', 'JupyterLab Dark']
] as const;

/** Shows rows in a cell. */
const CELL = `import obsdeck
browser = obsdeck.ObsCoreBrowser("sandbox", "SELECT * FROM ivoa.ObsCore", maxrec=500)
browser`;

for (const [suffix, theme] of THEMES) {
  test(`pictures, ${suffix}`, async ({ page }) => {
    await openLab(page);
    await execute(page, 'apputils:change-theme', { theme });
    await page.waitForFunction(
      name => document.body.dataset.jpThemeName === name,
      theme as string
    );
    await widenSidebar(page);
    const form = await openSearch(page);
    await page.screenshot({ path: `${FOLDER}first-use-${suffix}.png` });

    await chooseArchive(form, 'Sandbox (works offline)');
    await form
      .getByRole('textbox', { name: 'Target or position' })
      .fill('55.75 -32.29');
    await form.getByRole('textbox', { name: 'Radius' }).fill('1');
    await form.getByRole('button', { name: 'Search', exact: true }).click();
    await resultRows(page);
    await resultGrid(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Record' })).toBeVisible();
    await page.screenshot({ path: `${FOLDER}results-${suffix}.png` });
  });
}

for (const [suffix, theme] of THEMES) {
  test(`pictures of a query and its service, ${suffix}`, async ({ page }) => {
    await openLab(page);
    await execute(page, 'apputils:change-theme', { theme });
    await widenSidebar(page);
    await page.getByRole('heading', { name: 'Accounts Section' }).click();
    const form = await searchOf(page, SERVICES[0].archive);
    await form.getByRole('textbox', { name: 'Target or position' }).fill(TARGET);
    await form.getByRole('textbox', { name: 'Radius' }).fill('2');
    await search(form);
    await resultRows(page);
    await expect(form.getByText(/^About [\d,]+ rows/)).toBeVisible();
    await page.screenshot({ path: `${FOLDER}facets-${suffix}.png` });

    await typeAdql(page, 'SELECT TOP 7 o.obs_id, o.t_exptme FROM ivoa.ObsCore AS o');
    const problems = page.getByRole('list', { name: 'Problems' });
    await expect(problems).toContainText('t_exptme');
    await page.keyboard.type(' WHERE o.calib');
    // Now that the service told what it can do, the form's question is another one.
    await expect(form.getByText(/About [\d,]+ rows/)).toBeVisible();
    const list = page.getByRole('listbox');
    await expect(list.getByRole('option', { name: /calib_level/ })).toBeVisible();
    await page.screenshot({ path: `${FOLDER}adql-${suffix}.png` });
  });

  test(`pictures of rows in a notebook, ${suffix}`, async ({ page }) => {
    await openLab(page);
    await execute(page, 'apputils:change-theme', { theme });
    await newNotebook(page);
    await runCode(page, CELL);
    await resultRows(page);
    await page.screenshot({ path: `${FOLDER}cell-${suffix}.png` });
  });
}

for (const [suffix, theme] of THEMES) {
  test(`pictures of accounts, ${suffix}`, async ({ page }) => {
    await openLab(page);
    await execute(page, 'apputils:change-theme', { theme });
    await widenSidebar(page);
    await openAccounts(page);
    const token = await fetchToken('/rubin/auth/tokens', {
      username: 'expires-780',
      password: 'sandbox-expires'
    });
    const typed = { 'User name': 'astronomer', Password: 'sandbox-astronomer' };
    await signInTo(page, 'Sandbox ESO', typed);
    await signInTo(page, 'Sandbox Rubin', { Token: token });
    await account(page, 'Sandbox ESO')
      .getByRole('button', { name: 'Renew Sandbox ESO' })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to Sandbox ESO' });
    await expect(dialog).toBeVisible();
    await page.screenshot({ path: `${FOLDER}accounts-${suffix}.png` });
    await page.keyboard.press('Escape');
    for (const archive of ['Sandbox ESO', 'Sandbox Rubin']) {
      await account(page, archive)
        .getByRole('button', { name: `Sign out of ${archive}` })
        .click();
    }
  });
}

async function signInTo(
  page: Page,
  archive: string,
  typed: Readonly<Record<string, string>>
): Promise<void> {
  await account(page, archive)
    .getByRole('button', { name: `Sign in to ${archive}` })
    .click();
  await signIn(page, archive, typed);
}

/** Give the sidebar the width it has in wide windows. */
async function widenSidebar(page: Page): Promise<void> {
  await openSearch(page);
  const handle = page.locator('#jp-main-split-panel > .lm-SplitPanel-handle').first();
  const box = await handle.boundingBox();
  if (box) {
    await page.mouse.move(box.x + 1, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 200);
    await page.mouse.up();
  }
}
