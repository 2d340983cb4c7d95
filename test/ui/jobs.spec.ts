import { expect, test, type Page } from '@playwright/test';

import { SANDBOX } from './accounts.js';
import { AnotherJupyter } from './another.js';
import { jupyter } from './jupyter.mjs';
import { openLab, openSearch, reloadLab, resultRows } from './lab.js';
import { search, searchOf, SERVICES, typeAdql } from './services.js';

/** Jobs: they run at the service, and are found again whatever happens here. */

/** The Jobs section of the sidebar, unfolded. */
async function openJobs(page: Page): Promise<ReturnType<Page['getByRole']>> {
  await openSearch(page);
  const heading = page.getByRole('heading', { name: 'Jobs Section' });
  if ((await heading.getAttribute('aria-expanded')) !== 'true') {
    await heading.click();
  }
  const list = page.getByRole('list', { name: 'Jobs' });
  await expect(list).toBeVisible();
  return list;
}

for (const { archive, skip } of SERVICES) {
  test(`${archive}: a job survives a reload and is opened`, async ({ page }) => {
    test.skip(skip !== '', skip);
    await openLab(page);
    const form = await searchOf(page, archive);
    await form.getByRole('button', { name: 'Run as job' }).click();
    const job = (await openJobs(page)).getByRole('listitem', { name: archive });
    await expect(job.first()).toBeVisible();
    await reloadLab(page);
    const again = (await openJobs(page))
      .getByRole('listitem', { name: archive })
      .first();
    await expect(again).toHaveAccessibleName(
      /[\d,]+ rows|done|finished|deleted by the service/
    );
    await again.getByRole('button', { name: /^Open/ }).click();
    expect(await resultRows(page)).toBeGreaterThan(0);
  });
}

/** What a server that was started beside the first calls the services; they outlive it. */
const LASTING: Readonly<Record<string, string>> = {
  [SERVICES[0].archive]: 'Lasting'
};

for (const { archive, skip } of SERVICES) {
  test(`${archive}: a job is found again after the Jupyter server was restarted`, async ({
    page
  }) => {
    test.skip(skip !== '', skip);
    // A server is started twice, and stopped twice.
    test.slow();
    // The first search starts the sandbox, which the other server asks, too.
    await openLab(page);
    await search(await searchOf(page, archive));
    await resultRows(page);
    const other = await AnotherJupyter.start('/', {
      OBSDECK_UI_LASTING: `${SANDBOX}/tap`
    });
    const name = LASTING[archive] ?? archive;
    try {
      await page.goto(`${other.origin}/lab?token=${jupyter.token}`);
      const form = await searchOf(page, name);
      await form.getByRole('link', { name: 'Edit ADQL' }).click();
      await typeAdql(page, 'SELECT TOP 11 * FROM ivoa.ObsCore');
      await page
        .getByRole('toolbar', { name: 'Query' })
        .getByRole('button', { name: 'Run as job' })
        .click();
      await expect(
        (await openJobs(page)).getByRole('listitem', { name })
      ).toBeVisible();
      await other.restart();
      await page.goto(`${other.origin}/lab?reset&token=${jupyter.token}`);
      const job = (await openJobs(page)).getByRole('listitem', { name });
      await job.getByRole('button', { name: /^Open/ }).click();
      expect(await resultRows(page)).toBe(11);
    } finally {
      await other.stop();
    }
  });
}
