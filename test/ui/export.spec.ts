import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, type Locator, type Page, test } from '@playwright/test';

import { jupyter } from './jupyter.mjs';
import { cellText, openLab, resultGrid, resultRows } from './lab.js';
import { search, searchOf, SERVICES } from './services.js';

/** What each format is called in the dialog, and the ending it gives. */
const FORMATS = [
  ['VOTable', 'vot'],
  ['FITS', 'fits'],
  ['Parquet', 'parquet'],
  ['CSV', 'csv'],
  ['Arrow', 'arrow']
] as const;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

for (const { archive, skip } of SERVICES) {
  test(`${archive}: rows are exported to each format and read back`, async ({
    page
  }) => {
    test.skip(skip !== '', skip);
    await openLab(page);
    await search(await searchOf(page, archive));
    const rows = await resultRows(page);
    const first = await cellText(page, 0, 'obs_publisher_did');
    const columns = Number(await resultGrid(page).getAttribute('aria-colcount'));
    // One workspace for all services: nobody is asked whether to replace.
    const name = `rows of ${archive.split(' ')[0]}`;
    for (const [format, ending] of FORMATS) {
      const dialog = await openExport(page);
      await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
      await dialog.getByRole('radio', { name: format }).check();
      await dialog.getByRole('button', { name: 'Export' }).click();
      await expect(dialog).toBeHidden({ timeout: 60_000 });
      expect(await readBack(`${name}.${ending}`), format).toEqual({
        rows,
        columns,
        first,
        // CSV has no place for units.
        unit: format === 'CSV' ? null : 'deg'
      });
    }
  });
}

test('a file that is there is replaced only when that is said', async ({ page }) => {
  await openLab(page);
  await search(await searchOf(page, SERVICES[0].archive));
  await resultRows(page);
  for (const isThere of [false, true]) {
    const dialog = await openExport(page);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('twice');
    await dialog.getByRole('button', { name: 'Export' }).click();
    if (isThere) {
      await expect(dialog.getByRole('alert')).toBeVisible();
      await dialog.getByRole('button', { name: 'Replace' }).click();
    }
    await expect(dialog).toBeHidden({ timeout: 60_000 });
  }
  await expect(page.getByText('twice.vot').last()).toBeVisible();
  await page.getByRole('button', { name: 'Show in file browser' }).last().click();
  await expect(page.locator('.jp-DirListing-item.jp-mod-selected')).toContainText(
    'twice.vot'
  );
});

async function openExport(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'More result actions' }).click();
  await page.getByRole('menuitem', { name: 'Export' }).click();
  return page.getByRole('dialog', { name: 'Export' });
}

/** What a reader that is not ours finds in a file of the workspace. */
async function readBack(name: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(join(ROOT, '.venv/bin/python'), [
    join(ROOT, 'test/ui/read_back.py'),
    join(jupyter.folder, 'root', name)
  ]);
  return JSON.parse(stdout) as unknown;
}
