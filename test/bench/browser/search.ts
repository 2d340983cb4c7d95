import { expect, type Page } from '@playwright/test';

import { chooseArchive, openLab, openSearch } from '../../ui/lab.js';
import { arrived, type IArrival, watch } from './watch.js';

/** Search an archive of the benchmark in a fresh JupyterLab, and wait for all rows. */
export async function search(
  page: Page,
  archive: string,
  rows: number
): Promise<IArrival> {
  await openLab(page);
  const form = await openSearch(page);
  await chooseArchive(form, archive);
  return await searchAgain(page, rows);
}

/** Search once more with the form as it stands. */
export async function searchAgain(page: Page, rows: number): Promise<IArrival> {
  const form = await openSearch(page);
  await watch(page);
  await form.getByRole('button', { name: 'Search', exact: true }).click();
  const arrival = await arrived(page);
  expect(arrival.rows, 'all rows arrived').toBe(rows);
  return arrival;
}
