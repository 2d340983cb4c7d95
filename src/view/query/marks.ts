import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

import type { IProblem } from '../../protocol/adql/index.js';

/** Says which places of the text are marked from now on. */
export const setProblems = StateEffect.define<readonly IProblem[]>();

/** Problems as lines below the words; they move with the text until it is checked again. */
export const problemMarks: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setProblems)) {
        now = marksOf(effect.value, transaction.newDoc.length);
      }
    }
    return now;
  },
  provide: field => EditorView.decorations.from(field)
});

/** @param length - of the text, which may be shorter by now than what was checked */
function marksOf(problems: readonly IProblem[], length: number): DecorationSet {
  const marks = problems
    .filter(({ from, to }) => from < to && to <= length)
    .map(({ from, to, severity, message }) =>
      Decoration.mark({
        class: `jp-Obsdeck-Query-mark jp-mod-${severity}`,
        attributes: { title: message }
      }).range(from, to)
    );
  return Decoration.set(marks, true);
}
