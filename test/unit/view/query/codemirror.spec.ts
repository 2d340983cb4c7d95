import {
  completionStatus,
  currentCompletions,
  startCompletion
} from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  complete,
  findProblems,
  namesOf
} from '../../../../src/protocol/adql/index.js';
import {
  adqlExtensions,
  closeList,
  insertText,
  markProblems,
  selectText
} from '../../../../src/view/query/codemirror.js';
import { adqlSupport } from '../../../../src/view/query/language.js';
import type { IEditorHelp } from '../../../../src/view/query/types.js';
import { TABLES } from '../../protocol/adql/support.js';

const views: EditorView[] = [];

function view(
  doc: string,
  next: () => void = () => undefined,
  more: Partial<IEditorHelp> = {}
): EditorView {
  const help: IEditorHelp = {
    label: 'ADQL editor',
    words: { detail: () => '', noUnit: 'no unit' },
    complete: () => null,
    opensByItself: () => true,
    ready: () => null,
    nextProblem: next,
    ...more
  };
  const made = new EditorView({
    state: EditorState.create({
      doc,
      extensions: [adqlSupport(), adqlExtensions(help)]
    }),
    parent: document.body
  });
  views.push(made);
  return made;
}

afterEach(() => views.splice(0).forEach(made => made.destroy()));

describe('the ADQL editor', () => {
  it('marks problems in the text, and says what they are', () => {
    const doc = 'SELECT TOP 1 datalink FROM dbo.raw';
    const editor = view(doc);
    const context = { names: namesOf(TABLES), uploads: new Map(), capability: null };
    markProblems(editor, findProblems(doc, context));
    const mark = editor.dom.querySelector('.jp-Obsdeck-Query-mark.jp-mod-error');
    expect(mark?.textContent).toBe('datalink');
    expect(mark?.getAttribute('title')).toContain('is not a column');
    editor.dispatch({ changes: { from: 0, insert: '  ' } });
    expect(editor.dom.querySelector('.jp-Obsdeck-Query-mark')?.textContent).toBe(
      'datalink'
    );
    markProblems(editor, []);
    expect(editor.dom.querySelector('.jp-Obsdeck-Query-mark')).toBeNull();
  });

  it('bears problems of a text that is gone', () => {
    const editor = view('SELECT');
    const far = { from: 40, to: 50, line: 1, column: 41, fix: null };
    markProblems(editor, [{ ...far, severity: 'error', message: '' }]);
    selectText(editor, 40, 50);
    expect(editor.state.selection.main.from).toBe(6);
  });

  it('inserts names apart from others', () => {
    const editor = view('SELECT a FROM t');
    selectText(editor, 8, 8);
    insertText(editor, '"b c"');
    expect(editor.state.doc.toString()).toBe('SELECT a "b c" FROM t');
    selectText(editor, 7, 8);
    insertText(editor, 'x');
    expect(editor.state.doc.toString()).toBe('SELECT x "b c" FROM t');
  });

  it('names its text box, and hands F8 on', () => {
    let asked = 0;
    const editor = view('SELECT', () => (asked += 1));
    expect(editor.contentDOM.getAttribute('aria-label')).toBe('ADQL editor');
    const key = { key: 'F8', code: 'F8', keyCode: 119, bubbles: true };
    editor.contentDOM.dispatchEvent(new KeyboardEvent('keydown', key));
    expect(asked).toBe(1);
  });

  it('lets the list wait for the tables while they are read', async () => {
    let known = false;
    let tell: () => void = () => undefined;
    const ready = new Promise<void>(resolve => (tell = resolve));
    const context = { names: namesOf(TABLES), uploads: new Map(), capability: null };
    const editor = view('SELECT dp_t FROM dbo.raw', undefined, {
      complete: (text, cursor) => (known ? complete(text, cursor, context) : null),
      ready: () => (known ? null : ready)
    });
    selectText(editor, 11, 11);
    startCompletion(editor);
    expect(completionStatus(editor.state)).toBe('pending');
    known = true;
    tell();
    await vi.waitFor(() =>
      expect(currentCompletions(editor.state).map(({ label }) => label)).toEqual([
        'dp_tech',
        'dp_type'
      ])
    );
  });

  it('closes the list of completions, also while it waits', async () => {
    const context = { names: namesOf(TABLES), uploads: new Map(), capability: null };
    const editor = view('SELECT dp_t FROM dbo.raw', undefined, {
      complete: (text, cursor) => complete(text, cursor, context)
    });
    selectText(editor, 11, 11);
    startCompletion(editor);
    closeList(editor);
    expect(completionStatus(editor.state)).toBeNull();
    startCompletion(editor);
    await vi.waitFor(() => expect(completionStatus(editor.state)).toBe('active'));
    closeList(editor);
    expect(completionStatus(editor.state)).toBeNull();
  });

  it('offers nothing by itself where the only name stands there', async () => {
    const context = { names: namesOf(TABLES), uploads: new Map(), capability: null };
    const asked = vi.fn((text: string, cursor: number) =>
      complete(text, cursor, context)
    );
    const editor = view('SELECT dp_typ FROM dbo.raw', undefined, { complete: asked });
    const type = (at: number, insert: string): void =>
      editor.dispatch({
        changes: { from: at, insert },
        selection: { anchor: at + insert.length },
        userEvent: 'input.type'
      });
    type(13, 'e');
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await vi.waitFor(() => expect(completionStatus(editor.state)).toBeNull());
    startCompletion(editor);
    await vi.waitFor(() => expect(currentCompletions(editor.state)).toHaveLength(1));
  });

  it('tells names in double quotes from texts', () => {
    const { language } = adqlSupport();
    const tree = language.parser.parse(`SELECT "size", 'x' FROM t -- why`);
    expect(tree.toString()).toMatch(/Keyword,QuotedIdentifier.*String.*LineComment/);
  });
});
