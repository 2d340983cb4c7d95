import * as React from 'react';

import { AdqlPreview } from './adql.js';
import { SearchAs } from './asker.js';
import type { IFormBinding } from './binding.js';
import { Foot } from './foot.js';
import type { ISearchFormProps } from './formtypes.js';
import { Order, RowLimit } from './limits.js';
import { Source } from './source.js';
import { TableFields } from './tablefields.js';
import { useAfterClick, useProblemFocus } from './timing.js';

/**
 * The search form: values in, gestures out. All but its foot is rendered anew only where
 * something has changed that it shows: a running search reports several times a second.
 */
export function SearchForm(props: ISearchFormProps): JSX.Element {
  const { onPointerDown, reportAfterClick } = useAfterClick(props.onLeave);
  const bind = useBinding({ ...props, onLeave: reportAfterClick });
  const { ref, focusProblem } = useProblemFocus(props.problems, props.waiting !== null);
  const { blocked } = props;
  const asking = React.useCallback(
    (ask: () => void) => () => {
      if (blocked === undefined) {
        ask();
        focusProblem();
      }
    },
    [blocked, focusProblem]
  );
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
      <Fields {...props} bind={bind} asking={asking} />
      <Foot
        {...props}
        onCount={asking(props.onCount)}
        onJob={props.onJob && asking(props.onJob)}
      />
    </form>
  );
}

interface IFieldsProps extends ISearchFormProps {
  readonly bind: IFormBinding;
  /** A gesture that shows what stands in its way. */
  asking(ask: () => void): () => void;
}

/** Everything that scrolls. Each part gets what it shows, and nothing else. */
function Fields(props: IFieldsProps): JSX.Element {
  const { bind, account, asker, trans, asking, onEdit } = props;
  const edit = React.useMemo(() => asking(onEdit), [asking, onEdit]);
  return (
    <div className="jp-Obsdeck-Search-fields">
      <Source
        archives={props.archives}
        archive={props.archive}
        tables={props.tables}
        table={props.table}
        trans={trans}
        onArchive={props.onArchive}
        onTable={props.onTable}
      />
      <TableFields {...props} />
      <div className="jp-Obsdeck-Search-line" data-wide data-second="narrow">
        <Order bind={bind} columns={props.orderColumns} />
        <RowLimit bind={bind} />
      </div>
      {account && (
        <SearchAs
          asker={asker}
          account={account}
          trans={trans}
          onAsker={props.onAsker}
          onSignIn={props.onSignIn}
        />
      )}
      <AdqlPreview
        adql={props.adql}
        isNameOpen={props.isNameOpen}
        handEdited={props.handEdited}
        trans={trans}
        onEdit={edit}
        onRevert={props.onRevert}
      />
    </div>
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

/** What the fields are bound to: the same object until a value or a problem changes. */
function useBinding(props: IFormBinding): IFormBinding {
  const { form, problems, trans, onChange, onCriterion, onLeave } = props;
  return React.useMemo(
    () => ({ form, problems, trans, onChange, onCriterion, onLeave }),
    [form, problems, trans, onChange, onCriterion, onLeave]
  );
}
