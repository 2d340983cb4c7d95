import { expect, test } from '@playwright/test';

import { openLab, resultRows } from './lab.js';
import { search, searchOf, SERVICES, shownValues, TARGET } from './services.js';

/** The guided form: a name instead of a position, true counts, a list of targets. */

for (const { archive, skip } of SERVICES) {
  test.describe(archive, () => {
    test.beforeEach(async ({ page }) => {
      test.skip(skip !== '', skip);
      await openLab(page);
    });

    test('J2: a target by its name, then a facet with a true count', async ({
      page
    }) => {
      const asked: string[] = [];
      page.on('request', request => {
        // Jobs of earlier tests may still be asked how they are; that is no query.
        const query = new URLSearchParams(request.postData() ?? '').get('QUERY');
        if (request.url().includes('/api/gateway/') && query !== null) {
          asked.push(query);
        }
      });
      const form = await searchOf(page, archive);
      await form.getByRole('textbox', { name: 'Target or position' }).fill(TARGET);
      await form.getByRole('textbox', { name: 'Radius' }).fill('2');
      expect(asked, 'nothing is sent before a gesture').toEqual([]);
      await form.getByRole('button', { name: 'Count', exact: true }).click();
      await expect(
        form.getByText(/^NGC 1068: 40\.6\d+ −0\.01\d+ deg \(/)
      ).toBeVisible();
      const cost = form.getByRole('status', { name: 'Cost' });
      await expect(cost).toContainText(/About [\d,]+ rows|^[\d,]+ rows/);
      const facet = form.getByRole('group', { name: 'Product type' });
      const image = facet.getByRole('checkbox', { name: /^image, [\d,]+ rows?$/ });
      await expect(image).toBeVisible();
      const label = (await image.getAttribute('aria-label')) ?? '';
      const counted = Number(/, ([\d,]+) row/.exec(label)?.[1].replaceAll(',', ''));
      expect(counted).toBeGreaterThan(0);
      await expect(form.getByText('…', { exact: true })).toHaveCount(0);
      const groups = asked.flatMap(query => /GROUP BY (\S+)/.exec(query)?.[1] ?? []);
      expect(groups, 'one question for each facet').toEqual([...new Set(groups)]);
      expect(groups).toContain('dataproduct_type');

      await image.check();
      await search(form);
      expect(await resultRows(page)).toBe(counted);
      const types = await shownValues(page, 'dataproduct_type');
      expect(new Set(types)).toEqual(new Set(['image']));
    });

    test('a list of 1,000 targets goes along as a table', async ({ page }) => {
      const form = await searchOf(page, archive);
      await form.getByRole('textbox', { name: 'Radius' }).fill('0.5');
      await form.getByRole('button', { name: /^More fields/ }).click();
      await form.getByRole('button', { name: /^Use a list of targets/ }).click();
      const dialog = page.getByRole('dialog', { name: /targets/i });
      const lines = Array.from(
        { length: 999 },
        (_, index) => `empty-${index},${(index * 0.36).toFixed(4)},-85.5`
      );
      await dialog
        .getByRole('textbox')
        .first()
        .fill(['name,ra,dec', `${TARGET},40.66963,-0.01328`, ...lines].join('\n'));
      await expect(dialog).toContainText('1,000 targets');
      await dialog.getByRole('button', { name: /^Use/ }).click();
      await expect(dialog).toBeHidden();
      await expect(form).toContainText('1,000 targets');
      await search(form);
      expect(await resultRows(page)).toBeGreaterThan(0);
    });
  });
}
