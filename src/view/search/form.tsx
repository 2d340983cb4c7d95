import * as React from 'react';

import type { Asker } from '../../archives/account.js';
import { RADIUS_UNITS } from '../../model/savedsearch.js';
import type { ISearchProgress } from '../../model/search.js';
import { SPECTRAL_UNITS } from '../../protocol/spectral.js';
import { formatCount } from '../shared/format.js';
import { AdqlPreview } from './adql.js';
import { type IAskerAccount, SearchAs, sentWords } from './asker.js';
import { changeColumn, criterionOf, type IFormBinding, problemOf } from './binding.js';
import { Facet, Fold } from './facet.js';
import { ColumnField, type IChoice, InputField, Select, Unit } from './fields.js';
import { Run } from './run.js';
import { useAfterClick } from './timing.js';
import {
  calibrationLevels,
  type IFacetItem,
  orderOf,
  orders,
  orderValue,
  productTypes
} from './vocabulary.js';

/** Values and callbacks of {@link SearchForm}. */
export interface ISearchFormProps extends IFormBinding {
  /** Archives to choose from; `value` is the id. */
  readonly archives: readonly IChoice[];
  readonly archive: string;
  /** Tables of the archive; the choice is left out where there is but one. */
  readonly tables: readonly IChoice[];
  readonly table: string;
  /** As whom the archive is asked. */
  readonly asker: Asker;
  /** The account at the archive; null where it can have none. */
  readonly account: IAskerAccount | null;
  /** No field leaves rows out. */
  readonly isEmpty: boolean;
  /** The query the form stands for; null while it cannot be read. */
  readonly adql: string | null;
  readonly handEdited: boolean;
  readonly running: ISearchProgress | null;
  /** Why nothing can be searched now; undefined where it can. */
  readonly blocked?: string;
  onArchive(id: string): void;
  onTable(name: string): void;
  onAsker(asker: Asker): void;
  onSignIn(): void;
  /** Search; the problems that stand in the way are in the next `problems`. */
  onSearch(): void;
  onCancel(): void;
  /** Open the ADQL in the editor, with the same condition. */
  onEdit(): void;
  /** Drop what was edited by hand. */
  onRevert(): void;
}

/** The search form: values in, gestures out. */
export function SearchForm(outer: ISearchFormProps): JSX.Element {
  const { onPointerDown, reportAfterClick } = useAfterClick(outer.onLeave);
  const props = { ...outer, onLeave: reportAfterClick };
  const { ref, focusProblem } = useProblemFocus();
  const search = () => {
    if (props.blocked === undefined) {
      props.onSearch();
      focusProblem();
    }
  };
  const edit = () => {
    props.onEdit();
    focusProblem();
  };
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
        <Where {...props} />
        <What {...props} />
        <Limits {...props} />
        {props.account && <SearchAs {...props} account={props.account} />}
        <AdqlPreview {...props} onEdit={edit} />
      </div>
      <Foot {...props} />
    </form>
  );
}

/** Escape stops a running search, Ctrl or Cmd Enter starts one. */
function onKeyDown(
  event: React.KeyboardEvent,
  { running, onCancel }: ISearchFormProps,
  search: () => void
): void {
  if (event.key === 'Escape' && running) {
    event.stopPropagation();
    onCancel();
  } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopPropagation();
    search();
  }
}

/** Archive, table, position, time and wavelength. */
function Where(props: ISearchFormProps): JSX.Element {
  return (
    <>
      <Source {...props} />
      <Circle {...props} />
      <Period {...props} />
      <Wavelength {...props} />
    </>
  );
}

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

/** A position at which the sandbox has observations, so that copying it finds some. */
const EXAMPLE = '55.75 -32.29';

function Circle(props: IFormBinding): JSX.Element {
  const { trans } = props;
  return (
    <div className="jp-Obsdeck-Search-line" data-second="narrow">
      <InputField
        bind={props}
        field="position"
        label={trans.__('Target or position')}
        placeholder={EXAMPLE}
        caption={trans.__(
          'ICRS in degrees or sexagesimal, or galactic followed by “gal”. Names are not resolved yet.'
        )}
      />
      <InputField bind={props} field="radius" label={trans.__('Radius')}>
        <Unit
          bind={props}
          field="radiusUnit"
          label={trans.__('Radius unit')}
          units={RADIUS_UNITS}
        />
      </InputField>
    </div>
  );
}

function Period(props: IFormBinding): JSX.Element {
  const { trans } = props;
  return (
    <div className="jp-Obsdeck-Search-line">
      <InputField
        bind={props}
        field="from"
        label={trans.__('Observed from')}
        unit={trans.__('UTC')}
      />
      <InputField
        bind={props}
        field="until"
        label={trans.__('Observed until')}
        unit={trans.__('UTC')}
      />
    </div>
  );
}

function Wavelength(props: IFormBinding): JSX.Element {
  const { trans } = props;
  return (
    <div className="jp-Obsdeck-Search-line">
      <InputField
        bind={props}
        field="wavelengthFrom"
        label={trans.__('Wavelength from')}
      />
      <InputField bind={props} field="wavelengthTo" label={trans.__('Wavelength to')}>
        <Unit
          bind={props}
          field="spectralUnit"
          label={trans.__('Spectral unit')}
          units={SPECTRAL_UNITS.map(unit => unit.symbol)}
        />
      </InputField>
    </div>
  );
}

/** What kind of product, from which collection and instrument. */
function What(props: ISearchFormProps): JSX.Element {
  const { trans } = props;
  return (
    <>
      <ColumnFacet
        bind={props}
        column="dataproduct_type"
        label={trans.__('Product type')}
        items={productTypes(trans)}
      />
      <ColumnFacet
        bind={props}
        column="calib_level"
        label={trans.__('Calibration level')}
        items={calibrationLevels(trans)}
      />
      <div className="jp-Obsdeck-Search-line">
        <ColumnField
          bind={props}
          column="obs_collection"
          label={trans.__('Collection')}
        />
        <ColumnField
          bind={props}
          column="instrument_name"
          label={trans.__('Instrument')}
        />
      </div>
      <MoreFields {...props} />
    </>
  );
}

interface IColumnFacetProps {
  readonly bind: IFormBinding;
  readonly column: string;
  readonly label: string;
  readonly items: readonly IFacetItem<string | number | null>[];
}

/** Values of a column to tick. */
function ColumnFacet({ bind, column, label, items }: IColumnFacetProps): JSX.Element {
  const criterion = criterionOf(bind, column);
  return (
    <Facet
      label={label}
      items={items}
      chosen={Array.isArray(criterion) ? criterion : []}
      problem={problemOf(bind, `column:${column}`)}
      onChange={chosen => changeColumn(bind, column, chosen)}
    />
  );
}

const SUBTYPE = 'dataproduct_subtype';

/** Fields few people need; one with a problem shows itself. */
function MoreFields(props: ISearchFormProps): JSX.Element {
  const { trans } = props;
  const id = React.useId();
  const subtype = criterionOf(props, SUBTYPE);
  const typed = typeof subtype === 'string' ? subtype : '';
  const [wanted, setWanted] = React.useState(typed !== '');
  const open = wanted || problemOf(props, `column:${SUBTYPE}`) !== undefined;
  return (
    <>
      <Fold
        id={id}
        link
        label={trans.__('More fields')}
        open={open}
        onToggle={() => setWanted(!open)}
      >
        {!open && (typed || trans.__('product subtype'))}
      </Fold>
      {open && (
        <div className="jp-Obsdeck-Search-line" data-wide>
          <ColumnField
            bind={props}
            column={SUBTYPE}
            label={trans.__('Product subtype')}
          />
        </div>
      )}
    </>
  );
}

/** In which order, and how many rows. */
function Limits(props: ISearchFormProps): JSX.Element {
  const { trans, form, onChange } = props;
  return (
    <div className="jp-Obsdeck-Search-line" data-wide data-second="narrow">
      <Select
        label={trans.__('Order by')}
        value={orderValue(form)}
        choices={orders(trans, form)}
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

/** What stays in sight however long the form is. */
function Foot(props: ISearchFormProps): JSX.Element {
  const { trans, archives, archive, form, isEmpty, running } = props;
  const sent = sentWords(trans, props.asker, props.account);
  const name = archives.find(item => item.value === archive)?.label ?? archive;
  return (
    <div className="jp-Obsdeck-Search-foot">
      <Run {...props} archive={name} />
      {sent && !running && <p>{sent}</p>}
      {isEmpty && !running && (
        <p>
          {trans.__(
            'An empty form lists the first %1 observations. Nothing is sent before you press Search.',
            formatCount(Number(form.rowLimit))
          )}
        </p>
      )}
    </div>
  );
}

/** Moves the focus to the first bad field, once the problems are on screen. */
function useProblemFocus(): {
  ref: React.RefObject<HTMLFormElement>;
  focusProblem: () => void;
} {
  const ref = React.useRef<HTMLFormElement>(null);
  const [asked, setAsked] = React.useState(0);
  React.useEffect(() => {
    if (asked > 0) {
      ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [asked]);
  return { ref, focusProblem: () => setAsked(count => count + 1) };
}
