import { expect, test } from '@playwright/test';

import { leave, openAccounts, signInTo } from './accounts.js';
import { openLab, resultRows } from './lab.js';
import { search, searchOf, shownValues } from './services.js';

/** J1 on raw frames: the form is that of the table, and rows appear that only some may see. */

const TYPED = { 'User name': 'astronomer', Password: 'sandbox-astronomer' };

test('J1: raw frames by their own form, as anyone and as me', async ({ page }) => {
  await openLab(page);
  await openAccounts(page);
  await leave(page, 'Sandbox ESO');
  const form = await searchOf(page, 'Sandbox ESO');
  await form.getByRole('combobox', { name: 'Table' }).selectOption('dbo.raw');
  // The form of dbo.raw, not that of ObsCore.
  await expect(form.getByText('Calibration level')).toHaveCount(0);
  await form.getByRole('spinbutton', { name: 'Row limit' }).fill('200000');
  await search(form);
  const anyone = await resultRows(page);
  expect(anyone).toBeGreaterThan(0);

  await signInTo(page, 'Sandbox ESO', TYPED);
  await form.getByRole('radio', { name: 'Me' }).check();
  await search(form);
  const footer = page.getByRole('status', { name: 'Result status' });
  await expect(footer).toContainText('as ASTRONOMER');
  expect(await resultRows(page)).toBeGreaterThan(anyone);
});

test('categories and words of raw frames are fields of the form', async ({ page }) => {
  await openLab(page);
  const form = await searchOf(page, 'Sandbox ESO');
  await form.getByRole('combobox', { name: 'Table' }).selectOption('dbo.raw');
  await form.getByRole('checkbox', { name: /^CALIB/ }).check();
  await search(form);
  expect(await resultRows(page)).toBeGreaterThan(0);
  expect(new Set(await shownValues(page, 'dp_cat'))).toEqual(new Set(['CALIB']));
});
