import { expect, test } from '@playwright/test';

import {
  cellText,
  chooseArchive,
  newNotebook,
  openLab,
  openSearch,
  resultGrid,
  resultRows,
  runActiveCell,
  runCode
} from './lab.js';

/** Journey J2 as far as it exists: a cone, the rows, a record, a cell, the same in the kernel. */
const SERVICES = [
  {
    archive: 'Sandbox (works offline)',
    position: '55.7467 -32.2862',
    radius: '1',
    skip: ''
  },
  {
    archive: 'DaCHS',
    position: '40.66963 -0.01328',
    radius: '2',
    skip: process.env.OBSDECK_NO_DACHS ?? ''
  }
];

for (const { archive, position, radius, skip } of SERVICES) {
  test(`J2 on ${archive}: from a cone to the same rows in the kernel`, async ({
    page
  }) => {
    test.skip(skip !== '', skip);
    await openLab(page);
    await newNotebook(page);
    const form = await openSearch(page);
    await chooseArchive(form, archive);
    await form.getByRole('textbox', { name: 'Target or position' }).fill(position);
    await form.getByRole('textbox', { name: 'Radius' }).fill(radius);
    await form.getByRole('button', { name: 'Search', exact: true }).click();

    await expect(resultGrid(page)).toBeVisible();
    const rows = await resultRows(page);
    expect(rows).toBeGreaterThan(0);
    const id = await cellText(page, 0, 'obs_publisher_did');
    const ra = await cellText(page, 0, 's_ra');

    await resultGrid(page).focus();
    await page.keyboard.press('Enter');
    const record = page.getByRole('complementary', { name: 'Record' });
    await expect(record).toBeVisible();
    await expect(record).toContainText('Record 1 of');
    await expect(record).toContainText(id);

    await page
      .getByRole('toolbar', { name: 'Results' })
      .getByRole('button', { name: 'Insert as cell' })
      .click();
    await page.getByRole('menuitem', { name: 'Python (PyVO)' }).click();
    const cell = page.locator('.jp-NotebookPanel .jp-Cell.jp-mod-active');
    await expect(cell).toContainText('pyvo.dal.TAPService');
    await runActiveCell(page);

    const code = [
      `row = table[[str(x) == ${JSON.stringify(id)} for x in table['obs_publisher_did']]][0]`,
      "print(len(table), '%.4f' % row['s_ra'])"
    ].join('\n');
    expect(await runCode(page, code)).toBe(`${rows} ${ra.replace('−', '-')}`);
  });
}
