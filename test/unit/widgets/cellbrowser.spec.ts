import { beforeEach, describe, expect, it } from 'vitest';

import { CellBrowser } from '../../../src/widgets/cellbrowser.js';
import type { ICellQuery } from '../../../src/widgets/cellquery.js';
import { settled } from '../../support/settled.js';
import { FakePage } from './page.js';

const QUERY: ICellQuery = { archive: 'test', table: '', adql: 'SELECT 1', maxrec: 5 };

let page: FakePage;
let asked: ICellQuery;
let browser: CellBrowser;

beforeEach(async () => {
  page = new FakePage();
  asked = QUERY;
  browser = new CellBrowser(page, () => asked);
  await settled();
});

describe('a query in a cell', () => {
  it('asks nobody when it is shown without a cell that was executed', async () => {
    browser.show();
    browser.show();
    await settled();
    expect(page.asked).toEqual([]);
    expect(browser.query.adql).toBe('SELECT 1');
    expect(browser.query.result.state).toBe('idle');
  });

  it('asks nobody for a cell that is not shown', async () => {
    browser.takeRun(1);
    await settled();
    expect(page.asked).toEqual([]);
    browser.show();
    await settled();
    expect(page.asked).toEqual(['SELECT 1']);
  });

  it('asks once for a run, however often it is told and shown', async () => {
    browser.takeRun(1);
    browser.show();
    browser.takeRun(1);
    browser.show();
    await settled();
    expect(page.asked).toHaveLength(1);
    browser.takeRun(2);
    await settled();
    expect(page.asked).toHaveLength(2);
  });

  it('waits for the archives', async () => {
    page = new FakePage();
    browser = new CellBrowser(page, () => asked);
    browser.takeRun(1);
    browser.show();
    expect(page.asked).toEqual([]);
    await settled();
    expect(page.asked).toEqual(['SELECT 1']);
  });

  it('takes another query over without asking', async () => {
    browser.show();
    asked = { ...QUERY, adql: 'SELECT 2' };
    browser.open();
    await settled();
    expect(browser.query.adql).toBe('SELECT 2');
    expect(page.asked).toEqual([]);
  });

  it('never asks in the user’s name because code says so', async () => {
    browser.show();
    browser.query.setAs('me');
    browser.takeRun(1);
    await settled();
    expect(page.as).toEqual([undefined]);
  });

  it('ends the query with the last view', async () => {
    let open = (): void => undefined;
    page.gate = new Promise(resolve => (open = resolve));
    const [first, second] = [browser.show(), browser.show()];
    browser.takeRun(1);
    await settled();
    first.dispose();
    expect(browser.query.result.state).toBe('loading');
    second.dispose();
    open();
    await settled();
    expect(page.aborted).toEqual([true]);
  });

  it('tells which archive or table is missing, until it is there', async () => {
    const known = page.known;
    page.known = [];
    browser.open();
    expect(browser.problem).toBe('no archive test');
    page.known = known;
    page.archivesChanged.emit();
    expect(browser.problem).toBeNull();
    asked = { ...QUERY, table: 'dbo.none' };
    browser.open();
    expect(browser.problem).toBe('Test archive has no dbo.none');
    page.known = [{ definition: known[0].definition }];
    browser.open();
    expect(browser.problem).toBe('Test archive has no tables');
  });

  it('asks for all rows of the first table, as many as usual, where nothing else is said', () => {
    asked = { archive: 'test', table: '', adql: ' ', maxrec: 0 };
    browser.open();
    const { request } = browser.query;
    expect(request?.query).toEqual({
      adql: 'SELECT * FROM ivoa.ObsCore',
      maxrec: 1000
    });
    expect(request?.as).toBeUndefined();
  });

  it('does nothing any more once it is gone', async () => {
    browser.dispose();
    browser.open();
    page.archivesChanged.emit();
    await settled();
    expect(page.asked).toEqual([]);
  });
});
