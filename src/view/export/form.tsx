import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ExportState } from '../../model/export/state.js';
import type {
  ExportColumns,
  ExportFormat,
  ExportRows
} from '../../model/export/types.js';
import { TextField } from '../archives/field.js';
import { formatCount } from '../shared/format.js';
import { type IRadioChoice, RadioGroup } from '../shared/radiogroup.js';

/** Properties of {@link ExportForm}. */
export interface IExportFormProps {
  readonly state: ExportState;
  readonly trans: TranslationBundle;
  /** Lets the user choose a folder; missing where nobody can show them. */
  readonly onFolder?: () => void;
}

/** Body of the dialog: name, folder, format, rows and columns, and how far it is. */
export function ExportForm(props: IExportFormProps): JSX.Element {
  const { state, trans } = props;
  const { choice } = state;
  return (
    <div className="jp-Obsdeck-Export">
      <fieldset disabled={state.progress !== null}>
        <TextField
          label={trans.__('Name')}
          value={choice.name}
          hint={trans.__('Saved as %1', state.path)}
          onChange={name => state.choose({ name })}
        />
        <Folder {...props} />
        <RadioGroup<ExportFormat>
          label={trans.__('Format')}
          choices={formats(trans)}
          value={choice.format}
          onChange={format => state.choose({ format })}
        />
        <Part state={state} trans={trans} />
      </fieldset>
      <Progress state={state} trans={trans} />
      {state.problem !== null && (
        <p className="jp-Obsdeck-Search-problem" role="alert">
          {state.problem}
        </p>
      )}
    </div>
  );
}

function Folder({ state, trans, onFolder }: IExportFormProps): JSX.Element {
  const { folder } = state.choice;
  const start = folder === '' ? trans.__('The folder Jupyter started in') : undefined;
  return (
    <div className="jp-Obsdeck-Export-folder">
      <TextField
        label={trans.__('Folder')}
        value={folder}
        hint={start}
        onChange={value => state.choose({ folder: value })}
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
  );
}

/** Which rows and columns, where there is a choice. */
function Part({ state, trans }: IExportFormProps): JSX.Element {
  const { choice } = state;
  const rows = rowChoices(state, trans);
  const columns = columnChoices(state, trans);
  return (
    <>
      {rows.length > 1 && (
        <RadioGroup<ExportRows>
          label={trans.__('Rows')}
          choices={rows}
          value={choice.rows}
          onChange={value => state.choose({ rows: value })}
        />
      )}
      {columns.length > 1 && (
        <RadioGroup<ExportColumns>
          label={trans.__('Columns')}
          choices={columns}
          value={choice.columns}
          onChange={value => state.choose({ columns: value })}
        />
      )}
    </>
  );
}

function Progress({ state, trans }: IExportFormProps): JSX.Element | null {
  if (state.progress === null) {
    return null;
  }
  const { rows: packed } = state.progress;
  const total = state.source.rows[state.choice.rows];
  const isKnown = packed !== null && total !== null && total > 0;
  const words =
    packed === null
      ? trans.__('Writing %1 …', state.path)
      : trans._n('%2 row ready', '%2 rows ready', packed, formatCount(packed));
  return (
    <div className="jp-Obsdeck-Export-progress">
      <progress
        aria-label={trans.__('Export')}
        {...(isKnown && { value: packed, max: total })}
      />
      <p role="status">{words}</p>
    </div>
  );
}

function formats(trans: TranslationBundle): readonly IRadioChoice<ExportFormat>[] {
  return [
    { value: 'votable', label: trans.__('VOTable') },
    { value: 'fits', label: trans.__('FITS') },
    { value: 'parquet', label: trans.__('Parquet') },
    { value: 'csv', label: trans.__('CSV') },
    { value: 'arrow', label: trans.__('Arrow') }
  ];
}

function rowChoices(
  { source: { rows } }: ExportState,
  trans: TranslationBundle
): readonly IRadioChoice<ExportRows>[] {
  const count = (value: number): string =>
    trans._n('%2 row', '%2 rows', value, formatCount(value));
  const all: readonly (readonly [ExportRows, (count: string) => string])[] = [
    ['all', words => trans.__('All, %1', words)],
    ['shown', words => trans.__('As shown, %1', words)],
    ['selected', words => trans.__('Selected, %1', words)]
  ];
  return all.flatMap(([value, label]) => {
    const number = rows[value];
    return number === null ? [] : [{ value, label: label(count(number)) }];
  });
}

function columnChoices(
  { source: { columns } }: ExportState,
  trans: TranslationBundle
): readonly IRadioChoice<ExportColumns>[] {
  const { all, shown } = columns;
  if (all === null || shown === null) {
    return [];
  }
  return [
    { value: 'all', label: trans.__('All %1', formatCount(all)) },
    { value: 'shown', label: trans.__('The %1 shown', formatCount(shown)) }
  ];
}
