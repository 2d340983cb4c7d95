import { expect, test, type Page } from '@playwright/test';

import { AnotherJupyter } from './another.js';
import {
  cellText,
  chooseArchive,
  execute,
  openLab,
  openSearch,
  resultRows
} from './lab.js';

const BASE = '/user/x/';

/** The scripts of the workers that the page starts, and what it says of doing without. */
function watch(page: Page): { scripts: string[]; warnings: string[] } {
  const seen = { scripts: [] as string[], warnings: [] as string[] };
  page.on('worker', worker => {
    // Lab's own and those of blobs are not ours.
    if (worker.url().includes('/obsdeck/')) {
      seen.scripts.push(new URL(worker.url()).pathname);
    }
  });
  page.on('console', message => {
    if (message.text().startsWith('Obsdeck reads tables on the page')) {
      seen.warnings.push(message.text());
    }
  });
  return seen;
}

/**
 * Scripts below the base URL. There may be two workers: a search that begins while the first
 * one still starts gets another.
 *
 * @param base - the base URL's path, with a slash at its end
 */
function expectOurs(scripts: readonly string[], base: string): void {
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) {
    expect(script.startsWith(`${base}lab/extensions/obsdeck/static/`)).toBe(true);
  }
}

/** Search the sandbox; answers the number of rows and a cell of the last one. */
async function search(page: Page): Promise<[number, string]> {
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox (works offline)');
  await form.getByRole('textbox', { name: 'Target or position' }).fill('55.75 -32.29');
  await form.getByRole('textbox', { name: 'Radius' }).fill('1');
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  const rows = await resultRows(page);
  expect(rows).toBeGreaterThan(0);
  return [rows, await cellText(page, 0, 'obs_publisher_did')];
}

test('tables are read in a worker, or on the page where the server forbids workers', async ({
  page
}) => {
  const seen = watch(page);
  await openLab(page);
  const found = await search(page);
  expectOurs(seen.scripts, '/');
  expect(seen.warnings).toEqual([]);
  // From here on no worker of that page can still come.
  await page.goto('about:blank');
  seen.scripts.length = 0;

  await page.route('**/lab?*', async route => {
    const response = await route.fetch();
    const headers = {
      ...response.headers(),
      'content-security-policy': "worker-src 'none'"
    };
    await route.fulfill({ response, headers });
  });
  await openLab(page);
  expect(await search(page)).toEqual(found);
  expect(await search(page)).toEqual(found);
  expect(seen.warnings).toHaveLength(1);
  expect(seen.scripts).toEqual([]);
});

test.describe('below a base URL', () => {
  let another: AnotherJupyter;

  test.beforeAll(async () => {
    another = await AnotherJupyter.start(BASE);
  });

  test.afterAll(async () => {
    await another?.stop();
  });

  test('JupyterLab reads tables in a worker', async ({ browser }) => {
    const page = await browser.newPage({ baseURL: another.origin });
    const seen = watch(page);
    await openLab(page, 'user/x/lab?reset');
    await search(page);
    expectOurs(seen.scripts, BASE);
    expect(seen.warnings).toEqual([]);
    await page.close();
  });

  test('Notebook reads tables in a worker', async ({ browser }) => {
    const page = await browser.newPage({ baseURL: another.origin });
    const seen = watch(page);
    await openLab(page, 'user/x/tree');
    await execute(page, 'obsdeck:show-sidebar');
    const form = page.getByRole('form', { name: 'Search' });
    await form.getByRole('button', { name: 'Search', exact: true }).click();
    await expect.poll(() => seen.scripts.length).toBeGreaterThan(0);
    expectOurs(seen.scripts, BASE);
    // Notebook has no place for Results tabs: the form tells that the query has ended.
    await expect(
      form.getByRole('button', { name: 'Search', exact: true })
    ).toBeEnabled();
    expect(seen.warnings).toEqual([]);
    await page.close();
  });
});
