import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, type Locator, type Page } from '@playwright/test';

import { jupyter } from './jupyter.mjs';
import { openSidebar } from './lab.js';

/** Where the sandbox of the Lab under test listens. */
export const SANDBOX = `http://127.0.0.1:${process.env.OBSDECK_UI_SANDBOX_PORT ?? '18990'}`;

/** What a sign-in types, by the label of its field. */
export type Typed = Readonly<Record<string, string>>;

/** Show the Accounts section of the sidebar; answers its list. */
export async function openAccounts(page: Page): Promise<Locator> {
  await openSidebar(page);
  const list = page.getByRole('list', { name: 'Accounts' });
  await expect(list).toBeVisible();
  return list;
}

/** The row of an archive. */
export function account(page: Page, archive: string): Locator {
  return page
    .getByRole('list', { name: 'Accounts' })
    .getByRole('listitem', { name: `${archive},` });
}

/** What the row says of the time that is left. */
export function timeLeft(page: Page, archive: string): Locator {
  return account(page, archive).getByRole('timer', { name: `${archive}, time left` });
}

/** Fill the sign-in dialog, which a button has opened, and wait until it is gone. */
export async function signIn(
  page: Page,
  archive: string,
  typed: Typed,
  keep = 'Until Jupyter stops'
): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `Sign in to ${archive}` });
  // The dialog takes the focus to its first field; until then typing would go astray.
  await expect(dialog.locator('input:focus')).toBeVisible();
  for (const [label, text] of Object.entries(typed)) {
    await dialog.getByLabel(label, { exact: true }).fill(text);
  }
  await dialog.getByRole('radio', { name: keep }).check();
  await page.keyboard.press('Enter');
  // The first question starts the sandbox, which takes its time on a busy machine.
  await expect(dialog).toBeHidden({ timeout: 60_000 });
}

/** Sign in by the button of a row, as someone else where one is signed in. */
export async function signInTo(
  page: Page,
  archive: string,
  typed: Typed
): Promise<void> {
  await leave(page, archive);
  await account(page, archive)
    .getByRole('button', { name: `Sign in to ${archive}` })
    .click();
  await signIn(page, archive, typed);
}

/** Sign out, or forget what has run out: tests share one server. */
export async function leave(page: Page, archive: string): Promise<void> {
  const row = account(page, archive);
  const isFree = row.getByRole('button', { name: `Sign in to ${archive}` });
  if ((await isFree.count()) === 0) {
    await row.getByRole('button', { name: `More about ${archive}` }).click();
    await page.getByRole('menuitem', { name: 'Forget' }).click();
  }
  await expect(isFree).toBeVisible();
}

/** Get a token or key from a page of the sandbox, as its users do. */
export async function fetchToken(
  path: string,
  fields: Readonly<Record<string, string>>
): Promise<string> {
  const answer = await fetch(`${SANDBOX}${path}`, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(fields)
  });
  return ((await answer.json()) as { token: string }).token;
}

/**
 * Every secret in use, as any program of the same user can learn them: what the page, logs
 * and files are searched for.
 */
export async function secretsInUse(): Promise<readonly string[]> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout } = await promisify(execFile)(
    join(root, '.venv/bin/python'),
    [join(root, 'test/ui/secrets_in_use.py')],
    {
      env: {
        ...process.env,
        JUPYTER_DATA_DIR: join(jupyter.folder, 'jupyter_data_dir'),
        JUPYTER_RUNTIME_DIR: join(jupyter.folder, 'jupyter_runtime_dir')
      }
    }
  );
  return JSON.parse(stdout) as string[];
}
