import { caretDownIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { Problem } from './fields.js';
import type { IFacetItem } from './vocabulary.js';

interface IFacetProps<Value extends string | number | null> {
  readonly label: string;
  readonly items: readonly IFacetItem<Value>[];
  readonly chosen: readonly Value[];
  readonly problem?: string;
  onChange(chosen: readonly Value[]): void;
}

/** A group of check boxes that folds; folded, it says what is chosen. */
export function Facet<Value extends string | number | null>(
  props: IFacetProps<Value>
): JSX.Element {
  const { label, items, chosen, problem, onChange } = props;
  const id = React.useId();
  const [open, setOpen] = React.useState(true);
  const toggle = (value: Value) => {
    const without = chosen.filter(item => item !== value);
    onChange(without.length < chosen.length ? without : [...chosen, value]);
  };
  return (
    <div
      className="jp-Obsdeck-Search-facet"
      role="group"
      aria-labelledby={id}
      aria-describedby={problem && `${id}-problem`}
    >
      <Fold id={id} label={label} open={open} onToggle={() => setOpen(!open)}>
        {!open && summary(items, chosen)}
      </Fold>
      <div className="jp-Obsdeck-Search-items" hidden={!open}>
        {items.map(item => (
          <label key={item.label} title={item.caption}>
            <input
              type="checkbox"
              aria-invalid={problem ? true : undefined}
              checked={chosen.includes(item.value)}
              onChange={() => toggle(item.value)}
            />
            <span>{item.label}</span>
          </label>
        ))}
      </div>
      <Problem id={id} message={problem} />
    </div>
  );
}

interface IFoldProps {
  /** Id of the words of the label. */
  readonly id: string;
  readonly label: string;
  readonly open: boolean;
  readonly link?: boolean;
  onToggle(): void;
  /** Muted words behind the label. */
  readonly children?: React.ReactNode;
}

/** A button that opens and closes what follows it. */
export function Fold(props: IFoldProps): JSX.Element {
  const { id, label, open, link, onToggle, children } = props;
  return (
    <div className="jp-Obsdeck-Search-fold" data-link={link}>
      <button type="button" id={id} aria-expanded={open} onClick={onToggle}>
        <caretDownIcon.react tag="span" />
        {label}
      </button>
      <span className="jp-Obsdeck-Search-summary">{children}</span>
    </div>
  );
}

function summary<Value>(
  items: readonly IFacetItem<Value>[],
  chosen: readonly Value[]
): string {
  return items
    .filter(item => chosen.includes(item.value))
    .map(item => item.label)
    .join(', ');
}
