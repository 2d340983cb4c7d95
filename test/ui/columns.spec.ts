import { expect, test, type Locator, type Page } from '@playwright/test';

import { scan } from './accessibility.js';
import {
  cellText,
  chooseArchive,
  newNotebook,
  openLab,
  openSearch,
  resultGrid,
  resultRows,
  runActiveCell,
  runCode
} from './lab.js';

/** Choosing, pinning and converting the columns of a result, and its menus. */

test('columns are chosen and ordered, and stay so for their table', async ({
  page
}) => {
  await search(page);
  const before = await headers(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  const dialog = page.getByRole('dialog', { name: 'Columns' });
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  await scan(page, '.jp-Obsdeck-Columns');
  await dialog.getByRole('searchbox').fill(before[0]);
  await dialog.getByRole('checkbox', { name: before[0] }).uncheck();
  await expect.poll(() => headers(page)).toEqual(before.slice(1));
  await dialog.getByRole('searchbox').fill('');
  await dialog.getByRole('checkbox', { name: before[2] }).press('Alt+ArrowUp');
  const moved = [before[2], before[1], ...before.slice(3)];
  await expect.poll(() => headers(page)).toEqual(moved);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Columns' })).toBeFocused();
  await page.getByRole('form').getByRole('button', { name: 'Search' }).click();
  await resultRows(page);
  await expect.poll(() => headers(page)).toEqual(moved);
});

test('a pinned column stays while the others scroll, for mouse, keys and readers', async ({
  page
}) => {
  await search(page);
  const grid = resultGrid(page);
  await openHeaderMenu(page, 'obs_id');
  await page.getByRole('menuitem', { name: 'Pin column' }).click();
  await expect.poll(async () => (await headers(page))[0]).toBe('obs_id');
  const pinned = header(page, 'obs_id');
  const { x: left } = (await pinned.boundingBox())!;
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(async () => (await header(page, 's_ra').boundingBox())!.x)
    .toBeLessThan(left);
  expect((await pinned.boundingBox())!.x).toBeCloseTo(left, 0);

  const id = await cellText(page, 3, 'obs_id');
  await page.mouse.click(left + 10, (await rowBox(page, 3)).y + 12);
  const active = grid.locator('[role=gridcell]').filter({ hasText: id });
  await expect
    .poll(() => grid.getAttribute('aria-activedescendant'))
    .toBe(await active.getAttribute('id'));
  await expect(active).toHaveAttribute('aria-colindex', '1');
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record).toContainText(id);

  await page.keyboard.press('Alt+ArrowUp');
  await expect(pinned).toHaveAttribute('aria-sort', 'ascending');
  await pinned.click();
  await expect(pinned).toHaveAttribute('aria-sort', 'descending');
});

test('units change what is shown and copied, never the values', async ({
  page,
  context
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await search(page);
  const iso = await cellText(page, 0, 't_min');
  expect(iso).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  await openHeaderMenu(page, 't_min');
  await page.getByRole('menuitem', { name: 'Units' }).hover();
  await page.getByRole('menuitem', { name: 'MJD' }).click();
  await expect.poll(() => cellText(page, 0, 't_min')).toMatch(/^\d{5}\.\d{5}$/);
  await expect(header(page, 't_min')).toHaveAttribute('aria-label', /^t_min, MJD/);
  await resultGrid(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+c');
  const [names] = (await page.evaluate(() => navigator.clipboard.readText())).split(
    '\n'
  );
  expect(names.split('\t')).toContain('t_min (MJD)');
});

test('the menu of a row is there for the keyboard, and searches around it', async ({
  page
}) => {
  await search(page);
  const ra = await cellText(page, 0, 's_ra');
  await resultGrid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Copy row' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Search here (0.1 deg)' }).click();
  const position = page.getByRole('textbox', { name: 'Target or position' });
  await expect(position).toHaveValue(new RegExp(`^${ra.slice(0, -1)}`));
  await resultRows(page);
});

test('chosen rows go into the notebook: as a cell, as a note, and as a variable', async ({
  page
}) => {
  await openLab(page);
  await newNotebook(page);
  await searchIn(page);
  await resultGrid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await insert(page, 'Selected rows as table');
  expect(await runActiveCell(page)).toContain('obs_id');
  expect(await runCode(page, 'print(len(table), table["s_ra"].unit)')).toBe('2 deg');

  await page.getByRole('tab', { name: /^Sandbox/ }).click();
  await page.getByRole('button', { name: 'Send selection' }).click();
  const dialog = page.getByRole('dialog').filter({ hasText: 'Send selection' });
  await dialog.getByRole('textbox').fill('mine');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('tab', { name: /Untitled/ }).click();
  await expect
    .poll(() => runCode(page, 'print(len(mine), mine["s_ra"].unit)'))
    .toBe('2 deg');
});

async function search(page: Page): Promise<void> {
  await openLab(page);
  await searchIn(page);
}

async function searchIn(page: Page): Promise<void> {
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox (works offline)');
  await form.getByRole('button', { name: 'Search' }).click();
  await resultRows(page);
}

async function headers(page: Page): Promise<string[]> {
  const grid = resultGrid(page);
  await expect(grid).not.toHaveAttribute('aria-busy', 'true');
  return grid.getByRole('columnheader').allTextContents();
}

const header = (page: Page, name: string): Locator =>
  resultGrid(page)
    .getByRole('columnheader')
    .filter({ hasText: new RegExp(`^${name}$`) });

async function openHeaderMenu(page: Page, name: string): Promise<void> {
  await header(page, name).click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Hide column' })).toBeVisible();
}

async function rowBox(page: Page, row: number): Promise<{ x: number; y: number }> {
  const line = resultGrid(page).locator(`[role=row][aria-rowindex="${row + 2}"]`);
  return (await line.getByRole('gridcell').first().boundingBox())!;
}

async function insert(page: Page, flavour: string): Promise<void> {
  await page.getByRole('button', { name: 'Insert as cell' }).click();
  await page.getByRole('menuitem', { name: flavour }).click();
}
