import { expect, type Page, test } from '@playwright/test';

import {
  execute,
  newNotebook,
  openLab,
  reloadLab,
  resultGrid,
  resultRows,
  runCode
} from './lab.js';
import { SERVICES } from './services.js';

/** Show rows of a service in a cell. */
const browserOf = (id: string): string => `import obsdeck
browser = obsdeck.ObsCoreBrowser(
    "${id}", "SELECT * FROM ivoa.ObsCore", maxrec=500)
browser`;

const CHOSEN = `t = browser.selection.table
print(len(browser.selection), len(t), t["s_ra"].unit, t["access_estsize"].unit,
      browser.selection.rows)`;

const COLUMNS = `t = browser.selection.table
print(len(t), t.colnames[:2])`;

/** Requests to the gateway from now on. */
function asked(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', request => {
    if (/obsdeck\/api\/gateway\//.test(request.url())) {
      urls.push(request.headers()['x-obsdeck-url'] ?? '');
    }
  });
  return urls;
}

for (const { archive, id, skip } of SERVICES) {
  test(`${archive}: a query in a cell gives its chosen rows to the notebook`, async ({
    page
  }) => {
    test.skip(skip !== '', skip);
    await openLab(page);
    await newNotebook(page);
    await runCode(page, browserOf(id));
    expect(await resultRows(page)).toBe(500);
    // The columns come to the kernel on their own, beside the rows in the page.
    await expect
      .poll(() => runCode(page, COLUMNS))
      .toMatch(/^0 \['dataproduct_type', /);

    const grid = resultGrid(page);
    await grid.scrollIntoViewIfNeeded();
    await grid.focus();
    await grid.press('Control+Home');
    await grid.press('Space');
    await grid.press('Control+ArrowDown');
    await grid.press('Control+ArrowDown');
    await grid.press('Space');
    await expect(page.getByText('2 selected')).toBeVisible();
    await expect.poll(() => runCode(page, CHOSEN)).toBe('2 2 deg kbyte (0, 2)');
    // Choosing from Python arrives in the grid, and comes back.
    await runCode(page, 'browser.selection.select([1, 3, 4])');
    await expect(page.getByText('3 selected')).toBeVisible();
    await expect.poll(() => runCode(page, CHOSEN)).toBe('3 3 deg kbyte (1, 3, 4)');
    // Showing it once more asks nobody again.
    const urls = asked(page);
    await runCode(page, 'browser');
    await expect(resultGrid(page)).toHaveCount(2);
    expect(urls.filter(url => url.includes('/sync'))).toEqual([]);
  });

  test(`${archive}: a notebook that is opened again asks nobody`, async ({ page }) => {
    test.skip(skip !== '', skip);
    await openLab(page);
    await newNotebook(page);
    await runCode(page, browserOf(id));
    expect(await resultRows(page)).toBe(500);
    await execute(page, 'docmanager:save');
    const urls = asked(page);
    await reloadLab(page);
    await expect(page.getByText('Not run yet.')).toBeVisible();
    expect(urls.filter(url => url.includes('/sync'))).toEqual([]);
    await page
      .locator('.jp-Obsdeck-Cell')
      .getByRole('button', { name: 'Run', exact: true })
      .click();
    expect(await resultRows(page)).toBe(500);
    expect(urls.filter(url => url.includes('/sync'))).toHaveLength(1);
  });
}
