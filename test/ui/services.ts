import { expect, type Locator, type Page } from '@playwright/test';

import { chooseArchive, columnPlace, openSearch, resultGrid } from './lab.js';

/** A service the journeys of the ObsCore browser run on. */
export interface IServiceUnderTest {
  /** Name in the form's list. */
  readonly archive: string;
  /** What code calls it. */
  readonly id: string;
  /** Why it cannot be asked; empty where it can. */
  readonly skip: string;
}

/** The sandbox, and an independent implementation of the same standards. */
export const SERVICES: readonly IServiceUnderTest[] = [
  { archive: 'Sandbox (works offline)', id: 'sandbox', skip: '' },
  { archive: 'DaCHS', id: 'dachs', skip: process.env.OBSDECK_NO_DACHS ?? '' }
];

/** A target both services have observations of, which the sandbox's resolver knows. */
export const TARGET = 'NGC 1068';

/** Show the form, with an archive chosen. */
export async function searchOf(page: Page, archive: string): Promise<Locator> {
  const form = await openSearch(page);
  await chooseArchive(form, archive);
  return form;
}

/** Press “Search”. */
export async function search(form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Search', exact: true }).click();
}

/** Unfold the query of the Results tab in front; answers the editor's textbox. */
export async function openEditor(page: Page): Promise<Locator> {
  const editor = page.getByRole('textbox', { name: 'ADQL editor' });
  const fold = page.getByRole('button', { name: 'ADQL', exact: true });
  // The editor appears after its button, which would fold it again.
  await expect(fold).toBeVisible();
  if ((await fold.getAttribute('aria-expanded')) !== 'true') {
    await fold.click();
  }
  await expect(editor).toBeVisible();
  return editor;
}

/** Replace the text in the editor, as typed. */
export async function typeAdql(page: Page, adql: string): Promise<void> {
  const editor = await openEditor(page);
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(adql);
}

/** Values of a column as far as the rows are on screen, from the accessible grid. */
export async function shownValues(page: Page, column: string): Promise<string[]> {
  const grid = resultGrid(page);
  const index = await columnPlace(page, column);
  const lines = await grid
    .locator('[role=row][aria-rowindex]:has([role=gridcell])')
    .all();
  const texts = await Promise.all(
    lines.map(line => line.getByRole('gridcell').nth(index).textContent())
  );
  return texts.filter(text => text !== null).map(text => text.trim());
}
