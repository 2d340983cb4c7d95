import * as React from 'react';

import { type IFormBinding, problemOf } from './binding.js';
import { InputField, Select } from './fields.js';
import { orderOf, orders, orderValue } from './orders.js';
import { formPart } from './part.js';

interface IOrderProps {
  readonly bind: IFormBinding;
  /** Keys of the columns that rows can be ordered by. */
  readonly columns: readonly string[];
}

/** In which order the rows come. */
export const Order = formPart(OrderField, () => ['orderBy', 'descending']);

function OrderField({ bind, columns }: IOrderProps): JSX.Element {
  const { trans, form, onChange } = bind;
  const { orderBy, descending } = form;
  const choices = React.useMemo(
    () => orders(trans, columns, { orderBy, descending }),
    [trans, columns, orderBy, descending]
  );
  return (
    <Select
      label={trans.__('Order by')}
      value={orderValue(form)}
      choices={choices}
      problem={problemOf(bind, 'orderBy')}
      onChange={value => onChange(orderOf(value))}
    />
  );
}

/** How many rows are fetched at most. */
export const RowLimit = formPart(RowLimitField, () => ['rowLimit']);

function RowLimitField({ bind }: { readonly bind: IFormBinding }): JSX.Element {
  return (
    <InputField
      bind={bind}
      field="rowLimit"
      type="number"
      label={bind.trans.__('Row limit')}
    />
  );
}
