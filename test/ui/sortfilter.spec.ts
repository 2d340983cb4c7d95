import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';

import {
  cellText,
  chooseArchive,
  columnPlace,
  execute,
  openLab,
  openSearch,
  resultGrid,
  resultRows
} from './lab.js';

/** Sorting and filtering what a search found, by mouse and by keyboard. */

test('headers sort, and the selection and the record stay with their row', async ({
  page
}) => {
  const rows = await search(page);
  const header = columnHeader(page, 'calib_level');
  const id = await cellText(page, 2, 'obs_publisher_did');
  await (await cell(page, 2, 'obs_id')).click();
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record).toContainText(`Record 3 of ${rows.toLocaleString('en-US')}`);

  await header.click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expectSorted(page, 'calib_level', 1);
  await header.click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expectSorted(page, 'calib_level', -1);
  await expect(record).toContainText(`Record 3 of`);
  await expect(record).toContainText(id);
  const chosen = resultGrid(page).locator('[role=row][aria-selected=true]');
  await expect(chosen).toHaveCount(1);
  await expect(chosen).toContainText(id);

  await header.click();
  await expect(header).not.toHaveAttribute('aria-sort', /./);
  await expect.poll(() => cellText(page, 2, 'obs_publisher_did')).toBe(id);
});

test('the keyboard sorts by several columns, and takes it back', async ({ page }) => {
  await search(page);
  const grid = resultGrid(page);
  await grid.focus();
  await page.keyboard.press('Home');
  const name = await grid.getByRole('columnheader').first().textContent();
  await page.keyboard.press('Alt+ArrowDown');
  const first = columnHeader(page, name ?? '');
  await expect(first).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByText(`Sorted by ${name}, descending`)).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+Shift+ArrowUp');
  const second = grid.getByRole('columnheader').nth(1);
  await expect(second).toHaveAttribute('aria-label', /sorted ascending, key 2$/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(first).not.toHaveAttribute('aria-sort', /./);
  await expect(page.getByText('In order of arrival')).toBeAttached();
});

test('filters by text, range and values narrow the rows, and clear', async ({
  page
}) => {
  const rows = await search(page);
  const line = await openFilters(page);
  const filter = line.getByRole('group', { name: /^Filter 1/ });

  await filter.getByRole('combobox', { name: 'Column' }).selectOption('obs_id (text)');
  await filter.getByRole('textbox', { name: 'Text' }).fill('no such observation');
  await expect(page.getByText('No row passes the filters.')).toBeVisible();
  await expect(status(page)).toContainText(`0 of ${rows.toLocaleString('en-US')} rows`);
  const note = page.getByRole('status').filter({ hasText: 'No row passes' });
  await note.getByRole('button', { name: 'Clear all' }).click();
  await expect(status(page)).not.toContainText(/ of /);

  const ra = Number(await cellText(page, 0, 's_ra'));
  await line.getByRole('button', { name: 'Add filter' }).click();
  await filter.getByRole('combobox', { name: 'Column' }).selectOption('s_ra (deg)');
  await filter.getByLabel('From').fill('abc');
  await expect(filter.getByText('Not a number.')).toBeVisible();
  await expect(status(page)).not.toContainText(/ of /);
  await filter.getByLabel('From').fill(String(ra - 0.01));
  await filter.getByLabel('To').fill(String(ra + 0.01));
  await expect(status(page)).toContainText(/ of /);
  expect(Math.abs(Number(await cellText(page, 0, 's_ra')) - ra)).toBeLessThan(0.011);
  await filter.getByRole('button', { name: 'Remove filter by s_ra' }).click();
  await expect(status(page)).not.toContainText(/ of /);

  await line.getByRole('button', { name: 'Add filter' }).click();
  await filter.getByRole('combobox', { name: 'Column' }).selectOption('calib_level');
  await filter
    .getByRole('combobox', { name: 'Condition' })
    .selectOption({ label: 'is one of' });
  const values = filter.getByRole('group', { name: 'Values of calib_level' });
  const value = values.getByRole('checkbox').first();
  const [level, count] = ((await values.locator('label').first().textContent()) ?? '')
    .trim()
    .split(/\s+/);
  await value.check();
  await expect(status(page)).toContainText(`${count} of`);
  expect(await cellText(page, 0, 'calib_level')).toBe(level);
});

test('what filters hide stays selected, but is not given out', async ({ page }) => {
  await search(page);
  await (await cell(page, 0, 'obs_id')).click();
  const second = await cell(page, 1, 'obs_id');
  await second.click({ modifiers: ['ControlOrMeta'] });
  await expect(status(page)).toContainText('2 selected');
  const did = await cellText(page, 1, 'obs_publisher_did');
  const line = await openFilters(page);
  const filter = line.getByRole('group', { name: /^Filter 1/ });
  await filter
    .getByRole('combobox', { name: 'Column' })
    .selectOption('obs_publisher_did (text)');
  await filter.getByRole('textbox', { name: 'Text' }).fill(did);
  await expect(status(page)).toContainText('1 selected, 1 more hidden by filters');
  await line.getByRole('button', { name: 'Clear all' }).click();
  await expect(status(page)).toContainText('2 selected');
  await expect(status(page)).not.toContainText('hidden');
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
  test(`no accessibility violation of the filter line in ${theme}`, async ({
    page
  }) => {
    await openLab(page);
    await execute(page, 'apputils:change-theme', { theme });
    await page.waitForFunction(
      name => document.body.dataset.jpThemeName === name,
      theme
    );
    await searchSandbox(page);
    await columnHeader(page, 's_ra').click();
    const line = await openFilters(page);
    const filter = line.getByRole('group', { name: /^Filter 1/ });
    await filter.getByRole('combobox', { name: 'Column' }).selectOption('s_ra (deg)');
    await filter.getByLabel('From').fill('abc');
    await expect(filter.getByText('Not a number.')).toBeVisible();
    await line.getByRole('button', { name: 'Add filter' }).click();
    const { violations } = await new AxeBuilder({ page })
      .include('.jp-Obsdeck-Results')
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      // JupyterLab's own toolbar button says aria-pressed on an element without a role.
      .exclude('jp-button')
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  });
}

/** Search the sandbox from a fresh page; answers the number of rows. */
async function search(page: Page): Promise<number> {
  await openLab(page);
  return await searchSandbox(page);
}

async function searchSandbox(page: Page): Promise<number> {
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox (works offline)');
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  return await resultRows(page);
}

async function openFilters(page: Page): Promise<Locator> {
  await page
    .getByRole('toolbar', { name: 'Results' })
    .getByRole('button', { name: 'Filter' })
    .click();
  const line = page.getByRole('group', { name: 'Filters', exact: true });
  await expect(line).toBeVisible();
  return line;
}

function columnHeader(page: Page, name: string): Locator {
  return resultGrid(page).getByRole('columnheader').filter({ hasText: name }).first();
}

/** A cell by row, counted from 0, and column name. */
async function cell(page: Page, row: number, column: string): Promise<Locator> {
  const index = await columnIndex(page, column);
  return resultGrid(page).locator(
    `[role=row][aria-rowindex="${row + 2}"] [role=gridcell][aria-colindex="${index}"]`
  );
}

function status(page: Page): Locator {
  return page.getByRole('status', { name: 'Result status' });
}

/** The visible rows ascend (1) or descend (-1) by a column of numbers. */
async function expectSorted(page: Page, column: string, sign: 1 | -1): Promise<void> {
  await expect
    .poll(async () => {
      const shown = await visibleNumbers(page, column);
      return shown.every((value, n) => n === 0 || sign * (value - shown[n - 1]) >= 0);
    })
    .toBe(true);
}

async function visibleNumbers(page: Page, column: string): Promise<number[]> {
  const index = await columnIndex(page, column);
  const cells = resultGrid(page).locator(
    `[role=row] [role=gridcell][aria-colindex="${index}"]`
  );
  return (await cells.allTextContents()).map(text => Number(text.replace('−', '-')));
}

/** Place of a column, counted from 1. */
async function columnIndex(page: Page, column: string): Promise<number> {
  return (await columnPlace(page, column)) + 1;
}
