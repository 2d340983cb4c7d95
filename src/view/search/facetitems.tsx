import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { FacetValue, IFacet, IFacetItem } from '../../model/facetvalues.js';
import { formatCount, formatShortCount } from '../shared/format.js';
import { FilterInput } from './filterinput.js';

/** Values that are shown before the user asks for all. */
const FIRST = 12;

interface IFacetItemsProps {
  readonly label: string;
  /** Id of the label. */
  readonly describedBy: string;
  readonly facet: IFacet;
  readonly ticked: readonly FacetValue[];
  readonly isBad: boolean;
  readonly trans: TranslationBundle;
  onTick(ticked: readonly FacetValue[]): void;
}

/** The values of a facet: the first ones, or all that a text picks. */
export function FacetItems(props: IFacetItemsProps): JSX.Element {
  const { label, describedBy, facet, ticked, trans } = props;
  const { items } = facet;
  const [all, setAll] = React.useState(false);
  const [text, setText] = React.useState('');
  const isLong = items.length > FIRST;
  const shown = isLong && !all ? firstOf(items, ticked) : picked(items, text, ticked);
  return (
    <>
      {isLong && all && (
        <FilterInput
          label={trans.__('Filter %1', label)}
          text={text}
          trans={trans}
          onText={setText}
        />
      )}
      <Items {...props} shown={shown} />
      {facet.isCut && (all || !isLong) && (
        <p className="jp-Obsdeck-Search-hint">{trans.__('There are more values.')}</p>
      )}
      {isLong && (
        <button
          type="button"
          className="jp-Obsdeck-Search-link"
          aria-expanded={all}
          aria-describedby={describedBy}
          onClick={() => {
            setAll(!all);
            setText('');
          }}
        >
          {all
            ? trans.__('Show fewer')
            : trans.__('Show all %1', formatCount(items.length))}
        </button>
      )}
    </>
  );
}

interface IItemsProps extends IFacetItemsProps {
  readonly shown: readonly IFacetItem[];
}

/** The values in sight, with bars as shares of the one with most rows. */
function Items(props: IItemsProps): JSX.Element {
  const { shown, facet } = props;
  const counts = facet.items.map(({ rows }) => rows);
  const most = Math.max(1, ...counts.map(rows => rows ?? 0));
  const isCounted = counts.some(rows => rows !== null);
  return (
    <div className="jp-Obsdeck-Search-items" data-counted={isCounted}>
      {shown.map(item => (
        <Item {...props} key={JSON.stringify(item.value)} item={item} most={most} />
      ))}
    </div>
  );
}

interface IItemProps extends IFacetItemsProps {
  readonly item: IFacetItem;
  /** Rows of the value that has most. */
  readonly most: number;
}

function Item(props: IItemProps): JSX.Element {
  const { item, most, facet, ticked, isBad, trans, onTick } = props;
  const isTicked = ticked.includes(item.value);
  const isCounting = facet.state === 'counting';
  return (
    <label title={item.description ?? item.label} data-ticked={isTicked}>
      <input
        type="checkbox"
        aria-label={isCounting ? item.label : itemName(item, trans)}
        aria-invalid={isBad || undefined}
        checked={isTicked}
        onChange={() =>
          onTick(
            isTicked
              ? ticked.filter(value => value !== item.value)
              : [...ticked, item.value]
          )
        }
      />
      <span className="jp-Obsdeck-Search-value">{item.label}</span>
      {item.rows !== null && (
        <>
          <Rows rows={isCounting ? null : item.rows} />
          <Bar share={isCounting ? 0 : item.rows / most} />
        </>
      )}
    </label>
  );
}

/** How an item is called: “image, 48,211 rows”. */
function itemName({ label, rows }: IFacetItem, trans: TranslationBundle): string {
  return rows === null
    ? label
    : trans._n('%2, %3 row', '%2, %3 rows', rows, label, formatCount(rows));
}

/** Rows of a value: whole where there is room, short in a narrow sidebar. */
function Rows({ rows }: { readonly rows: number | null }): JSX.Element {
  return (
    <span className="jp-Obsdeck-Search-rows" aria-hidden="true">
      <span data-width="wide">{rows === null ? '…' : formatCount(rows)}</span>
      <span data-width="narrow">{rows === null ? '…' : formatShortCount(rows)}</span>
    </span>
  );
}

/** The rows of a value as a share of those of the most frequent one. */
function Bar({ share }: { readonly share: number }): JSX.Element {
  return (
    <span className="jp-Obsdeck-Search-share" aria-hidden="true">
      <span style={{ width: `${Math.round(100 * share)}%` }} />
    </span>
  );
}

/** The first values, and those further down that are ticked. */
function firstOf(
  items: readonly IFacetItem[],
  ticked: readonly FacetValue[]
): readonly IFacetItem[] {
  return items.filter(({ value }, index) => index < FIRST || ticked.includes(value));
}

/** The values whose words contain a text in any case, and the ticked ones. */
function picked(
  items: readonly IFacetItem[],
  text: string,
  ticked: readonly FacetValue[]
): readonly IFacetItem[] {
  const wanted = text.trim().toLowerCase();
  return items.filter(
    ({ label, value }) => label.toLowerCase().includes(wanted) || ticked.includes(value)
  );
}
