import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { formatCount } from '../shared/format.js';
import { ToolStrip } from '../shared/toolstrip.js';
import type { IWideView } from './widelist.js';
import { folderWords } from './words.js';

interface IWideToolsProps extends IWideView {
  readonly filter: string;
  onFilter(filter: string): void;
}

interface ITool {
  readonly label: string;
  run(): void;
  /** Why it cannot be done; missing where it can. */
  readonly off?: string;
}

/** The tools of the tab, and the filter beside them. */
export function WideTools(props: IWideToolsProps): JSX.Element {
  const { trans, context, filter, onFilter } = props;
  return (
    <div className="jp-Obsdeck-Downloads-tools">
      <ToolStrip label={trans.__('Downloads')}>
        {toolsOf(props).map(({ label, run, off = context.blocked }) => (
          <button
            key={label}
            type="button"
            aria-disabled={off === undefined ? undefined : true}
            title={off}
            onClick={off === undefined ? run : undefined}
          >
            {label}
          </button>
        ))}
      </ToolStrip>
      <input
        type="search"
        role="searchbox"
        aria-label={trans.__('Filter files')}
        placeholder={trans.__('Filter files')}
        value={filter}
        onChange={({ target }) => onFilter(target.value)}
      />
    </div>
  );
}

function toolsOf(props: IWideToolsProps): ITool[] {
  const { source, callbacks, trans } = props;
  const { items, totals } = source;
  const none = items.length === 0 ? { off: trans.__('There are no downloads.') } : {};
  const failed = items.filter(({ state }) => state === 'failed').length;
  const folder = folderWords(totals.folder, trans);
  return [
    totals.isPaused
      ? { label: trans.__('Resume all'), run: callbacks.resumeAll }
      : { label: trans.__('Pause all'), run: callbacks.pauseAll, ...none },
    ...(failed > 0
      ? [
          {
            label: trans.__('Try %1 again', formatCount(failed)),
            run: callbacks.retryAll
          }
        ]
      : []),
    cancelTool(props, trans),
    {
      label: trans.__('Open folder %1', folder),
      run: () => callbacks.openFolder(totals.folder),
      ...none
    },
    { label: trans.__('Save script …'), run: callbacks.saveScript, ...none },
    { label: trans.__('Fetch from manifest …'), run: callbacks.fetchManifest },
    { label: trans.__('Add addresses …'), run: callbacks.addAddresses }
  ];
}

function cancelTool(
  { picked, callbacks }: IWideToolsProps,
  trans: TranslationBundle
): ITool {
  const open = picked.filter(({ state }) => state !== 'done');
  return {
    label: trans.__('Cancel'),
    run: () =>
      callbacks.act(
        'cancel',
        open.map(({ id }) => id)
      ),
    ...(open.length === 0 && { off: trans.__('Select files that are not done first.') })
  };
}
