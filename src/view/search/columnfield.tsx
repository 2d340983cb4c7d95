import * as React from 'react';

import { type IFacet, tickedOf } from '../../model/facetvalues.js';
import { columnKey, type IFormField } from '../../protocol/form.js';
import {
  criterionOf,
  type IFormBinding,
  placeOf,
  problemOf,
  setCriterion
} from './binding.js';
import { Facet } from './facet.js';
import { Input } from './fields.js';
import { formPart } from './part.js';
import { RangeField } from './range.js';
import { inWords, labelOf } from './vocabulary.js';

/** The values to tick, and how they are arranged; all by the keys of the columns. */
export interface IFacets {
  /** Columns that the user had counted beside the form's own. */
  readonly added: readonly string[];
  /** Columns whose values are out of sight. */
  readonly folded: readonly string[];
  /** The values of those columns of which any are known. */
  readonly values: Readonly<Record<string, IFacet>>;
}

/** Where facets report how the user arranges them. */
export interface IFacetGestures {
  onFold(column: string, folded: boolean): void;
  /** Count the values of a column, too, or no more. */
  onAddFacet(column: string): void;
  onRemoveFacet(column: string): void;
}

/** Properties of {@link ColumnField}. */
export interface IColumnFieldProps extends IFacetGestures {
  readonly bind: IFormBinding;
  readonly field: IFormField;
  /** The values to tick; undefined where none is known. */
  readonly facet: IFacet | undefined;
  readonly isFolded: boolean;
  /** The user had its values counted. */
  readonly isAdded: boolean;
}

/** What the field of a column shows of the facets. */
export function facetProps(
  { added, folded, values }: IFacets,
  { column }: IFormField
): Pick<IColumnFieldProps, 'facet' | 'isFolded' | 'isAdded'> {
  const key = columnKey(column);
  return {
    facet: Object.hasOwn(values, key) ? values[key] : undefined,
    isFolded: folded.includes(key),
    isAdded: added.includes(key)
  };
}

/** Of what a view can report, what fields report of their facets. */
export function facetGestures({
  onFold,
  onAddFacet,
  onRemoveFacet
}: IFacetGestures): IFacetGestures {
  return { onFold, onAddFacet, onRemoveFacet };
}

/** What asks for one column, by its control. */
export const ColumnField = formPart(Control, ({ field }) => [placeOf(field)]);

function Control(props: IColumnFieldProps): JSX.Element {
  switch (props.field.control) {
    case 'choice':
    case 'words':
      return <ChoiceField {...props} />;
    case 'range':
      return <RangeField {...props} />;
    case 'text':
    case 'identifier':
      return <TextField {...props} />;
  }
}

/** A text that is looked for in a column. */
function TextField({
  bind,
  field
}: Pick<IColumnFieldProps, 'bind' | 'field'>): JSX.Element {
  const { trans } = bind;
  const criterion = criterionOf(bind, field);
  return (
    <Input
      bind={bind}
      place={placeOf(field)}
      label={labelOf(trans, field)}
      caption={caption(bind, field)}
      unit={field.unit ?? undefined}
      value={typeof criterion === 'string' ? criterion : ''}
      onValue={value => setCriterion(bind, field, value)}
    />
  );
}

/** What the column is, and how a text may be written. */
function caption({ trans }: IFormBinding, field: IFormField): string {
  const how =
    field.control === 'identifier'
      ? trans.__('An identifier, or the UUID in the address of the file.')
      : trans.__('Commas part several texts; % and * stand for any letters.');
  return field.description ? `${field.description} ${how}` : how;
}

/**
 * Values to tick. Where none is known (yet), the value can be typed; a typed text stays
 * beside the values until one is ticked.
 */
function ChoiceField(props: IColumnFieldProps): JSX.Element {
  const { bind, field } = props;
  const key = columnKey(field.column);
  const label = labelOf(bind.trans, field);
  if (!props.facet?.items.length) {
    return (
      <div role="group" aria-label={label}>
        <div className="jp-Obsdeck-Search-line" data-wide>
          <TextField {...props} />
        </div>
        <NotCounted bind={bind} facet={props.facet} />
      </div>
    );
  }
  const facet = inWords(bind.trans, field, props.facet);
  const criterion = criterionOf(bind, field);
  const typed = typeof criterion === 'string' ? criterion : '';
  return (
    <Facet
      label={label}
      caption={field.description ?? undefined}
      facet={facet}
      ticked={tickedOf(criterion)}
      typed={typed}
      open={!props.isFolded}
      problem={problemOf(bind, placeOf(field))}
      trans={bind.trans}
      onOpen={open => props.onFold(key, !open)}
      onTick={ticked => setCriterion(bind, field, ticked)}
      onRemove={props.isAdded ? () => props.onRemoveFacet(key) : undefined}
    >
      {typed !== '' && <TextField {...props} />}
    </Facet>
  );
}

/** That there are no values to tick, and why. */
function NotCounted({
  bind: { trans },
  facet
}: {
  readonly bind: IFormBinding;
  readonly facet: IFacet | undefined;
}): JSX.Element | null {
  switch (facet?.state) {
    case 'counting':
      return <p className="jp-Obsdeck-Search-hint">…</p>;
    case 'failed':
      return (
        <p className="jp-Obsdeck-Search-hint">
          {trans.__('not counted: %1', facet.error?.message ?? '')}
        </p>
      );
    default:
      return null;
  }
}
