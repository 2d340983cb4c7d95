import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { type IFix, type IProblem, MOST_PROBLEMS } from '../../protocol/adql/index.js';
import { StateIcon } from '../results/icons.js';

/** Properties of {@link Problems}. */
export interface IProblemsProps {
  /** Errors first. */
  readonly problems: readonly IProblem[];
  /** The query was not sent because of its errors. */
  readonly stopped: boolean;
  readonly trans: TranslationBundle;
  onGo(problem: IProblem): void;
  onFix(fix: IFix): void;
  onRunAnyway(): void;
}

/** What is wrong with the query, below the editor; nothing where all is well. */
export function Problems(props: IProblemsProps): JSX.Element | null {
  const { problems, stopped, trans } = props;
  if (problems.length === 0) {
    return null;
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <div className="jp-Obsdeck-Query-problems">
      <div role="status">
        {stopped && errors > 0 && <Stopped {...props} errors={errors} />}
      </div>
      <ul aria-label={trans.__('Problems')}>
        {problems.map(problem => (
          <Problem
            key={`${problem.from}-${problem.message}`}
            problem={problem}
            {...props}
          />
        ))}
      </ul>
      {problems.length >= MOST_PROBLEMS && (
        <p>{trans.__('Only the first %1 problems are listed.', MOST_PROBLEMS)}</p>
      )}
    </div>
  );
}

function Stopped(props: IProblemsProps & { readonly errors: number }): JSX.Element {
  const { errors, trans, onRunAnyway } = props;
  return (
    <p className="jp-Obsdeck-Query-stopped">
      {trans._n(
        'The query was not sent: it has an error.',
        'The query was not sent: it has %1 errors.',
        errors
      )}
      <button type="button" className="jp-Obsdeck-Query-button" onClick={onRunAnyway}>
        {trans.__('Run anyway')}
      </button>
    </p>
  );
}

function Problem(props: IProblemsProps & { readonly problem: IProblem }): JSX.Element {
  const { problem, trans, onGo, onFix } = props;
  const { line, column, severity, message, fix } = problem;
  const isError = severity === 'error';
  return (
    <li className={isError ? 'jp-mod-error' : 'jp-mod-warning'}>
      <StateIcon tone={isError ? 'bad' : 'warn'} />
      <span className="jp-Obsdeck-visuallyHidden">
        {isError ? trans.__('Error') : trans.__('Warning')}
      </span>
      <button
        type="button"
        className="jp-Obsdeck-Query-place"
        title={trans.__('Show in the text (F8 for the next)')}
        onClick={() => onGo(problem)}
      >
        {`${line}:${column} ${message}`}
      </button>
      {fix && (
        <button
          type="button"
          className="jp-Obsdeck-Query-link"
          title={trans.__('Replace by %1', fix.text || trans.__('nothing'))}
          aria-label={trans.__('Replace by %1', fix.text || trans.__('nothing'))}
          onClick={() => onFix(fix)}
        >
          {trans.__('Replace')}
        </button>
      )}
    </li>
  );
}
