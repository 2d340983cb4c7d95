import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Locator, type Page, test } from '@playwright/test';

import { jupyter } from './jupyter.mjs';
import { execute, openLab, reloadLab, resultGrid, resultRows } from './lab.js';
import { search, searchOf, SERVICES, TARGET } from './services.js';

/** A file of the workspace, as it is on the server's disk. */
const onDisk = (name: string): string => join(jupyter.folder, 'root', name);

/** Search around a target that all services under test know rows of. */
async function searchTarget(
  page: Page,
  archive = SERVICES[0].archive
): Promise<number> {
  const form = await searchOf(page, archive);
  await form.getByRole('textbox', { name: 'Target or position' }).fill(TARGET);
  await form.getByRole('textbox', { name: 'Radius' }).fill('1');
  await search(form);
  await expect(resultGrid(page)).toBeVisible();
  return resultRows(page);
}

/** Choose one of “More result actions”. */
async function more(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: 'More result actions' }).click();
  await page.getByRole('menuitem', { name: label }).click();
}

/** Save the search in front under a name that is free. */
async function saveAs(page: Page, name: string): Promise<void> {
  await more(page, 'Save search');
  const dialog = page.getByRole('dialog', { name: 'Save search' });
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('tab', { name: `${name}.obsq` })).toBeVisible();
}

const changes = (page: Page): Locator => page.getByRole('status', { name: 'Changes' });

/** Requests that went to an archive. */
function asked(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/obsdeck/api/gateway/')) {
      urls.push(request.headers()['x-obsdeck-url'] ?? '');
    }
  });
  return urls;
}

for (const { archive, skip } of SERVICES) {
  test(`${archive}: a search is saved as text, opens without running, and tells what has changed`, async ({
    page
  }) => {
    test.skip(skip !== '', skip);
    const name = `galaxy-${archive.split(' ')[0]}`;
    const file = `${name}.obsq`;
    await openLab(page);
    const rows = await searchTarget(page, archive);
    expect(rows).toBeGreaterThan(2);
    await saveAs(page, name);

    // The rows went over to the document, which is what the file says.
    expect(await resultRows(page)).toBe(rows);
    const text = readFileSync(onDisk(file), 'utf8');
    expect(text).toContain(`    "position": "${TARGET}",\n`);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).not.toContain('"me"');

    await execute(page, 'application:close-all');
    await openLab(page);
    const urls = asked(page);
    await page.getByRole('listitem', { name: file }).first().dblclick();
    await expect(page.getByText('Not run yet.')).toBeVisible();
    await reloadLab(page);
    await expect(page.getByRole('tab', { name: file })).toBeVisible();
    await expect(page.getByText('Not run yet.')).toBeVisible();
    expect(urls).toEqual([]);

    await execute(page, 'obsdeck:run-query');
    await expect(changes(page)).toHaveText('No earlier run to compare with.');
    expect(await resultRows(page)).toBe(rows);

    // Pretend that one row was not there at the last run, and that another one was.
    const kept = onDisk(`${file}-rows.tsv`);
    const lines = readFileSync(kept, 'utf8').split('\n');
    const last = lines[lines.length - 2];
    const other = last.replace(/^([^\t]*)/, '$1-gone');
    writeFileSync(kept, [...lines.slice(0, -2), other, ''].join('\n'));
    await execute(page, 'obsdeck:compare-search');
    await expect(changes(page)).toContainText(
      /^1 added, 1 removed, 0 released since \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/
    );
    const grid = resultGrid(page);
    await expect(grid.getByRole('columnheader', { name: /^Change/ })).toBeVisible();
  });
}

test('a broken search says where, and opens as text', async ({ page }) => {
  writeFileSync(onDisk('broken.obsq'), '{\n  "version": 1,\n<<<<<<< HEAD\n}\n');
  await openLab(page);
  await execute(page, 'docmanager:open', { path: 'broken.obsq' });
  const alert = page.getByRole('alert').filter({ hasText: 'Line 3' });
  await expect(alert).toContainText('Git left a conflict here');
  await alert.getByRole('button', { name: 'Open as text' }).click();
  await expect(page.locator('.cm-content').filter({ hasText: 'HEAD' })).toBeVisible();
});

test('an edited search is saved by the keyboard', async ({ page }) => {
  const path = 'edited.obsq';
  await openLab(page);
  await searchTarget(page);
  await saveAs(page, 'edited');
  const tab = page.getByRole('tab', { name: path });
  await expect(tab).toBeVisible();
  const editor = page.locator('.jp-Obsdeck-Document:not(.lm-mod-hidden) .cm-content');
  await page.getByRole('button', { name: /^ADQL/ }).last().click();
  await editor.last().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' AND s_fov IS NOT NULL');
  await expect(tab).toHaveClass(/jp-mod-dirty/);
  await page.keyboard.press('Control+s');
  await expect(tab).not.toHaveClass(/jp-mod-dirty/);
  await expect
    .poll(() => existsSync(onDisk(path)) && readFileSync(onDisk(path), 'utf8'))
    .toContain('s_fov IS NOT NULL');
});
