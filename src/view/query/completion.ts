import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
  startCompletion
} from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';

import type { ICompletion, ICompletions } from '../../protocol/adql/index.js';
import type { ICompletionWords, IEditorHelp } from './types.js';

/** The list of completions as an extension of CodeMirror's editor. */
export function completionList(help: IEditorHelp): Extension {
  return [
    autocompletion({
      override: [context => answer(context, help)],
      icons: false,
      closeOnBlur: true,
      // The tables are here already, and making the list takes a few milliseconds.
      activateOnTypingDelay: 0,
      tooltipClass: () => 'jp-Obsdeck-Completion',
      optionClass: ({ type }) => `jp-mod-${type ?? 'keyword'}`
    }),
    // JupyterLab gives Tab to indentation, which is meant only where no list is open.
    Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }]))
  ];
}

/**
 * What CodeMirror shows; by itself only while a name is typed, else when it is asked for.
 * While the service is asked for its tables, the list waits for them; typing on ends that.
 */
async function answer(
  context: CompletionContext,
  help: IEditorHelp
): Promise<CompletionResult | null> {
  if (!context.explicit && !help.opensByItself()) {
    return null;
  }
  const found = listAt(context, help);
  const ready = help.ready();
  if (found !== null || ready === null) {
    return found;
  }
  await ready;
  return context.aborted ? null : listAt(context, help);
}

function listAt(
  context: CompletionContext,
  help: IEditorHelp
): CompletionResult | null {
  const { state, pos, explicit } = context;
  const found = help.complete(state.doc.toString(), pos);
  const isBegun = found !== null && (found.typed !== '' || isBehindDot(context));
  return found && (explicit || (isBegun && !isWritten(found, context)))
    ? resultOf(found, help.words)
    : null;
}

/** True where all there is to offer stands there: the list would only catch Enter. */
function isWritten(
  { from, to, items }: ICompletions,
  context: CompletionContext
): boolean {
  const written = context.state.sliceDoc(from, to);
  return items.length === 1 && items[0].insert === written;
}

function isBehindDot({ state, pos }: CompletionContext): boolean {
  return state.sliceDoc(pos - 1, pos) === '.';
}

function resultOf(found: ICompletions, words: ICompletionWords): CompletionResult {
  const { from, to, typed, items } = found;
  return {
    from,
    to,
    // They are chosen and ranked already, and anew with each letter.
    filter: false,
    options: items.map(item => optionOf(item, words)),
    getMatch: ({ label }) => {
      const at = label.toLowerCase().indexOf(typed.toLowerCase());
      return at < 0 ? [] : [at, at + typed.length];
    }
  };
}

function optionOf(item: ICompletion, words: ICompletionWords): Completion {
  return {
    label: item.label,
    detail: words.detail(item),
    type: item.kind,
    apply: (view, completion, from, to) => insert(view, completion, item, from, to),
    ...(item.kind !== 'keyword' && { info: () => describe(item, words) })
  };
}

function insert(
  view: EditorView,
  completion: Completion,
  { insert: text, back }: ICompletion,
  from: number,
  to: number
): void {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length - back },
    annotations: pickedCompletion.of(completion),
    scrollIntoView: true
  });
  if (text.endsWith('.')) {
    startCompletion(view);
  }
}

/** What is known of a name, beside the list. */
function describe(item: ICompletion, words: ICompletionWords): HTMLElement {
  const isColumn = item.kind === 'column';
  const root = document.createElement('div');
  const name = isColumn && item.of ? `${item.of}.${item.label}` : item.label;
  add(root, 'code', item.kind === 'function' ? item.type : name);
  if (item.description) {
    add(root, 'p', item.description);
  }
  if (isColumn) {
    const facts = [item.type, item.unit || words.noUnit].filter(Boolean).join('  ');
    const line = add(root, 'div', facts);
    line.className = 'jp-Obsdeck-Completion-facts';
    add(line, 'code', item.ucd);
  }
  return root;
}

function add(parent: HTMLElement, tag: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.textContent = text;
  parent.append(node);
  return node;
}
