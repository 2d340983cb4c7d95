import * as React from 'react';

import { AdqlPreview } from './adql.js';
import { SearchAs } from './asker.js';
import { Period, Wavelength } from './axes.js';
import { ColumnField } from './columnfield.js';
import { InputField, Select } from './fields.js';
import { Foot } from './foot.js';
import type { ISearchFormProps } from './formtypes.js';
import { MoreFields } from './more.js';
import { orderOf, orders, orderValue } from './orders.js';
import { problemOf } from './binding.js';
import { Place } from './place.js';
import { useAfterClick, useProblemFocus } from './timing.js';

/** The search form: values in, gestures out. */
export function SearchForm(outer: ISearchFormProps): JSX.Element {
  const { onPointerDown, reportAfterClick } = useAfterClick(outer.onLeave);
  const props = { ...outer, onLeave: reportAfterClick };
  const { ref, focusProblem } = useProblemFocus(props.problems, props.waiting !== null);
  const asking = (ask: () => void) => () => {
    if (props.blocked === undefined) {
      ask();
      focusProblem();
    }
  };
  const search = asking(props.onSearch);
  return (
    <form
      ref={ref}
      className="jp-Obsdeck-Search-form"
      aria-label={props.trans.__('Search')}
      noValidate
      onKeyDown={event => onKeyDown(event, props, search)}
      onPointerDown={onPointerDown}
      onSubmit={event => {
        event.preventDefault();
        search();
      }}
    >
      <div className="jp-Obsdeck-Search-fields">
        <Source {...props} />
        <Fields {...props} />
        <Limits {...props} />
        {props.account && <SearchAs {...props} account={props.account} />}
        <AdqlPreview {...props} onEdit={asking(props.onEdit)} />
      </div>
      <Foot
        {...props}
        onCount={asking(props.onCount)}
        onJob={props.onJob && asking(props.onJob)}
      />
    </form>
  );
}

/** Escape stops what runs, Ctrl or Cmd Enter starts a search. */
function onKeyDown(
  event: React.KeyboardEvent,
  { running, waiting, onCancel }: ISearchFormProps,
  search: () => void
): void {
  if (event.key === 'Escape' && (running || waiting)) {
    event.stopPropagation();
    onCancel();
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopPropagation();
    search();
  }
}

/** Whom to ask, for which table. */
function Source(props: ISearchFormProps): JSX.Element {
  const { trans } = props;
  return (
    <div className="jp-Obsdeck-Search-line" data-wide>
      <Select
        label={trans.__('Archive')}
        value={props.archive}
        choices={props.archives}
        onChange={props.onArchive}
      />
      {props.tables.length > 1 && (
        <Select
          label={trans.__('Table')}
          value={props.table}
          choices={props.tables}
          onChange={props.onTable}
        />
      )}
    </div>
  );
}

/** What the table can be asked. */
function Fields(props: ISearchFormProps): JSX.Element {
  const { profile } = props.offer;
  return (
    <>
      {profile.position && <Place {...props} />}
      {profile.time && <Period {...props} />}
      {profile.spectral && <Wavelength {...props} />}
      {profile.fields
        .filter(({ more }) => !more)
        .map(field => (
          <ColumnField
            key={field.column}
            bind={props}
            facets={props.facets}
            field={field}
          />
        ))}
      <MoreFields key={props.table} {...props} />
    </>
  );
}

/** In which order, and how many rows. */
function Limits(props: ISearchFormProps): JSX.Element {
  const { trans, form, orderColumns, onChange } = props;
  return (
    <div className="jp-Obsdeck-Search-line" data-wide data-second="narrow">
      <Select
        label={trans.__('Order by')}
        value={orderValue(form)}
        choices={orders(trans, orderColumns, form)}
        problem={problemOf(props, 'orderBy')}
        onChange={value => onChange(orderOf(value))}
      />
      <InputField
        bind={props}
        field="rowLimit"
        type="number"
        label={trans.__('Row limit')}
      />
    </div>
  );
}
