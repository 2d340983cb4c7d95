import { expect, test, type Page } from '@playwright/test';

import {
  chooseArchive,
  execute,
  openLab,
  openSearch,
  resultGrid,
  resultRows
} from './lab.js';

/** The pictures of docs/, from the real page in both themes: `make docs`. */
const FOLDER = new URL('../../docs/pictures/', import.meta.url).pathname;

const THEMES = [
  ['light', 'JupyterLab Light'],
  ['dark', 'JupyterLab Dark']
] as const;

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

    await form.getByRole('textbox', { name: 'Target or position' }).fill('');
    await form.getByRole('link', { name: 'Edit ADQL' }).click();
    const editor = page.getByRole('textbox', { name: 'ADQL editor' });
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('SELECT obs_id, s_ra FROM ivoa.ObsCor');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'Sandbox' })).toBeVisible();
    await page.screenshot({ path: `${FOLDER}error-${suffix}.png` });
  });
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
