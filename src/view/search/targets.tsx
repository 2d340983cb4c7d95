import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { TargetList } from '../../model/targetlist.js';
import { describeError } from '../../protocol/errors.js';
import type { ITargetLine } from '../../protocol/targets.js';
import { formatCount } from '../shared/format.js';

/** Lines that were not understood are shown so far; more are counted. */
const SHOWN = 8;

/** Three ways to write a target; data, not words. */
const EXAMPLE = 'M 83\nNGC 1365, 53.4015, -36.1404\n13:37:00.9 -29:51:57';

/** Properties of {@link TargetsForm}. */
export interface ITargetsFormProps {
  readonly list: TargetList;
  readonly hasResolver: boolean;
  readonly trans: TranslationBundle;
  /** The text was typed into. */
  onText(text: string): void;
  /** Look up what could not be looked up. */
  onAgain(): void;
  /** Choose a file of the workspace; missing where there is none to choose from. */
  onFile?(): void;
}

/** Body of the dialog: the list as text, what was read of it, and what was not. */
export function TargetsForm(props: ITargetsFormProps): JSX.Element {
  const { list, trans, onFile } = props;
  const id = React.useId();
  const isBad = list.lines.problems.length > 0 || list.error !== null;
  return (
    <div className="jp-Obsdeck-Targets">
      <label htmlFor={id}>{trans.__('Targets, one a line')}</label>
      <textarea
        id={id}
        rows={10}
        spellCheck={false}
        value={list.text}
        placeholder={EXAMPLE}
        aria-describedby={`${id}-read`}
        aria-invalid={isBad || undefined}
        onChange={event => props.onText(event.target.value)}
      />
      <div className="jp-Obsdeck-Targets-source">
        <span className="jp-Obsdeck-Search-hint">
          {trans.__('Paste names, positions or a table (CSV) with ra and dec.')}
        </span>
        {onFile && (
          <button
            type="button"
            className="jp-Obsdeck-Search-secondary"
            onClick={() => onFile()}
          >
            {trans.__('Choose a file …')}
          </button>
        )}
      </div>
      <p id={`${id}-read`} role="status">
        {readWords(props)}
      </p>
      <LeftOut {...props} />
      <Unknown {...props} />
      {list.error && <p role="alert">{describeError(list.error)}</p>}
      <Unreached {...props} />
      <Progress list={list} trans={trans} />
    </div>
  );
}

/** How many were read, and what happens to names. */
function readWords({ list, hasResolver, trans }: ITargetsFormProps): string {
  const { targets } = list.lines;
  const names = targets.filter(({ position }) => position === null).length;
  if (targets.length === 0) {
    return trans.__('No targets yet.');
  }
  const count = trans._n(
    '%2 target was read.',
    '%2 targets were read.',
    targets.length,
    formatCount(targets.length)
  );
  if (names === 0) {
    return count;
  }
  const named = trans._n('%2 is a name', '%2 are names', names, formatCount(names));
  return hasResolver
    ? trans.__('%1 %2, which will be looked up.', count, named)
    : trans.__('%1 %2, which cannot be looked up here.', count, named);
}

/** Lines that nobody understands. */
function LeftOut({ list, trans }: ITargetsFormProps): JSX.Element | null {
  const { problems } = list.lines;
  const count = problems.length;
  return (
    <Lines
      heading={trans._n(
        '%2 line is left out:',
        '%2 lines are left out:',
        count,
        formatCount(count)
      )}
      label={trans.__('Lines left out')}
      lines={problems}
      trans={trans}
    />
  );
}

/** Names that nobody knows. */
function Unknown({ list, trans }: ITargetsFormProps): JSX.Element | null {
  return (
    <Lines
      heading={trans.__('%1 not found:', shareOf(list.unknown, list, trans))}
      label={trans.__('Names not found')}
      lines={list.unknown.map(({ line, name }) => ({ line, message: name }))}
      trans={trans}
    />
  );
}

/** Names that a resolver could not be asked for, and the way to ask again. */
function Unreached(props: ITargetsFormProps): JSX.Element | null {
  const { list, trans, onAgain } = props;
  return list.unreached.length === 0 || list.progress ? null : (
    <div className="jp-Obsdeck-Targets-source">
      <span>{trans.__('%1 not looked up.', shareOf(list.unreached, list, trans))}</span>
      <button
        type="button"
        className="jp-Obsdeck-Search-secondary"
        onClick={() => onAgain()}
      >
        {trans.__('Try again')}
      </button>
    </div>
  );
}

/** “2 of 40 names” */
function shareOf(
  lines: readonly ITargetLine[],
  { nameCount }: TargetList,
  trans: TranslationBundle
): string {
  const count = new Set(lines.map(({ name }) => name)).size;
  return trans._n(
    '%2 of %3 name',
    '%2 of %3 names',
    nameCount,
    formatCount(count),
    formatCount(nameCount)
  );
}

interface ILinesProps {
  readonly heading: string;
  /** Accessible name of the list. */
  readonly label: string;
  readonly lines: readonly { readonly line: number; readonly message: string }[];
  readonly trans: TranslationBundle;
}

/** Some lines of the list, the first of many. */
function Lines({ heading, label, lines, trans }: ILinesProps): JSX.Element | null {
  const others = lines.length - SHOWN;
  return lines.length === 0 ? null : (
    <div className="jp-Obsdeck-Targets-problems">
      <p>{heading}</p>
      <ul aria-label={label}>
        {lines.slice(0, SHOWN).map(({ line, message }) => (
          <li key={line}>{trans.__('Line %1: %2', line, message)}</li>
        ))}
        {others > 0 && <li>{trans.__('and %1 more', formatCount(others))}</li>}
      </ul>
    </div>
  );
}

function Progress({
  list,
  trans
}: Pick<ITargetsFormProps, 'list' | 'trans'>): JSX.Element | null {
  const { progress } = list;
  if (!progress) {
    return null;
  }
  const { done, of } = progress;
  const words = trans.__('%1 of %2 names', formatCount(done), formatCount(of));
  return (
    <div className="jp-Obsdeck-Targets-progress">
      <progress
        aria-label={trans.__('Looking up names')}
        aria-valuetext={words}
        max={of}
        value={done}
      />
      <span aria-hidden="true">{words}</span>
      <button
        type="button"
        className="jp-Obsdeck-Search-secondary"
        onClick={() => list.cancel()}
      >
        {trans.__('Stop looking up')}
      </button>
    </div>
  );
}
