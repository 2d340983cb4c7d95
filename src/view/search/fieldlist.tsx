import * as React from 'react';

import { type IFormField, isFilled } from '../../protocol/form.js';
import { formatCount } from '../shared/format.js';
import { criterionOf, type IFormBinding, placeOf, problemOf } from './binding.js';
import {
  ColumnField,
  facetGestures,
  facetProps,
  type IFacetGestures,
  type IFacets
} from './columnfield.js';
import { FilterInput } from './filterinput.js';
import { labelOf } from './vocabulary.js';

/** Fields that are shown at once; of more, those that a text picks. */
const MOST = 40;

/** Properties of {@link FieldList}. */
export interface IFieldListProps extends IFacetGestures {
  readonly bind: IFormBinding;
  readonly fields: readonly IFormField[];
  readonly facets: IFacets;
}

/** The fields of columns; where there are very many, the first of those that a text picks. */
export function FieldList(props: IFieldListProps): JSX.Element {
  const { bind, fields, facets } = props;
  const { trans } = bind;
  const [text, setText] = React.useState('');
  const isLong = fields.length > MOST;
  const { shown, others } = pick(bind, fields, isLong ? text : '');
  return (
    <>
      {isLong && (
        <FilterInput
          label={trans.__('Filter fields')}
          text={text}
          trans={trans}
          onText={setText}
        />
      )}
      {shown.map(field => (
        <ColumnField
          key={field.column}
          bind={bind}
          field={field}
          {...facetProps(facets, field)}
          {...facetGestures(props)}
        />
      ))}
      {isLong && (
        <p className="jp-Obsdeck-Search-hint" role="status">
          {othersWords(bind, shown.length, others)}
        </p>
      )}
    </>
  );
}

function othersWords({ trans }: IFormBinding, shown: number, others: number): string {
  if (others > 0) {
    const count = formatCount(others);
    return trans.__('%1 more. Filter by name or description to see them.', count);
  }
  return trans._n('%2 field', '%2 fields', shown, formatCount(shown));
}

/** The fields that a text picks, the first ones; what is filled or wrong stays in sight. */
function pick(
  bind: IFormBinding,
  fields: readonly IFormField[],
  text: string
): { readonly shown: readonly IFormField[]; readonly others: number } {
  const wanted = text.trim().toLowerCase();
  const matching = fields.filter(field => wordsOf(bind, field).includes(wanted));
  const first = new Set(matching.slice(0, MOST));
  const shown = fields.filter(field => first.has(field) || isInUse(bind, field));
  const others = matching.filter(field => !shown.includes(field));
  return { shown, others: others.length };
}

/** What a field is found by. */
function wordsOf({ trans }: IFormBinding, field: IFormField): string {
  const { column, description } = field;
  return `${labelOf(trans, field)}\n${column}\n${description ?? ''}`.toLowerCase();
}

/** True for a field that asks for something. */
export function isFilledIn(bind: IFormBinding, field: IFormField): boolean {
  const criterion = criterionOf(bind, field);
  return criterion !== undefined && isFilled(criterion);
}

function isInUse(bind: IFormBinding, field: IFormField): boolean {
  return isFilledIn(bind, field) || problemOf(bind, placeOf(field)) !== undefined;
}
