import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import { jupyter } from './jupyter.mjs';
import { resultGrid, resultRows } from './lab.js';
import { searchOf, typeAdql } from './services.js';

/** Run a query in the editor, as anyone or as oneself; answers the number of rows. */
export async function runAdql(
  page: Page,
  archive: string,
  adql: string,
  as: 'Anyone' | 'Me'
): Promise<number> {
  const form = await searchOf(page, archive);
  const asker = form
    .getByRole('radiogroup', { name: 'Search as' })
    .getByRole('radio', { name: as });
  // An archive that answers its members alone does not ask.
  if ((await asker.count()) > 0) {
    await asker.check();
  }
  await form.getByRole('link', { name: 'Edit ADQL' }).click();
  await typeAdql(page, adql);
  await page.keyboard.press('ControlOrMeta+Enter');
  return await resultRows(page);
}

/** Choose all rows by keyboard. */
export async function chooseRows(page: Page): Promise<void> {
  const grid = resultGrid(page);
  await grid.focus();
  await grid.press('ControlOrMeta+A');
  await expect(page.getByRole('status', { name: 'Result status' })).toContainText(
    'selected'
  );
}

/** A button of the toolbar above the rows. */
export function resultAction(page: Page, name: string): Locator {
  return page
    .getByRole('toolbar', { name: 'Results' })
    .getByRole('button', { name, exact: true });
}

/** A button of the toolbar above the links. */
export function linkAction(page: Page, name: RegExp): Locator {
  return page
    .getByRole('toolbar', { name: 'Links', exact: true })
    .getByRole('button', { name });
}

/** The tree of links in front, once something is in it. */
export async function readTree(page: Page): Promise<Locator> {
  const tree = page.getByRole('tree', { name: 'Links', exact: true });
  await expect(tree.getByRole('treeitem').first()).toBeVisible({ timeout: 60_000 });
  return tree;
}

/** The first link whose name has these words. */
export function linkItem(tree: Locator, name: RegExp): Locator {
  return tree.getByRole('treeitem', { name }).first();
}

/** Give a link the focus, and press a key on it. */
export async function pressOn(
  tree: Locator,
  name: RegExp,
  ...keys: string[]
): Promise<void> {
  await linkItem(tree, name).click();
  for (const key of keys) {
    await tree.press(key);
  }
}

/** Press “Download” above the links, and in the dialog; nothing else is asked. */
export async function fetchTicked(page: Page, folder: string): Promise<void> {
  await linkAction(page, /^Download 1$/).click();
  const dialog = page.getByRole('dialog', { name: 'Download 1 file' });
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await expect(dialog.getByText(`free in ${folder}`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Download', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Wait for a file below the Jupyter root; answers its bytes. */
export async function fileOnDisk(folder: string, name: string): Promise<Buffer> {
  const path = join(jupyter.folder, 'root', folder, name);
  await expect
    .poll(() => existsSync(path), { message: `${path} is there`, timeout: 60_000 })
    .toBe(true);
  return readFileSync(path);
}

/** Text of the code in the notebook in front. */
export async function cellsOf(page: Page): Promise<string> {
  const cells = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell');
  return (await cells.locator('.cm-content').allInnerTexts()).join('\n');
}
