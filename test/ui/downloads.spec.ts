import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Locator, type Page, test } from '@playwright/test';

import { SANDBOX } from './accounts.js';
import { AnotherJupyter } from './another.js';
import { CountingSource } from './countingsource.js';
import {
  answerPlan,
  digestOf,
  filesIn,
  manifestOf,
  MANIFEST,
  openDownloads,
  pressDownload,
  selectAll
} from './downloads.js';
import { jupyter } from './jupyter.mjs';
import { execute, openLab, reloadLab } from './lab.js';
import { search, searchOf, SERVICES } from './services.js';

/** Downloads: they go on on the Jupyter server, whatever happens to the page. */

/** Files of 200 kB to 1 MB, most of them found through links. */
const SIXTY = `SELECT TOP 60 * FROM ivoa.ObsCore
WHERE dataproduct_type IN ('image', 'cube', 'measurements') AND access_url IS NOT NULL
AND access_estsize BETWEEN 100 AND 1000 AND obs_release_date < '2026-01-01'
ORDER BY obs_publisher_did`;

const FOLDER = 'night';

test('60 files come whole and each once, over a reload of the page and a kill of the server', async ({
  page
}) => {
  // A server is started three times.
  test.setTimeout(300_000);
  const [{ archive }] = SERVICES;
  // The first search starts the sandbox, which outlives the other server.
  await openLab(page);
  await search(await searchOf(page, archive));
  await expect(page.getByRole('status', { name: 'Result status' })).toContainText(
    'rows',
    { timeout: 60_000 }
  );
  const source = await CountingSource.start(SANDBOX);
  const other = await AnotherJupyter.start('/', {
    OBSDECK_UI_LASTING: `${source.origin}/tap`
  });
  try {
    await fetchSixty(page, source, other);
    await expectWhole(source, other);
  } finally {
    await other.stop();
    await source.stop();
  }
});

const done = (page: Page): Locator =>
  page.locator('.jp-Obsdeck-Downloads-summary').getByText(/^\d+ of 60 files$/);

/** Wait until so many files are there. */
async function reach(page: Page, count: number): Promise<void> {
  await expect
    .poll(async () => Number.parseInt((await done(page).textContent()) ?? '', 10), {
      timeout: 60_000
    })
    .toBeGreaterThanOrEqual(count);
}

async function fetchSixty(
  page: Page,
  source: CountingSource,
  other: AnotherJupyter
): Promise<void> {
  await page.goto(`${other.origin}/lab?reset&token=${jupyter.token}`);
  await selectAll(page, await searchOf(page, 'Lasting'), SIXTY, 60);
  source.pace = 200_000;
  const plan = await pressDownload(page);
  await expect(plan).toHaveAccessibleName('Download 60 files');
  await expect(plan.getByRole('status')).toHaveText(/^60 files, [\d.]+ MB$/);
  await answerPlan(plan, FOLDER);
  await openDownloads(page);
  await expect(page.getByRole('progressbar', { name: 'All downloads' })).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^Downloads: \d+ of 60, [\d.]+ [kM]B\/s$/ })
  ).toBeVisible();
  await reach(page, 4);

  await reloadLab(page);
  await openDownloads(page);
  await reach(page, 8);

  const folder = join(other.root, FOLDER);
  const before = filesIn(folder).filter(({ name }) => !isPart(name));
  await other.kill();
  await page.goto(`${other.origin}/lab?reset&token=${jupyter.token}`);
  const section = await openDownloads(page);
  await expect(
    section.getByText(/^Went on after a restart, \d\d:\d\d UTC\.?$/)
  ).toBeVisible();
  // Nothing is told of what is in sight.
  await openFiles(page);
  source.pace = Infinity;
  await expect(notification(page)).toContainText(/^\d+ files are in night\./, {
    timeout: 60_000
  });
  const after = new Map(filesIn(folder).map(({ name, version }) => [name, version]));
  const kept = before.filter(({ name }) => name !== MANIFEST);
  expect(kept.length).toBeGreaterThanOrEqual(8);
  expect(kept.filter(({ name, version }) => after.get(name) !== version)).toEqual([]);
}

/** Path and query of an address. */
function pathOf(url: string): string {
  const { pathname, search: query } = new URL(url);
  return `${pathname}${query}`;
}

/** Whether a file is under a name it has only until it is whole. */
const isPart = (name: string): boolean => name.endsWith('.part');

async function expectWhole(
  source: CountingSource,
  other: AnotherJupyter
): Promise<void> {
  const folder = join(other.root, FOLDER);
  // It is written some moments after the files.
  await expect.poll(() => manifestOf(folder).length).toBe(60);
  const entries = manifestOf(folder);
  expect(
    filesIn(folder)
      .map(({ name }) => name)
      .sort()
  ).toEqual([...entries.map(({ path }) => path), MANIFEST].sort());
  for (const { path, digest, size, request } of entries) {
    const published = await fetch(`${SANDBOX}${pathOf(request.url)}`);
    const own = digestOf(readFileSync(join(folder, path)));
    expect(own, path).toBe(digestOf(new Uint8Array(await published.arrayBuffer())));
    expect([digest, size]).toEqual([
      `sha-256:${own}`,
      statSync(join(folder, path)).size
    ]);
  }
  // Only what was under way when the server was killed is asked for again.
  const paths = [...new Set(source.asked.map(({ path }) => path))];
  expect(paths).toHaveLength(60);
  const again = paths
    .map(path => source.asked.filter(one => one.path === path))
    .filter(({ length }) => length > 1);
  expect(again.length).toBeLessThanOrEqual(4);
  for (const requests of again) {
    expect(requests.map(({ isWhole }) => isWhole)).toEqual([false, true]);
  }
}

/** Show the file browser in place of Obsdeck's sidebar. */
async function openFiles(page: Page): Promise<void> {
  await execute(page, 'filebrowser:activate');
}

const notification = (page: Page): Locator => page.locator('.Toastify__toast');
