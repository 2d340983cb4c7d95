import { beforeEach, describe, expect, it, vi } from 'vitest';

import { writeDocument } from '../../../../src/model/document/document.js';
import { USUAL_LAYOUT } from '../../../../src/model/columnlayout.js';
import { OpenDocument } from '../../../../src/model/document/open.js';
import { QueryModel } from '../../../../src/model/query.js';
import { queriesOf } from '../../../support/forms.js';
import { archiveOf, TABLE } from '../rows.js';
import { ofAdql, ofForm } from './searches.js';

const run = vi.fn();
const test = archiveOf(run);
const archive = { ...test, discover: { ...test.discover!, form: queriesOf() } };
const here = { archive: 'test', service: TABLE.service, table: TABLE.name };
const byForm = writeDocument({ ...ofForm({ targets: [] }), ...here });
const byHand = writeDocument({ ...ofAdql('SELECT 1'), ...here });

let query: QueryModel;
let document: OpenDocument;
let edits: number;

beforeEach(() => {
  run.mockClear();
  query = new QueryModel();
  document = new OpenDocument(query, {
    archive: id => (id === 'test' ? archive : undefined),
    schemas: null
  });
  edits = 0;
  document.edited.connect(() => (edits += 1));
});

describe('OpenDocument', () => {
  it('shows the search and runs nothing', () => {
    document.read(byForm);
    expect(query.adql).toContain('204.2538');
    expect(document.problem).toBeNull();
    expect(edits).toBe(0);
    expect(run).not.toHaveBeenCalled();
  });

  it('is the text of the file, as somebody wrote it, until something is edited', () => {
    const free = JSON.stringify(JSON.parse(byHand));
    document.read(free);
    query.adql = 'SELECT 2';
    expect(edits).toBe(1);
    expect(document.text).toBe(byHand.replace('SELECT 1', 'SELECT 2'));
    query.adql = 'SELECT 1';
    expect(document.text).toBe(free);
    expect(edits).toBe(2);
  });

  it('is the form’s until it is edited by hand, and again when that is undone', () => {
    document.read(byForm);
    const { adql } = query;
    query.adql = `${adql} `;
    expect(document.search?.form).toBeNull();
    expect(document.text).toContain('"adql": [');
    query.revert();
    expect(document.text).toBe(byForm);
  });

  it('does not change by choosing as whom to ask', () => {
    document.read(byHand);
    query.setAs('me');
    expect(edits).toBe(0);
    expect(document.text).toBe(byHand);
  });

  it('holds how the columns are shown', () => {
    document.read(byHand);
    document.arrange({ ...USUAL_LAYOUT, hidden: ['s_fov'] });
    expect(edits).toBe(1);
    expect(document.text).toContain('"columns": {\n    "hidden": [\n      "s_fov"');
    query.adql = 'SELECT 2';
    expect(document.text).toContain('"s_fov"');
    document.arrange(USUAL_LAYOUT);
    query.adql = 'SELECT 1';
    expect(document.text).toBe(byHand);
  });

  it('takes what changed on disk over, and says why it cannot', () => {
    document.read(byHand);
    document.read(byHand.replace('SELECT 1', 'SELECT 3'));
    expect(query.adql).toBe('SELECT 3');
    document.read('{');
    expect(document.problem).toBe('Line 1: a name in double quotes is missing.');
    // What was on screen stays; it is not written over the broken text.
    query.adql = 'SELECT 4';
    expect(document.text).toBe('{');
    document.read(byHand);
    expect(document.problem).toBeNull();
  });

  it('says which archive is missing, and reads the text again once it came', () => {
    const known = new Map<string, typeof archive>();
    const late = new OpenDocument(query, {
      archive: id => known.get(id),
      schemas: null
    });
    late.read(byHand);
    expect(late.problem).toBe('The archive “test” of this search is not known here.');
    known.set('test', archive);
    late.read(late.text);
    expect(late.problem).toBeNull();
    expect(query.adql).toBe('SELECT 1');
  });

  it('says which form stands for no query', () => {
    document.read(byForm.replace('"0.1"', '"-1"'));
    expect(document.problem).toMatch(/radius/i);
  });
});
