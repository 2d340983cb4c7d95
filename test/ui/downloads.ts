import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import { execute, openSidebar, resultGrid } from './lab.js';
import { typeAdql } from './services.js';

/** File that tells what is in a folder of downloads. */
export const MANIFEST = 'obsdeck-manifest.json';

/** Show the Downloads section of the sidebar, and nothing below it folded. */
export async function openDownloads(page: Page): Promise<Locator> {
  await openSidebar(page);
  const heading = page.getByRole('heading', { name: 'Downloads Section' });
  await expect(heading).toBeVisible();
  if ((await heading.getAttribute('aria-expanded')) !== 'true') {
    await heading.click();
  }
  const section = page.locator('.jp-Obsdeck-Downloads');
  await expect(section).toBeVisible();
  return section;
}

/** A file of the section. */
export function download(page: Page, name: string | RegExp): Locator {
  return page.locator('.jp-Obsdeck-Downloads').getByRole('listitem', { name });
}

/** Fold or unfold a group of the section. */
export async function unfold(section: Locator, group: string): Promise<Locator> {
  const title = section.getByRole('button', { name: new RegExp(`^${group} \\(`) });
  if ((await title.getAttribute('aria-expanded')) !== 'true') {
    await title.click();
  }
  return section.getByRole('list', { name: new RegExp(`^${group} \\(`) });
}

/** Ask with ADQL in the Results tab of an archive, and select all that comes. */
export async function selectAll(
  page: Page,
  form: Locator,
  adql: string,
  rows: number
): Promise<void> {
  await form.getByRole('link', { name: 'Edit ADQL' }).click();
  await typeAdql(page, adql);
  await page
    .getByRole('toolbar', { name: 'Query' })
    .getByRole('button', { name: 'Run', exact: true })
    .click();
  const status = page.getByRole('status', { name: 'Result status' });
  await expect(status).toContainText(`${rows} rows`, { timeout: 60_000 });
  const grid = resultGrid(page);
  await grid.focus();
  await grid.press('ControlOrMeta+A');
  await expect(status).toContainText(`${rows} selected`);
}

/** Press “Download” above the rows; answers the dialog. */
export async function pressDownload(page: Page): Promise<Locator> {
  await page
    .getByRole('toolbar', { name: 'Results' })
    .getByRole('button', { name: 'Download', exact: true })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Download \d+ files?$/ });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Paste addresses, and answer the dialog that follows. */
export async function pasteAddresses(
  page: Page,
  archive: string,
  addresses: readonly string[]
): Promise<Locator> {
  await execute(page, 'obsdeck:show-section', { section: 'downloads' });
  await page.getByRole('button', { name: 'More download actions' }).click();
  await page.getByRole('menuitem', { name: 'Add addresses …' }).click();
  const dialog = page.getByRole('dialog').filter({ hasText: 'Addresses, one a line' });
  await dialog.getByLabel('Archive').selectOption({ label: archive });
  await dialog.getByLabel('Addresses, one a line').fill(addresses.join('\n'));
  await expect(dialog.getByRole('status')).toHaveText(
    new RegExp(`^${addresses.length} address(es)?$`)
  );
  await dialog.getByRole('button', { name: 'Continue' }).click();
  const plan = page.getByRole('dialog', { name: /^Download \d+ files?$/ });
  await expect(plan).toBeVisible();
  return plan;
}

/** Say where files go, and add them; `how` is the button. */
export async function answerPlan(
  plan: Locator,
  folder: string,
  how = 'Download'
): Promise<void> {
  await plan.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await expect(plan.getByText(`free in ${folder}`)).toBeVisible();
  await plan.getByRole('button', { name: how, exact: true }).click();
  await expect(plan).toBeHidden();
}

/** A file on disk. */
export interface IFileOnDisk {
  readonly name: string;
  /** Changes where the file was written again. */
  readonly version: string;
}

/** All that is in a folder, hidden files and partial ones included. */
export function filesIn(folder: string): IFileOnDisk[] {
  return readdirSync(folder).map(name => {
    const { ino, mtimeMs } = statSync(join(folder, name));
    return { name, version: `${ino} ${mtimeMs}` };
  });
}

/** SHA-256, hexadecimal. */
export function digestOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What a manifest says of a file. */
export interface IManifestEntry {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
  readonly request: { readonly url: string; readonly [member: string]: unknown };
}

/** The files that the manifest of a folder names. */
export function manifestOf(folder: string): readonly IManifestEntry[] {
  const text = readFileSync(join(folder, MANIFEST), 'utf8');
  return (JSON.parse(text) as { files: IManifestEntry[] }).files;
}
