import { expect, test } from '@playwright/test';

import { chooseArchive, openLab, openSearch, resultGrid, resultRows } from './lab.js';

/** What a person reads when a service misbehaves; the archive is named before the cause. */
const BAD: readonly (readonly [string, RegExp])[] = [
  ['Fault html200', /Fault html200 sent a web page, not a table\..*maintenance/],
  ['Fault notfound', /Fault notfound: /],
  ['Fault notxml', /Fault notxml: /],
  ['Fault zerocolumns', /Fault zerocolumns: .*without columns/],
  ['Fault biglength', /Fault biglength: /],
  ['Fault error200', /Fault error200: “/],
  ['Refused', /Refused: /]
];

test('a bad answer is one readable message, and the result before it stays', async ({
  page
}) => {
  await openLab(page);
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox (works offline)');
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  const rows = await resultRows(page);
  for (const [archive, words] of BAD) {
    await test.step(archive, async () => {
      await chooseArchive(form, archive);
      await form.getByRole('button', { name: 'Search', exact: true }).click();
      const alert = page.getByRole('alert').filter({ hasText: archive });
      await expect(alert).toHaveText(words);
      await expect(resultGrid(page)).toBeVisible();
      await expect(resultGrid(page).getByRole('gridcell').first()).toBeAttached();
      await expect(
        form.getByRole('button', { name: 'Search', exact: true })
      ).toBeEnabled();
    });
  }
  expect(rows).toBeGreaterThan(0);
});

test('malformed ADQL and an unknown table are answered in the service’s words', async ({
  page
}) => {
  await openLab(page);
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox (works offline)');
  await form.getByRole('link', { name: 'Edit ADQL' }).click();
  const editor = page.getByRole('textbox', { name: 'ADQL editor' });
  for (const [adql, found, words] of [
    ['SELECT FROM WHERE', 'Something is missing behind SELECT.', /Sandbox.*: “.+”/],
    ['SELECT * FROM ivoa.nonsense', 'lists no table ‘ivoa.nonsense’', /nonsense/]
  ] as const) {
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(adql);
    // Found here before anything is sent; the service is asked because the user insists.
    await expect(page.getByRole('list', { name: 'Problems' })).toContainText(found);
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByRole('button', { name: 'Run anyway' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Sandbox' })).toHaveText(
      words
    );
  }
});

for (const fault of ['truncated', 'twovotables']) {
  test(`an answer that breaks after some rows keeps them and says so: ${fault}`, async ({
    page
  }) => {
    await openLab(page);
    const form = await openSearch(page);
    await chooseArchive(form, `Fault ${fault}`);
    await form.getByRole('button', { name: 'Search', exact: true }).click();
    const banner = page.getByRole('status').filter({ hasText: 'Partial: ' });
    await expect(banner).toHaveText(/Partial: [\d,]+ rows? arrived/);
    await expect(banner).toContainText(`Fault ${fault}: `);
    await expect(resultGrid(page).getByRole('gridcell').first()).toBeAttached();
  });
}

test('zero rows say so, and the header stays', async ({ page }) => {
  await openLab(page);
  const form = await openSearch(page);
  await chooseArchive(form, 'Fault zerorows');
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'No rows.' })).toBeVisible();
  await expect(resultGrid(page).getByRole('columnheader').first()).toBeAttached();
});

test('a cancelled search keeps the rows that arrived', async ({ page }) => {
  await openLab(page);
  const form = await openSearch(page);
  await chooseArchive(form, 'Fault slow');
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(resultGrid(page).getByRole('gridcell').first()).toBeAttached();
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(form.getByRole('button', { name: 'Search', exact: true })).toBeVisible();
  await expect(resultGrid(page).getByRole('gridcell').first()).toBeAttached();
});

test('truncation is unmistakable', async ({ page }) => {
  await openLab(page);
  const form = await openSearch(page);
  await chooseArchive(form, 'Sandbox (works offline)');
  await form.getByRole('spinbutton', { name: 'Row limit' }).fill('7');
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(
    page.getByRole('status').filter({ hasText: '7 rows shown; the service has more.' })
  ).toBeVisible();
});

for (const [what, answer, words] of [
  ['missing', { status: 404, body: 'no' }, 'The server half of Obsdeck is missing.'],
  [
    'older',
    { json: { name: 'obsdeck', version: '0.0.1', api: 0 } },
    /The server half of Obsdeck is older \(0\.0\.1\) than this page \(.+\)\./
  ]
] as const) {
  test(`a server half that is ${what} is told with the line that mends it`, async ({
    page
  }) => {
    await page.route('**/obsdeck/api/hello*', route => route.fulfill(answer));
    await openLab(page);
    await page.getByRole('tab', { name: 'Obsdeck' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The server half' });
    await expect(alert).toContainText(words);
    await expect(alert).toContainText(/pip install (--upgrade )?obsdeck/);
    await expect(alert.getByRole('button', { name: 'Copy' })).toBeVisible();
  });
}
