import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IResultColumn } from '../columns.js';
import {
  type DraftChange,
  type FilterKind,
  filterKinds,
  type IFilterDraft
} from './drafts.js';
import { RangeFields, TextFields } from './fields.js';
import { ValueFields, type ValueSource } from './values.js';

/** Properties of {@link FilterBar}. */
export interface IFilterBarProps {
  readonly drafts: readonly IFilterDraft[];
  readonly columns: readonly IResultColumn[];
  /** Gives the values of a column; another function whenever they are other ones. */
  readonly values: ValueSource;
  readonly trans: TranslationBundle;
  onAdd(): void;
  /** Filter by the value of the focused cell; null where none has the focus. */
  readonly onAddValue: (() => void) | null;
  onMove(id: number, column: IResultColumn): void;
  onChange(id: number, change: DraftChange): void;
  onRemove(id: number): void;
  onClear(): void;
}

/** The filters, one line for each, and below them what adds and clears. */
export function FilterBar(props: IFilterBarProps): JSX.Element {
  const { drafts, trans, onAdd, onAddValue, onClear } = props;
  const why = trans.__('No cell has the focus.');
  return (
    <div
      className="jp-Obsdeck-Results-filters"
      role="group"
      aria-label={trans.__('Filters')}
    >
      {drafts.map((draft, index) => (
        <FilterLine key={draft.id} {...props} draft={draft} number={index + 1} />
      ))}
      <div className="jp-Obsdeck-Results-filterTools">
        <Button label={trans.__('Add filter')} onClick={onAdd} />
        <Button
          label={trans.__('Filter by this value')}
          title={onAddValue ? trans.__('The value of the focused cell') : why}
          disabled={!onAddValue}
          onClick={() => onAddValue?.()}
        />
        <Button
          label={trans.__('Clear all')}
          disabled={drafts.length === 0}
          onClick={onClear}
        />
      </div>
    </div>
  );
}

interface IFilterLineProps extends IFilterBarProps {
  readonly draft: IFilterDraft;
  /** Counted from 1. */
  readonly number: number;
}

function FilterLine(props: IFilterLineProps): JSX.Element | null {
  const { draft, number, columns, trans, onMove, onRemove } = props;
  const column = columns.find(({ index }) => index === draft.column);
  if (!column) {
    return null;
  }
  const { name } = column.field;
  const remove = trans.__('Remove filter by %1', name);
  return (
    <div
      className="jp-Obsdeck-Results-filter"
      role="group"
      aria-label={trans.__('Filter %1: %2', number, name)}
    >
      <ColumnChoice
        columns={columns}
        chosen={column}
        trans={trans}
        onChoose={chosen => onMove(draft.id, chosen)}
      />
      <Fields {...props} column={column} />
      <button
        type="button"
        className="jp-Obsdeck-Results-close"
        title={remove}
        aria-label={remove}
        onClick={() => onRemove(draft.id)}
      >
        <closeIcon.react tag="span" />
      </button>
    </div>
  );
}

function Fields(props: IFilterLineProps & { column: IResultColumn }): JSX.Element {
  const { draft, column, values, trans, onChange } = props;
  const kinds = filterKinds(column);
  const change = (more: DraftChange): void => onChange(draft.id, more);
  return (
    <>
      {kinds.length > 1 && (
        <KindChoice
          kinds={kinds}
          chosen={draft.kind}
          trans={trans}
          onChoose={kind => change({ kind })}
        />
      )}
      {draft.kind === 'text' && (
        <TextFields draft={draft} trans={trans} onChange={change} />
      )}
      {draft.kind === 'range' && (
        <RangeFields draft={draft} column={column} trans={trans} onChange={change} />
      )}
      {draft.kind === 'set' && (
        <ValueFields
          draft={draft}
          column={column}
          source={values}
          trans={trans}
          onChange={change}
        />
      )}
    </>
  );
}

function ColumnChoice(props: {
  columns: readonly IResultColumn[];
  chosen: IResultColumn;
  trans: TranslationBundle;
  onChoose: (column: IResultColumn) => void;
}): JSX.Element {
  const { columns, chosen, trans, onChoose } = props;
  const choices = columns.filter(column => filterKinds(column).length > 0);
  return (
    <select
      className="jp-Obsdeck-Results-field"
      aria-label={trans.__('Column')}
      title={chosen.field.description ?? chosen.field.name}
      value={chosen.index}
      onChange={event => {
        const index = Number(event.currentTarget.value);
        const column = choices.find(choice => choice.index === index);
        if (column) {
          onChoose(column);
        }
      }}
    >
      {choices.map(({ index, field, unitLine }) => (
        <option key={index} value={index}>
          {unitLine ? `${field.name} (${unitLine})` : field.name}
        </option>
      ))}
    </select>
  );
}

function KindChoice(props: {
  kinds: readonly FilterKind[];
  chosen: FilterKind;
  trans: TranslationBundle;
  onChoose: (kind: FilterKind) => void;
}): JSX.Element {
  const { kinds, chosen, trans, onChoose } = props;
  const words: Record<FilterKind, string> = {
    text: trans.__('contains'),
    range: trans.__('is between'),
    set: trans.__('is one of')
  };
  return (
    <select
      className="jp-Obsdeck-Results-field"
      aria-label={trans.__('Condition')}
      value={chosen}
      onChange={event => onChoose(event.currentTarget.value as FilterKind)}
    >
      {kinds.map(kind => (
        <option key={kind} value={kind}>
          {words[kind]}
        </option>
      ))}
    </select>
  );
}

function Button(props: {
  label: string;
  title?: string;
  disabled?: boolean;
  onClick: () => void;
}): JSX.Element {
  const { label, ...rest } = props;
  return (
    <button type="button" className="jp-Obsdeck-Results-button" {...rest}>
      {label}
    </button>
  );
}
