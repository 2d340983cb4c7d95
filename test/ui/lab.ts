import { expect, type Locator, type Page } from '@playwright/test';

import { jupyter } from './jupyter.mjs';

/** JupyterLab's application object, as far as the tests use it. */
interface ILabWindow {
  jupyterapp?: {
    restored: Promise<void>;
    commands: { execute(id: string, args?: object): Promise<unknown> };
  };
}

/** Open a fresh JupyterLab, signed in, with nothing restored. */
export async function openLab(page: Page, path = 'lab?reset'): Promise<void> {
  const glue = path.includes('?') ? '&' : '?';
  await page.goto(`/${path}${glue}token=${jupyter.token}`);
  await labRestored(page);
}

/** Reload the page as a user does; what was open comes back. */
export async function reloadLab(page: Page): Promise<void> {
  await page.reload();
  await labRestored(page);
}

async function labRestored(page: Page): Promise<void> {
  await page.waitForFunction(() => (window as ILabWindow).jupyterapp !== undefined);
  await page.evaluate(() => (window as ILabWindow).jupyterapp?.restored);
}

/** Run one of JupyterLab's own commands; Obsdeck's are reached by their controls. */
export async function execute(
  page: Page,
  id: string,
  args: object = {}
): Promise<void> {
  await page.evaluate(
    async ([command, options]) => {
      await (window as ILabWindow).jupyterapp?.commands.execute(
        command as string,
        options as object
      );
    },
    [id, args]
  );
}

/** Open a notebook; a new one takes the focus when it is ready, which is waited for. */
export async function newNotebook(page: Page): Promise<void> {
  await execute(page, 'notebook:create-new', { kernelName: 'python3' });
  await expect(page.locator('.jp-Notebook .cm-content:focus')).toBeVisible();
  await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible();
}

/** Show the Obsdeck sidebar. */
export async function openSidebar(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: 'Obsdeck' });
  // One that is restored draws its content later; a click would close it.
  if ((await tab.getAttribute('aria-selected')) !== 'true') {
    await tab.click();
  }
}

/** Show the search form in the sidebar. */
export async function openSearch(page: Page): Promise<Locator> {
  await openSidebar(page);
  const form = page.getByRole('form', { name: 'Search' });
  await expect(form).toBeVisible();
  return form;
}

/** Choose an archive in the form by its name. */
export async function chooseArchive(form: Locator, name: string): Promise<void> {
  await form.getByRole('combobox', { name: 'Archive' }).selectOption({ label: name });
}

/** The grid of the Results tab. */
export function resultGrid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Results' });
}

/** Wait until a search has ended well; answers the number of rows. */
export async function resultRows(page: Page): Promise<number> {
  const status = page.getByRole('status', { name: 'Result status' });
  await expect(status).toContainText(/[\d,]+ rows?, .* s/);
  const text = (await status.textContent()) ?? '';
  return Number(/([\d,]+) rows?/.exec(text)?.[1].replaceAll(',', ''));
}

/** Place of a column in the accessible grid, once that is as far as the painted one. */
export async function columnPlace(page: Page, column: string): Promise<number> {
  const grid = resultGrid(page);
  let place = -1;
  await expect(async () => {
    await expect(grid).not.toHaveAttribute('aria-busy', 'true');
    const names = await grid.getByRole('columnheader').allTextContents();
    place = names.findIndex(name => name === column || name.startsWith(`${column},`));
    expect(place, `${column} is among ${names.join(' | ')}`).toBeGreaterThanOrEqual(0);
  }).toPass({ timeout: 20_000 });
  return place;
}

/** Text of a cell of the grid, by row (from 0) and column name. */
export async function cellText(
  page: Page,
  row: number,
  column: string
): Promise<string> {
  const grid = resultGrid(page);
  const index = await columnPlace(page, column);
  const line = grid.locator(`[role=row][aria-rowindex="${row + 2}"]`);
  return ((await line.getByRole('gridcell').nth(index).textContent()) ?? '').trim();
}

/** Run code in a new last cell of the notebook in front; answers what it printed. */
export async function runCode(page: Page, code: string): Promise<string> {
  await execute(page, 'notebook:move-cursor-down');
  await execute(page, 'notebook:insert-cell-below');
  await execute(page, 'notebook:replace-selection', { text: code });
  return await runActiveCell(page);
}

/** Run the active cell of the notebook in front and wait for its end; answers its output. */
export async function runActiveCell(page: Page): Promise<string> {
  const cell = page.locator(
    '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell.jp-mod-active'
  );
  await execute(page, 'notebook:run-cell');
  await expect(cell.locator('.jp-InputPrompt')).toHaveText(/\[\d+\]/, {
    timeout: 60_000
  });
  return (
    (await cell.locator('.jp-OutputArea-output').allTextContents()).join('\n') ?? ''
  ).trim();
}
