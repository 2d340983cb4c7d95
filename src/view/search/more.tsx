import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { columnKey, type IFormField } from '../../protocol/form.js';
import type { IOffer } from '../../model/offer.js';
import { type IFormBinding, placeOf, problemOf } from './binding.js';
import { facetGestures, type IFacetGestures, type IFacets } from './columnfield.js';
import { Fold } from './facet.js';
import { FieldList, isFilledIn } from './fieldlist.js';
import { InputField, Select } from './fields.js';
import { labelOf } from './vocabulary.js';

/** Whether the service's own fields are known, and why not. */
export interface IOwnFields {
  /** The service can be asked for them. */
  readonly canBeLoaded: boolean;
  readonly isLoading: boolean;
  /** Why it did not tell them; empty where it did, or was not asked. */
  readonly error: string;
}

/** Fields that are named while they are folded: more than a line has room for. */
const SUMMARISED = 12;

/** Properties of {@link MoreFields}. */
export interface IMoreFieldsProps extends IFacetGestures {
  readonly bind: IFormBinding;
  readonly offer: IOffer;
  readonly facets: IFacets;
  readonly ownFields: IOwnFields;
  /** Ask the service which fields its table has. */
  onLoadFields(): void;
  /** Take a list of targets. */
  onTargets(): void;
}

/** Fields few people need. Those that are filled, or have a problem, are in sight. */
export const MoreFields = React.memo(FoldedFields);

function FoldedFields(props: IMoreFieldsProps): JSX.Element {
  const { bind, offer } = props;
  const { trans } = bind;
  const id = React.useId();
  const fields = offer.profile.fields.filter(({ more }) => more);
  const isFilledNow = isAnyFilled(bind, fields);
  const [wasFilled, setWasFilled] = React.useState(false);
  const [wanted, setWanted] = React.useState(false);
  if (isFilledNow !== wasFilled) {
    setWasFilled(isFilledNow);
    setWanted(wanted || isFilledNow);
  }
  const open = wanted || hasProblem(bind, fields);
  return (
    <>
      <Fold
        id={id}
        link
        label={trans.__('More fields')}
        open={open}
        onToggle={() => setWanted(!open)}
      >
        {!open && summary(bind, offer, fields)}
      </Fold>
      {open && (
        <div className="jp-Obsdeck-Search-more" role="group" aria-labelledby={id}>
          {offer.profile.position && <Outline {...props} />}
          <FieldList
            bind={bind}
            fields={fields}
            facets={props.facets}
            {...facetGestures(props)}
          />
          <CountBy offer={offer} trans={trans} onAddFacet={props.onAddFacet} />
          <Absent absent={offer.absent} trans={trans} />
          <LoadFields {...props} />
        </div>
      )}
    </>
  );
}

/** Other ways to say where: the corners of a polygon, a list of targets. */
function Outline({ bind, onTargets }: IMoreFieldsProps): JSX.Element {
  const { trans } = bind;
  return (
    <>
      <div className="jp-Obsdeck-Search-line" data-wide>
        <InputField
          bind={bind}
          field="polygon"
          label={trans.__('Polygon')}
          unit={trans.__('deg')}
          placeholder="55 -33, 56 -33, 55.5 -32"
          caption={trans.__(
            'Corners as right ascension and declination in degrees, parted by commas, or an outline (STC-S) as s_region has it. Searched instead of the circle.'
          )}
        />
      </div>
      <button
        type="button"
        className="jp-Obsdeck-Search-link"
        onClick={() => onTargets()}
      >
        {trans.__('Use a list of targets …')}
      </button>
    </>
  );
}

interface ICountByProps {
  readonly offer: IOffer;
  readonly trans: TranslationBundle;
  onAddFacet(column: string): void;
}

/** Any column can have its values counted. */
const CountBy = React.memo(CountByField);

function CountByField(props: ICountByProps): JSX.Element | null {
  const { offer, trans, onAddFacet } = props;
  const faceted = new Set(
    offer.profile.fields
      .filter(({ facet }) => facet)
      .map(({ column }) => columnKey(column))
  );
  const labels = new Map(
    offer.profile.fields.map(field => [columnKey(field.column), labelOf(trans, field)])
  );
  const names = offer.columns?.map(({ name }) => columnKey(name)) ?? [...labels.keys()];
  const choices = names
    .filter(name => !faceted.has(name))
    .map(name => ({ value: name, label: labels.get(name) ?? name }));
  return choices.length === 0 ? null : (
    <div className="jp-Obsdeck-Search-line" data-wide>
      <Select
        label={trans.__('Count by …')}
        value=""
        choices={[{ value: '', label: trans.__('choose a column') }, ...choices]}
        onChange={column => column && onAddFacet(column)}
      />
    </div>
  );
}

/** What the form usually asks for and this service cannot be asked. */
function Absent({
  absent,
  trans
}: {
  readonly absent: readonly string[];
  readonly trans: TranslationBundle;
}): JSX.Element | null {
  return absent.length === 0 ? null : (
    <p className="jp-Obsdeck-Search-hint">
      {trans.__('This service has no %1.', absent.join(', '))}
    </p>
  );
}

/** The way to the fields that only the service knows. */
function LoadFields(props: IMoreFieldsProps): JSX.Element | null {
  const { ownFields, onLoadFields } = props;
  const { trans } = props.bind;
  if (!ownFields.canBeLoaded && !ownFields.error) {
    return null;
  }
  return (
    <>
      {ownFields.error && <p role="alert">{ownFields.error}</p>}
      <button
        type="button"
        className="jp-Obsdeck-Search-link"
        disabled={ownFields.isLoading}
        onClick={() => onLoadFields()}
      >
        {ownFields.isLoading
          ? trans.__('Loading the service’s own fields …')
          : trans.__('Load the service’s own fields')}
      </button>
    </>
  );
}

/** What is in it, the filled fields first. */
function summary(
  bind: IFormBinding,
  offer: IOffer,
  fields: readonly IFormField[]
): string {
  const { trans } = bind;
  const filled = fields.filter(field => isFilledIn(bind, field));
  const others = fields.filter(field => !filled.includes(field));
  const words = [...filled, ...others]
    .slice(0, SUMMARISED)
    .map(field => labelOf(trans, field).toLowerCase());
  return [...words, ...(offer.profile.position ? [trans.__('polygon')] : [])].join(
    ', '
  );
}

function isAnyFilled(bind: IFormBinding, fields: readonly IFormField[]): boolean {
  return bind.form.polygon !== '' || fields.some(field => isFilledIn(bind, field));
}

function hasProblem(bind: IFormBinding, fields: readonly IFormField[]): boolean {
  return (
    problemOf(bind, 'polygon') !== undefined ||
    fields.some(field => problemOf(bind, placeOf(field)) !== undefined)
  );
}
