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
import { RangeField } from './range.js';
import { inWords, labelOf } from './vocabulary.js';

/** The values to tick, and how they are arranged. */
export interface IFacetBinding {
  /** Keys of the columns that the user had counted beside the form's own. */
  readonly added: readonly string[];
  /** The values of a column, as far as they are known. */
  facet(field: IFormField): IFacet;
  isFolded(column: string): boolean;
  onFold(column: string, folded: boolean): void;
  onAdd(column: string): void;
  onRemove(column: string): void;
}

/** Properties of {@link ColumnField}. */
export interface IColumnFieldProps {
  readonly bind: IFormBinding;
  readonly facets: IFacetBinding;
  readonly field: IFormField;
}

/** What asks for one column, by its control. */
export function ColumnField(props: IColumnFieldProps): JSX.Element {
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
function TextField({ bind, field }: IColumnFieldProps): JSX.Element {
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
  const { bind, facets, field } = props;
  const key = columnKey(field.column);
  const facet = inWords(bind.trans, field, facets.facet(field));
  const criterion = criterionOf(bind, field);
  const typed = typeof criterion === 'string' ? criterion : '';
  const label = labelOf(bind.trans, field);
  if (facet.items.length === 0) {
    return (
      <div role="group" aria-label={label}>
        <div className="jp-Obsdeck-Search-line" data-wide>
          <TextField {...props} />
        </div>
        <NotCounted bind={bind} facet={facet} />
      </div>
    );
  }
  return (
    <Facet
      label={label}
      caption={field.description ?? undefined}
      facet={facet}
      ticked={tickedOf(criterion)}
      typed={typed}
      open={!facets.isFolded(key)}
      problem={problemOf(bind, placeOf(field))}
      trans={bind.trans}
      onOpen={open => facets.onFold(key, !open)}
      onTick={ticked => setCriterion(bind, field, ticked)}
      onRemove={facets.added.includes(key) ? () => facets.onRemove(key) : undefined}
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
  readonly facet: IFacet;
}): JSX.Element | null {
  switch (facet.state) {
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
