import { expect, test } from '@playwright/test';

import { openLab, resultRows } from './lab.js';
import { openEditor, search, searchOf, SERVICES, typeAdql } from './services.js';

/** Writing ADQL: completion from the service's own schema, problems before sending, the tree. */

for (const { archive, skip } of SERVICES) {
  test.describe(archive, () => {
    test.beforeEach(async ({ page }) => {
      test.skip(skip !== '', skip);
      await openLab(page);
    });

    test('J2: ADQL with completion, a problem mended, then run', async ({ page }) => {
      const form = await searchOf(page, archive);
      await form.getByRole('link', { name: 'Edit ADQL' }).click();
      const editor = await openEditor(page);
      await typeAdql(page, 'SELECT TOP 7 o.calib_levle FROM ivoa.ObsCore AS o');
      const problems = page.getByRole('list', { name: 'Problems' });
      // The first question starts the sandbox, which takes its time on a busy machine.
      await expect(problems).toContainText('‘calib_levle’ is not a column of', {
        timeout: 60_000
      });
      await problems
        .getByRole('button', { name: /^Replace/ })
        .first()
        .click();
      await expect(editor).toContainText('o.calib_level FROM');

      await typeAdql(page, 'SELECT TOP 7 o.obs_publisher_did FROM ivoa.ObsCore AS o');
      for (let left = ' FROM ivoa.ObsCore AS o'.length; left > 0; left--) {
        await page.keyboard.press('ArrowLeft');
      }
      await page.keyboard.type(', o.acc');
      const list = page.getByRole('listbox');
      const option = list.getByRole('option', { name: /access_estsize/ });
      await expect(option).toBeVisible();
      await option.click();
      await expect(editor).toContainText('o.access_estsize');
      await expect(page.getByText('is not a column of')).toHaveCount(0);
      await page.keyboard.press('ControlOrMeta+Enter');
      expect(await resultRows(page)).toBe(7);
    });

    test('the schema tree is searched, and a name goes into the query', async ({
      page
    }) => {
      const form = await searchOf(page, archive);
      await search(form);
      await resultRows(page);
      await typeAdql(page, 'SELECT TOP 3 ');
      await page.keyboard.press('ControlOrMeta+Shift+C');
      await page
        .getByRole('textbox', { name: /^Command Palette/i })
        .or(page.locator('.lm-CommandPalette-input'))
        .first()
        .fill('Browse schema');
      await page.keyboard.press('Enter');
      const tree = page.getByRole('tree', { name: 'Schema' });
      await expect(tree).toBeVisible();
      await page
        .getByRole('searchbox', { name: 'Search names and descriptions' })
        .fill('s_fov');
      const item = tree.getByRole('treeitem', { name: /^s_fov/ }).first();
      await item.dblclick();
      await expect(await openEditor(page)).toContainText('SELECT TOP 3 s_fov');
    });
  });
}
