import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IResultColumn } from '../columns.js';
import type { BoundProblem } from './bounds.js';
import { type DraftChange, draftRange, type IFilterDraft } from './drafts.js';

interface IFieldsProps {
  readonly draft: IFilterDraft;
  readonly trans: TranslationBundle;
  readonly onChange: (change: DraftChange) => void;
}

/** What a text has to contain. */
export function TextFields({ draft, trans, onChange }: IFieldsProps): JSX.Element {
  return (
    <>
      <input
        type="text"
        className="jp-Obsdeck-Results-field"
        aria-label={trans.__('Text')}
        value={draft.text}
        onChange={event => onChange({ text: event.currentTarget.value })}
      />
      <label className="jp-Obsdeck-Results-check">
        <input
          type="checkbox"
          checked={draft.matchCase}
          onChange={event => onChange({ matchCase: event.currentTarget.checked })}
        />
        {trans.__('Match case')}
      </label>
    </>
  );
}

/** The two ends of a range, in the unit that the header says. */
export function RangeFields(
  props: IFieldsProps & { readonly column: IResultColumn }
): JSX.Element {
  const { draft, column, trans, onChange } = props;
  const range = draftRange(column, draft);
  const shared = { column, trans };
  return (
    <>
      <Bound
        {...shared}
        label={trans.__('From')}
        text={draft.from}
        problem={range.from}
        onChange={from => onChange({ from })}
      />
      <Bound
        {...shared}
        label={trans.__('To')}
        text={draft.until}
        problem={range.until}
        onChange={until => onChange({ until })}
      />
    </>
  );
}

function Bound(props: {
  label: string;
  text: string;
  problem: BoundProblem | null;
  column: IResultColumn;
  trans: TranslationBundle;
  onChange: (text: string) => void;
}): JSX.Element {
  const { label, text, problem, column, trans, onChange } = props;
  const id = React.useId();
  return (
    <span className="jp-Obsdeck-Results-bound">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        className="jp-Obsdeck-Results-field"
        placeholder={example(column)}
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-more`}
        onChange={event => onChange(event.currentTarget.value)}
      />
      <span id={`${id}-more`} className="jp-Obsdeck-Results-boundNote">
        <span className="jp-Obsdeck-Results-muted">{column.unitLine}</span>
        {problem && (
          <span className="jp-Obsdeck-Results-problem">
            {problemWords(trans, problem)}
          </span>
        )}
      </span>
    </span>
  );
}

/** What the field takes, where its header has no unit that would say so. */
function example({ kind }: IResultColumn): string | undefined {
  switch (kind) {
    case 'mjd':
      return '2016-09-26 03:04:09';
    case 'wavelength':
      return '656.3 nm';
    case 'size':
      return '58.6 MB';
    default:
      return undefined;
  }
}

function problemWords(trans: TranslationBundle, problem: BoundProblem): string {
  switch (problem) {
    case 'number':
      return trans.__('Not a number.');
    case 'time':
      return trans.__('Not a time. Write 2016-09-26 03:04:09 or an MJD.');
    case 'spectral':
      return trans.__('Give a number and a unit, such as 656.3 nm or 230 GHz.');
    case 'size':
      return trans.__('Give a number and a unit, such as 58.6 MB.');
    case 'order':
      return trans.__('This is less than From.');
  }
}
