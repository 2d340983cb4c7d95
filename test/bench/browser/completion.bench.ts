import { expect, type Page, test } from '@playwright/test';

import { openLab } from '../../ui/lab.js';
import { openEditor, searchOf, typeAdql } from '../../ui/services.js';
import { median, record } from '../report.mjs';

/** What is typed behind `w.`, letter by letter; each letter makes a new list. */
const TYPED = 'r_flux_err';
const RUNS = 5;

test('the list of completions follows the keys, in a table of 2,000 columns', async ({
  page
}) => {
  await openLab(page);
  const form = await searchOf(page, 'Wide');
  await form.getByRole('link', { name: 'Edit ADQL' }).click();
  await openEditor(page);
  await typeAdql(page, 'SELECT w.x FROM obsdeck.wide AS w');
  // Shown once the service has told its columns.
  await expect(page.getByText('‘x’ is not a column of')).toBeVisible({
    timeout: 120_000
  });
  const runs: number[][] = [];
  for (let run = 0; run < RUNS; run++) {
    await typeAdql(page, 'SELECT w. FROM obsdeck.wide AS w');
    for (let left = ' FROM obsdeck.wide AS w'.length; left > 0; left--) {
      await page.keyboard.press('ArrowLeft');
    }
    const times: number[] = [];
    for (let typed = 1; typed <= TYPED.length; typed++) {
      times.push(await listFor(page, TYPED.slice(0, typed)));
    }
    runs.push(times);
  }
  const [first, ...later] = runs;
  record({
    bench: 'completion-page',
    columns: 2000,
    keys: TYPED.length,
    first_ms: first[0],
    median_ms: median(later.flat()),
    most_ms: Math.max(...later.flat())
  });
});

/**
 * Press the last key of what is typed; ms from the key to the end of the frame that shows the
 * list for all of it, whose options mark what was typed.
 */
async function listFor(page: Page, typed: string): Promise<number> {
  const watching = await page.evaluateHandle(text => {
    const isShown = (): boolean => {
      const marks = document.querySelectorAll(
        '.jp-Obsdeck-Completion [role=option] .cm-completionMatchedText'
      );
      return [...marks].some(({ textContent }) => textContent?.toLowerCase() === text);
    };
    const shown = (): Promise<void> =>
      new Promise(resolve => {
        const observer = new MutationObserver(() => {
          if (isShown()) {
            observer.disconnect();
            resolve();
          }
        });
        const all = { childList: true, subtree: true, characterData: true };
        observer.observe(document.body, all);
      });
    const pressed = new Promise<number>(resolve => {
      const options = { capture: true, once: true };
      document.addEventListener('keydown', key => resolve(key.timeStamp), options);
    });
    const measure = async (): Promise<number> => {
      const start = await pressed;
      await shown();
      await new Promise(resolve => requestAnimationFrame(resolve));
      return performance.now() - start;
    };
    return { measured: measure() };
  }, typed);
  await page.keyboard.type(typed.slice(-1));
  return await watching.evaluate(({ measured }) => measured);
}
