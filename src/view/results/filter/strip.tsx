import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { FilterBar, type IFilterBarProps } from './bar.js';

/** Work on the rows is spoken of when it takes longer, ms. */
const SLOW = 1000;

/** What there is to say about the rows shown. */
export interface IRowsState {
  /** The rows are being sorted or filtered: since when, ms since 1970; null while not. */
  readonly busySince: number | null;
  /** True where the work is on filters, and maybe sorting. */
  readonly isFiltering: boolean;
  /** True where filters hide every row. */
  readonly isEmpty: boolean;
  /** True where the user stopped the work. */
  readonly isStopped: boolean;
  /** What went wrong; empty where nothing did. */
  readonly error: string;
}

/** Properties of {@link FilterStrip}. */
export interface IFilterStripProps extends IFilterBarProps {
  readonly open: boolean;
  readonly state: IRowsState;
  onStop(): void;
}

/** The filters while they are unfolded, and what there is to say about the rows. */
export function FilterStrip(props: IFilterStripProps): JSX.Element {
  const { open, state, trans, onStop, onClear } = props;
  return (
    <>
      {open && <FilterBar {...props} />}
      {state.busySince !== null && (
        <Busy key={state.busySince} state={state} trans={trans} onStop={onStop} />
      )}
      {state.busySince === null && state.isEmpty && (
        <Note
          words={trans.__('No row passes the filters.')}
          action={trans.__('Clear all')}
          onAction={onClear}
        />
      )}
      {state.isStopped && (
        <Note words={trans.__('Stopped: the rows are shown as they were before.')} />
      )}
      {state.error !== '' && (
        <Note words={trans.__('The rows could not be arranged: %1', state.error)} />
      )}
    </>
  );
}

/** Says that work goes on; nothing for the first moment. */
function Busy(props: {
  state: IRowsState;
  trans: TranslationBundle;
  onStop: () => void;
}): JSX.Element | null {
  const { state, trans, onStop } = props;
  const [isSlow, setSlow] = React.useState(false);
  React.useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, []);
  if (!isSlow) {
    return null;
  }
  return (
    <Note
      words={state.isFiltering ? trans.__('Filtering …') : trans.__('Sorting …')}
      action={trans.__('Cancel')}
      onAction={onStop}
    />
  );
}

function Note(props: {
  words: string;
  action?: string;
  onAction?: () => void;
}): JSX.Element {
  const { words, action, onAction } = props;
  return (
    <div className="jp-Obsdeck-Results-note" role="status">
      <span>{words}</span>
      {action && (
        <button type="button" className="jp-Obsdeck-Results-link" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  );
}
