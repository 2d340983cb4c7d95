import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DownloadPlan } from '../../model/downloads/plan.js';
import type { DownloadLayout, IDownloadCheck } from '../../model/downloads/types.js';
import { describeError } from '../../protocol/errors.js';
import { TextField } from '../archives/field.js';
import { formatCount, formatSize } from '../shared/format.js';
import { type IRadioChoice, RadioGroup } from '../shared/radiogroup.js';
import { freeWords, fullWords } from './words.js';

/** Properties of {@link PlanForm}. */
export interface IPlanFormProps {
  readonly plan: DownloadPlan;
  readonly trans: TranslationBundle;
  /** What the user should know of how the files were found, one sentence each. */
  readonly notes: readonly string[];
  /** Lets the user choose a folder; missing where nobody can show them. */
  readonly onFolder?: () => void;
}

/** Body of the dialog “Download”: how much, where to, and what is there already. */
export function PlanForm(props: IPlanFormProps): JSX.Element {
  const { plan, trans, notes, onFolder } = props;
  const { error, found, isFull } = plan;
  return (
    <div className="jp-Obsdeck-Download">
      <p role="status">{found ? amount(found, trans) : waitWords(plan, trans)}</p>
      {found && found.here.length > 0 && <p>{hereWords(found, trans)}</p>}
      {notes.map(note => (
        <p key={note}>{note}</p>
      ))}
      <fieldset disabled={plan.isAdding}>
        <div className="jp-Obsdeck-Export-folder">
          <TextField
            label={trans.__('Folder')}
            value={plan.folder}
            hint={found ? freeWords(found, trans) : undefined}
            onChange={folder => plan.choose({ folder })}
          />
          {onFolder && (
            <button
              type="button"
              className="jp-Obsdeck-Search-secondary"
              onClick={onFolder}
            >
              {trans.__('Choose folder …')}
            </button>
          )}
        </div>
        <RadioGroup<DownloadLayout>
          label={trans.__('Layout')}
          choices={layouts(trans)}
          value={plan.layout}
          onChange={layout => plan.choose({ layout })}
        />
        <DontAsk {...props} />
      </fieldset>
      {isFull && found && <Full {...props} found={found} />}
      {error && (
        <p className="jp-Obsdeck-Search-problem" role="alert">
          {[describeError(error), error.details.hint].filter(Boolean).join(' ')}
        </p>
      )}
    </div>
  );
}

/** `13 files, 743.5 MB`; how many have no size. */
function amount(check: IDownloadCheck, trans: TranslationBundle): string {
  const { files, bytes, unsized } = check;
  const count = trans._n('%2 file', '%2 files', files, formatCount(files));
  if (unsized === 0) {
    return trans.__('%1, %2', count, formatSize(bytes));
  }
  if (unsized >= files) {
    return trans.__('%1, size not given', count);
  }
  return trans._n(
    '%2, %3 and %4 whose size is not given',
    '%2, %3 and %4 whose size is not given',
    unsized,
    count,
    formatSize(bytes),
    formatCount(unsized)
  );
}

function waitWords(plan: DownloadPlan, trans: TranslationBundle): string {
  const { length } = plan.requests;
  const count = trans._n('%2 file', '%2 files', length, formatCount(length));
  return plan.error ? count : trans.__('%1, looking at the folder …', count);
}

function hereWords({ here }: IDownloadCheck, trans: TranslationBundle): string {
  return trans._n(
    '%2 file is already here and is not fetched again.',
    '%2 files are already here and are not fetched again.',
    here.length,
    formatCount(here.length)
  );
}

function Full(props: IPlanFormProps & { readonly found: IDownloadCheck }): JSX.Element {
  const { found, trans, onFolder } = props;
  return (
    <div className="jp-Obsdeck-Downloads-notice" role="alert">
      <p>{fullWords(found.bytes, found.free, found.folder, trans)}</p>
      {onFolder && (
        <button
          type="button"
          className="jp-Obsdeck-Search-secondary"
          onClick={onFolder}
        >
          {trans.__('Choose another folder')}
        </button>
      )}
    </div>
  );
}

function DontAsk({ plan, trans }: IPlanFormProps): JSX.Element {
  return (
    <label className="jp-Obsdeck-Download-dontAsk">
      <input
        type="checkbox"
        checked={plan.isLastQuestion}
        onChange={({ target }) => plan.askAgain(!target.checked)}
      />
      {trans.__('Do not ask again')}
    </label>
  );
}

function layouts(trans: TranslationBundle): readonly IRadioChoice<DownloadLayout>[] {
  return [
    { value: 'flat', label: trans.__('Flat') },
    { value: 'observation', label: trans.__('By observation') },
    { value: 'category', label: trans.__('By category') }
  ];
}
