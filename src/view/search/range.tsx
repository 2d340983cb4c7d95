import * as React from 'react';

import type { Criterion, IFormField, IRange } from '../../protocol/form.js';
import {
  criterionOf,
  type IFormBinding,
  placeOf,
  problemOf,
  setCriterion
} from './binding.js';
import { invalid, Problem } from './fields.js';
import { labelOf } from './vocabulary.js';

interface IRangeFieldProps {
  readonly bind: IFormBinding;
  readonly field: IFormField;
}

/** Two limits of a column, each empty for none; the unit is said at the right. */
export function RangeField({ bind, field }: IRangeFieldProps): JSX.Element {
  const { trans } = bind;
  const id = React.useId();
  const problem = problemOf(bind, placeOf(field));
  const label = labelOf(trans, field);
  const isTime = field.values === 'time';
  const unit = isTime ? trans.__('UTC') : (field.unit ?? '');
  const until = isTime ? trans.__('%1 until', label) : trans.__('%1 to', label);
  const limit = { bind, field, id, problem };
  return (
    <div className="jp-Obsdeck-Search-field" role="group" aria-labelledby={id}>
      <span id={id} className="jp-Obsdeck-Search-label">
        {label}
      </span>
      <div className="jp-Obsdeck-Search-line">
        <Limit {...limit} side="min" name={trans.__('%1 from', label)} unit={unit} />
        <Limit {...limit} side="max" name={until} unit={unit} />
        <Problem id={id} message={problem} />
      </div>
    </div>
  );
}

interface ILimitProps extends IRangeFieldProps {
  readonly id: string;
  readonly problem: string | undefined;
  readonly side: keyof IRange;
  /** Accessible name. */
  readonly name: string;
  readonly unit: string;
}

function Limit({
  bind,
  field,
  id,
  problem,
  side,
  name,
  unit
}: ILimitProps): JSX.Element {
  const { trans } = bind;
  const range = rangeOf(criterionOf(bind, field));
  return (
    <div className="jp-Obsdeck-Search-box" data-bad={problem !== undefined}>
      <input
        aria-label={name}
        value={range[side]}
        placeholder={side === 'min' ? trans.__('from') : trans.__('to')}
        title={field.description ?? undefined}
        spellCheck={false}
        autoComplete="off"
        {...invalid(id, problem)}
        onChange={event =>
          setCriterion(bind, field, { ...range, [side]: event.target.value })
        }
        onBlur={() => bind.onLeave(placeOf(field))}
      />
      {unit && (
        <span className="jp-Obsdeck-Search-unit" aria-hidden="true">
          {unit}
        </span>
      )}
    </div>
  );
}

/** The limits of a criterion; empty ones for one of another kind. */
function rangeOf(criterion: Criterion | undefined): IRange {
  return typeof criterion === 'object' && 'min' in criterion
    ? criterion
    : { min: '', max: '' };
}
