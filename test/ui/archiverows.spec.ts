import { expect, test } from '@playwright/test';

import { leave, openAccounts, signInTo } from './accounts.js';
import { execute, newNotebook, openLab } from './lab.js';
import {
  cellsOf,
  chooseRows,
  fetchTicked,
  fileOnDisk,
  linkAction,
  linkItem,
  pressOn,
  readTree,
  resultAction,
  runAdql
} from './rowlinks.js';

/** From rows of ESO to files: what is particular about their links. */

const PERSON = { username: 'astronomer', password: 'sandbox-astronomer' };
const TYPED = { 'User name': PERSON.username, Password: PERSON.password };

const SCIENCE = "SELECT TOP 1 * FROM dbo.raw WHERE dp_cat = 'SCIENCE'";
const OPEN_FRAME = `${SCIENCE} AND release_date < '2026-01-01' ORDER BY dp_id`;
const RESERVED_FRAME = `${SCIENCE} AND release_date > '2040-01-01' ORDER BY dp_id`;
const REDUCED =
  "SELECT TOP 1 * FROM ivoa.ObsCore WHERE dataproduct_type = 'image' AND calib_level = 3";

test.beforeEach(async ({ page }) => {
  test.slow();
  page.setDefaultTimeout(30_000);
  await openLab(page);
  await openAccounts(page);
});

test('ESO: a raw frame with its night log and cascades, packed on disk, as a picture, in a cell', async ({
  page
}) => {
  await signInTo(page, 'Sandbox ESO', TYPED);
  await newNotebook(page);
  expect(await runAdql(page, 'Sandbox ESO', OPEN_FRAME, 'Me')).toBe(1);
  await chooseRows(page);
  await resultAction(page, 'Links').click();
  const tree = await readTree(page);
  await expect(tree).toBeFocused();
  for (const mode of ['Raw2Raw', 'Raw2Master']) {
    await expect(linkItem(tree, new RegExp(`\\(${mode}\\)`))).toBeVisible();
  }
  const packed = linkItem(tree, /\.fits\.Z, FITS/);
  const name = /^(\S+\.fits\.Z)/.exec((await packed.getAttribute('aria-label')) ?? '');

  await pressOn(tree, /NL\.txt/, 'Enter');
  await expect(page.getByRole('region', { name: /NL\.txt$/ })).toContainText(
    'NIGHT LOG'
  );

  await page.getByRole('tab', { name: /^Links: / }).click();
  await pressOn(tree, /\.fits\.Z, FITS/, 'Space');
  await fetchTicked(page, 'eso');
  const bytes = await fileOnDisk('eso', name?.[1] ?? 'no name');
  expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x9d]);

  await linkAction(page, /^Insert as cell$/).click();
  await expect.poll(() => cellsOf(page)).toContain('obsdeck.session("sandbox-eso")');

  await execute(page, 'obsdeck:quick-look', { path: `eso/${name?.[1]}` });
  await expect(page.getByRole('img', { name: /\.fits\.Z, / })).toBeVisible({
    timeout: 60_000
  });
});

test('ESO: what is reserved says so and why, and is not offered', async ({ page }) => {
  await leave(page, 'Sandbox ESO');
  expect(await runAdql(page, 'Sandbox ESO', RESERVED_FRAME, 'Anyone')).toBe(1);
  await chooseRows(page);
  await resultAction(page, 'Links').click();
  const tree = await readTree(page);
  const fault = linkItem(tree, /NotFoundFault: .* no permission to access it/);
  await expect(fault).toBeVisible();
  await expect(fault).not.toHaveAttribute('aria-checked', /./);
  await expect(linkAction(page, /^Download$/)).toBeDisabled();
  await fault.getByText('Why?').click();
  const why = page.getByRole('region', { name: 'Why can’t I see it?' });
  await expect(why).toContainText(
    'not given, or no such file; Sandbox ESO answers both alike'
  );
});

test('ESO: a cutout of a product has the fields of its descriptor and no others', async ({
  page
}) => {
  await leave(page, 'Sandbox ESO');
  await runAdql(page, 'Sandbox ESO', REDUCED, 'Anyone');
  await chooseRows(page);
  await resultAction(page, 'Links').click();
  await pressOn(await readTree(page), /^Cutout service/, 'Enter');
  const form = page.getByRole('form', { name: 'Cut out' });
  await expect(form.getByRole('textbox', { name: 'Radius' })).toBeVisible();
  await expect(form.getByRole('radio', { name: 'Polygon' })).toHaveCount(0);
  await expect(form.getByText(/BAND|TIME|POL\b/)).toHaveCount(0);
});
