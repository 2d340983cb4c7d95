import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { describeError } from '../../protocol/errors.js';
import { useKeptFocus } from '../shared/keepfocus.js';
import { Hint, Troubles } from '../shared/troubles.js';
import { describeJob, matches } from './row.js';
import { JobRowView } from './rowview.js';
import type { IJobCallbacks, IJobsContext, IJobsSource } from './types.js';

interface IJobsListProps {
  readonly source: IJobsSource;
  readonly context: IJobsContext;
  readonly callbacks: IJobCallbacks;
  readonly trans: TranslationBundle;
}

/** The Jobs section: filter, list, and how long jobs stay. */
export function JobsList(props: IJobsListProps): JSX.Element {
  const { source, context, callbacks, trans } = props;
  const focus = useKeptFocus('.jp-Obsdeck-Jobs-row', 'job');
  const [filter, setFilter] = React.useState('');
  const now = source.now();
  const rows = source.jobs.map(entry => describeJob(entry, context, now, trans));
  const shown = rows.filter(row => matches(row, filter));
  return (
    <div className="jp-Obsdeck-Jobs-content" {...focus}>
      <Hint text={context.blocked} role="status" />
      {!context.blocked && <Troubles sentences={troubles(source)} />}
      {rows.length > 0 && <Filter value={filter} trans={trans} onChange={setFilter} />}
      <ul className="jp-Obsdeck-Section-list" role="list" aria-label={trans.__('Jobs')}>
        {shown.map(row => (
          <JobRowView
            key={row.id}
            row={row}
            callbacks={callbacks}
            blocked={context.blocked}
            trans={trans}
          />
        ))}
      </ul>
      <Hint
        text={hint(rows.length, shown.length, trans)}
        role={shown.length > 0 ? undefined : 'status'}
      />
    </div>
  );
}

function hint(all: number, shown: number, trans: TranslationBundle): string {
  if (all === 0) {
    return trans.__('No jobs. Run as job in a search starts one.');
  }
  return shown === 0
    ? trans._n('The one job does not match.', 'None of %1 jobs matches.', all)
    : trans.__(
        'Jobs stay after a reload and while JupyterLab is closed, until the service deletes them.'
      );
}

function Filter(props: {
  readonly value: string;
  readonly trans: TranslationBundle;
  onChange(value: string): void;
}): JSX.Element {
  const { value, trans, onChange } = props;
  return (
    <input
      type="search"
      role="searchbox"
      className="jp-Obsdeck-Jobs-filter"
      aria-label={trans.__('Filter jobs')}
      placeholder={trans.__('Filter jobs')}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

/** What holds for the whole list: it, or that of a service, could not be read. */
function troubles({ error, problems }: IJobsSource): readonly string[] {
  return [
    ...(error ? [describeError(error), error.details.hint ?? ''] : []),
    ...problems
  ];
}
