import { join } from 'node:path';

import { expect, type Locator, type Page, test } from '@playwright/test';

import { openAccounts, SANDBOX, signIn, signInTo, timeLeft } from './accounts.js';
import {
  answerPlan,
  download,
  filesIn,
  MANIFEST,
  openDownloads,
  pasteAddresses,
  pressDownload,
  selectAll,
  unfold
} from './downloads.js';
import { jupyter } from './jupyter.mjs';
import { openLab } from './lab.js';
import { search, searchOf, SERVICES } from './services.js';

/** Downloads: what they say, and what can be done with them. */

const [{ archive: ARCHIVE }] = SERVICES;

/** Names of what is in a folder of Jupyter’s root, sorted. */
const namesIn = (folder: string): string[] =>
  filesIn(join(jupyter.folder, 'root', folder))
    .map(({ name }) => name)
    .sort();

/** An address of the sandbox’s files that behave in some way. */
const fault = (how: string, name: string): string =>
  `${SANDBOX}/faults/files/${how}/${name}`;

const numbered = (number: number): string => `file-${number}.fits`;

/** Names of the files of a list, as they stand there. */
async function order(list: Locator): Promise<string[]> {
  const labels = await list
    .getByRole('listitem')
    .evaluateAll(items => items.map(item => item.getAttribute('aria-label') ?? ''));
  return labels.map(label => label.split(',')[0]);
}

/** Tests share one queue. */
async function emptyQueue(page: Page): Promise<Locator> {
  const section = await openDownloads(page);
  await page.getByRole('button', { name: 'More download actions' }).click();
  const clear = page.getByRole('menuitem', { name: 'Clear done' });
  if ((await clear.getAttribute('aria-disabled')) === 'true') {
    await page.keyboard.press('Escape');
  } else {
    await clear.click();
  }
  await expect(section).toContainText(
    'No downloads. Choose files in Links or in a calibration cascade.'
  );
  return section;
}

test('a pasted list is held, put in order, paused, resumed and cancelled by keyboard', async ({
  page
}) => {
  test.slow();
  await openLab(page);
  await search(await searchOf(page, ARCHIVE));
  const section = await emptyQueue(page);
  const slow = (number: number): string =>
    fault(`plain,SIZE=600000,RATE=60000,SEED=${number}`, numbered(number));
  const plan = await pasteAddresses(page, ARCHIVE, [
    ...[1, 2, 3, 4, 5, 6, 7].map(slow),
    fault('page', 'page.fits')
  ]);
  await expect(plan.getByRole('status')).toHaveText('8 files, size not given');
  await answerPlan(plan, 'pasted', 'Add without starting');

  await expect(section).toContainText('8 files');
  const waiting = await unfold(section, 'Waiting');
  const seventh = section.getByRole('button', { name: `Cancel ${numbered(7)}` });
  await seventh.focus();
  for (const place of [5, 4, 3]) {
    await page.keyboard.press('Alt+ArrowUp');
    await expect
      .poll(async () => (await order(waiting)).indexOf(numbered(7)))
      .toBe(place);
    await expect(seventh).toBeFocused();
  }
  await section.getByRole('button', { name: `Cancel ${numbered(6)}` }).press('Enter');
  await expect(download(page, numbered(6))).toHaveCount(0);
  await section.getByRole('button', { name: 'Start downloads' }).press('Enter');

  await expect(download(page, `${numbered(1)}, Downloading`)).toBeVisible();
  await expect(download(page, `${numbered(7)}, Downloading`)).toBeVisible();
  await section.getByRole('button', { name: `Pause ${numbered(1)}` }).press('Enter');
  await expect(download(page, `${numbered(1)}, Paused`)).toBeVisible();
  await section.getByRole('button', { name: `Resume ${numbered(1)}` }).press('Enter');
  await expect(download(page, `${numbered(1)}, Paused`)).toHaveCount(0);

  await page.getByRole('button', { name: 'Pause all' }).press('Enter');
  await expect(
    page.getByRole('button', { name: /^Downloads: \d of 7, paused$/ })
  ).toBeVisible();
  await expect(section.getByText('paused', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Resume all' }).press('Enter');
  const problem = download(page, 'page.fits, Not the file');
  await expect(problem).toContainText(
    'A web page came instead of the file. Nothing was saved.',
    { timeout: 60_000 }
  );
  await expect(section.getByText('6 of 7 files')).toBeVisible({ timeout: 60_000 });
  await section.getByRole('button', { name: 'Cancel page.fits' }).press('Enter');
  await expect(section.getByText('6 of 6 files')).toBeVisible();
  expect(namesIn('pasted')).toEqual(
    [...[1, 2, 3, 4, 5, 7].map(numbered), MANIFEST].sort()
  );
  await emptyQueue(page);
});

test('what does not fit is said before anything is fetched', async ({ page }) => {
  await openLab(page);
  await selectAll(
    page,
    await searchOf(page, ARCHIVE),
    `SELECT TOP 2 obs_publisher_did, access_url, access_format,
900000000000 AS access_estsize FROM ivoa.ObsCore WHERE access_format = 'application/fits'`,
    2
  );
  const plan = await pressDownload(page);
  await expect(plan.getByRole('alert')).toContainText(
    /^1[.,]8 (PB|EB) are wanted, [\d.]+ [MGT]B are free in [^.]+\./
  );
  await expect(
    plan.getByRole('button', { name: 'Choose another folder' })
  ).toBeVisible();
});

test('a sign-in that runs out in the middle stops the queue, and the next one goes on with it', async ({
  page
}) => {
  test.slow();
  await openLab(page);
  await openAccounts(page);
  await signInTo(page, 'Sandbox ESO', {
    'User name': 'expires-40',
    Password: 'sandbox-expires'
  });
  const section = await emptyQueue(page);
  const frames = (side: string): string =>
    `SELECT TOP 3 * FROM dbo.raw WHERE release_date > '2027-01-01' AND prog_id LIKE '%.A-%'
AND dp_cat = 'SCIENCE' ORDER BY dp_id ${side}`;
  const form = await searchOf(page, 'Sandbox ESO');
  await selectAll(page, form, frames('ASC'), 3);
  await answerPlan(await pressDownload(page), 'mine');
  await openDownloads(page);
  await expect(section.getByText('3 of 3 files')).toBeVisible();
  await selectAll(page, form, frames('DESC'), 3);
  await answerPlan(await pressDownload(page), 'mine', 'Add without starting');
  await openAccounts(page);
  await expect(timeLeft(page, 'Sandbox ESO')).toHaveText(/^expired/, {
    timeout: 60_000
  });
  await section.getByRole('button', { name: 'Start downloads' }).click();
  const notice = section.getByRole('alert');
  await expect(notice).toContainText(
    /The Sandbox ESO sign-in ran out at \d\d:\d\d UTC\. Finished files are safe\./
  );
  expect(namesIn('mine')).toHaveLength(4);
  await notice.getByRole('button', { name: 'Sign in and go on' }).click();
  await signIn(page, 'Sandbox ESO', {
    'User name': 'astronomer',
    Password: 'sandbox-astronomer'
  });
  await expect(section.getByText('6 of 6 files')).toBeVisible();
  expect(namesIn('mine')).toHaveLength(7);
  await emptyQueue(page);
});
