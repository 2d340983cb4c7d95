import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, type Page, test } from '@playwright/test';

import { jupyter } from './jupyter.mjs';
import { chooseArchive, openLab, openSearch, resultRows } from './lab.js';

const PYTHON = join(dirname(fileURLToPath(import.meta.url)), '../../.venv/bin/python');

/** How each format is read by somebody else: number of rows, unit of s_ra, first identifier. */
const READERS = {
  VOTable: [
    '.vot',
    'from astropy.table import Table; t = Table.read(p, format="votable"); print(len(t), t["s_ra"].unit, t["obs_publisher_did"][0])'
  ],
  FITS: [
    '.fits',
    'from astropy.table import Table; t = Table.read(p); print(len(t), t["s_ra"].unit, str(t["obs_publisher_did"][0]).strip())'
  ],
  Parquet: [
    '.parquet',
    'import pyarrow.parquet as q; t = q.read_table(p); print(t.num_rows, t.schema.field("s_ra").metadata[b"unit"].decode(), t["obs_publisher_did"][0])'
  ],
  CSV: [
    '.csv',
    'from astropy.table import Table; t = Table.read(p, format="ascii.csv", comment="#"); print(len(t), "deg", t["obs_publisher_did"][0])'
  ],
  Arrow: [
    '.arrow',
    'import pyarrow as a; t = a.ipc.open_file(p).read_all() if open(p, "rb").read(6) == b"ARROW1" else a.ipc.open_stream(p).read_all(); print(t.num_rows, t.schema.field("s_ra").metadata[b"unit"].decode(), t["obs_publisher_did"][0])'
  ]
} as const;

async function search(page: Page): Promise<number> {
  await openLab(page);
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox (works offline)');
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  return resultRows(page);
}

async function openExport(page: Page) {
  await page.getByRole('button', { name: 'More result actions' }).click();
  await page.getByRole('menuitem', { name: 'Export' }).click();
  return page.getByRole('dialog', { name: 'Export' });
}

function readBack(path: string, code: string): string {
  const text = `import warnings; warnings.simplefilter("ignore"); p = ${JSON.stringify(path)}; ${code}`;
  return execFileSync(PYTHON, ['-c', text], { encoding: 'utf8' }).trim();
}

test('rows are exported to each format, and read back with units', async ({ page }) => {
  const rows = await search(page);
  const answers = new Set<string>();
  for (const [format, [ending, code]] of Object.entries(READERS)) {
    const dialog = await openExport(page);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('rows');
    await dialog.getByRole('radio', { name: format }).click();
    const all = dialog.getByRole('radio', { name: /^All/ });
    for (const choice of await all.all()) {
      await choice.click();
    }
    if (format === 'FITS') {
      await page.screenshot({ path: 'test-results/ui/export-light.png' });
    }
    await dialog.getByRole('button', { name: 'Export' }).click();
    await expect(dialog).toBeHidden({ timeout: 60_000 });
    const answer = readBack(join(jupyter.folder, 'root', `rows${ending}`), code);
    expect(answer, format).toMatch(new RegExp(`^${rows} deg \\S`));
    answers.add(answer);
  }
  expect([...answers]).toHaveLength(1);
});

test('a file that is there is replaced only when that is said', async ({ page }) => {
  await search(page);
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
  const note = page.getByText('twice.vot').last();
  await expect(note).toBeVisible();
  await page.getByRole('button', { name: 'Show in file browser' }).last().click();
  await expect(page.locator('.jp-DirListing-item.jp-mod-selected')).toContainText(
    'twice.vot'
  );
});
