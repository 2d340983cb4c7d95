import { expect, test } from '@playwright/test';

import { scan, tabTo } from './accessibility.js';
import {
  execute,
  newNotebook,
  openLab,
  openSearch,
  resultGrid,
  resultRows,
  runActiveCell
} from './lab.js';

test('J2 by keyboard alone: search, record, cell', async ({ page }) => {
  await openLab(page);
  await newNotebook(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+o');
  const form = page.getByRole('form', { name: 'Search' });
  await expect(form).toBeVisible();
  await tabTo(page, form.getByRole('textbox', { name: 'Target or position' }));
  await page.keyboard.type('0 2');
  await tabTo(page, form.getByRole('textbox', { name: 'Radius' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('0.5');
  await page.keyboard.press('Enter');
  const rows = await resultRows(page);
  expect(rows).toBeGreaterThan(1);

  await tabTo(page, resultGrid(page));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record).toContainText(`Record 2 of ${rows}`);

  await page.keyboard.press('ControlOrMeta+Shift+Alt+i');
  const cell = page.locator('.jp-NotebookPanel .jp-Cell.jp-mod-active');
  await expect(cell).toContainText('pyvo.dal.TAPService');
  await runActiveCell(page);
  await expect(cell.locator('.jp-OutputArea-output').last()).toContainText(
    `length=${rows}`
  );
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
  test(`no accessibility violation of ours in ${theme}`, async ({ page }) => {
    await openLab(page);
    await execute(page, 'apputils:change-theme', { theme });
    await page.waitForFunction(
      name => document.body.dataset.jpThemeName === name,
      theme
    );
    const form = await openSearch(page);
    await scan(page, '#obsdeck-sidebar');
    await form.getByRole('textbox', { name: 'Radius' }).fill('-1');
    await form.getByRole('textbox', { name: 'Target or position' }).fill('0 2');
    await form.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(form.getByText('Radius must be more than 0.')).toBeVisible();
    await scan(page, '#obsdeck-sidebar');
    await form.getByRole('textbox', { name: 'Radius' }).fill('0.5');
    await form.getByRole('button', { name: 'Search', exact: true }).click();
    await resultRows(page);
    await resultGrid(page).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Record' })).toBeVisible();
    await scan(page, '.jp-Obsdeck-Results');
  });
}
