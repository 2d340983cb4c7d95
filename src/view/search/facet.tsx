import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { FacetValue, IFacet } from '../../model/facetvalues.js';
import { FacetItems } from './facetitems.js';
import { Problem } from './fields.js';

/** Properties of {@link Facet}. */
export interface IFacetProps {
  readonly label: string;
  readonly caption?: string;
  /** The values, in words. */
  readonly facet: IFacet;
  readonly ticked: readonly FacetValue[];
  /** What was typed instead of ticked; empty for nothing. */
  readonly typed: string;
  readonly open: boolean;
  readonly problem?: string;
  readonly trans: TranslationBundle;
  onOpen(open: boolean): void;
  onTick(ticked: readonly FacetValue[]): void;
  /** The user does not want values counted any more; missing where the form has the facet. */
  onRemove?(): void;
  /** A control above the values. */
  readonly children?: React.ReactNode;
}

/** Values of a column to tick, with the rows that have them; folded, it says what is ticked. */
export function Facet(props: IFacetProps): JSX.Element {
  const { label, caption, facet, open, problem, trans } = props;
  const id = React.useId();
  return (
    <div
      className="jp-Obsdeck-Search-facet"
      role="group"
      aria-labelledby={id}
      aria-describedby={problem === undefined ? undefined : `${id}-problem`}
    >
      <Fold
        id={id}
        label={label}
        caption={caption}
        open={open}
        onToggle={() => props.onOpen(!open)}
      >
        {open ? <State facet={facet} trans={trans} /> : props.typed || summary(props)}
        {props.onRemove && (
          <button
            type="button"
            className="jp-Obsdeck-Search-remove"
            title={trans.__('Do not count by %1', label)}
            aria-label={trans.__('Do not count by %1', label)}
            onClick={() => props.onRemove?.()}
          >
            ×
          </button>
        )}
      </Fold>
      {open && props.children}
      {open && <FacetItems {...props} describedBy={id} isBad={problem !== undefined} />}
      <Problem id={id} message={problem} />
    </div>
  );
}

/** That it is being counted, or why it was not. */
function State({
  facet,
  trans
}: Pick<IFacetProps, 'facet' | 'trans'>): JSX.Element | null {
  switch (facet.state) {
    case 'counting':
      return <span aria-label={trans.__('counting')}>…</span>;
    case 'failed':
      return (
        <span title={facet.error?.message} role="note">
          {trans.__('not counted: %1', facet.error?.message ?? '')}
        </span>
      );
    default:
      return null;
  }
}

function summary({ facet, ticked }: IFacetProps): string {
  return facet.items
    .filter(({ value }) => ticked.includes(value))
    .map(({ label }) => label)
    .join(', ');
}

interface IFoldProps {
  /** Id of the words of the label. */
  readonly id: string;
  readonly label: string;
  readonly caption?: string;
  readonly open: boolean;
  readonly link?: boolean;
  onToggle(): void;
  /** Muted words behind the label. */
  readonly children?: React.ReactNode;
}

/** A button that opens and closes what follows it. */
export function Fold(props: IFoldProps): JSX.Element {
  const { id, label, caption, open, link, onToggle, children } = props;
  return (
    <div className="jp-Obsdeck-Search-fold" data-link={link}>
      <button
        type="button"
        id={id}
        title={caption}
        aria-expanded={open}
        onClick={onToggle}
      >
        <caretDownIcon.react tag="span" />
        <span>{label}</span>
      </button>
      <span className="jp-Obsdeck-Search-summary">{children}</span>
    </div>
  );
}
