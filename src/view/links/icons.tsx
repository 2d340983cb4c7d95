import { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { ILinkRow, LinkUse } from '../../model/links/types.js';
import { OutlineIcon } from '../shared/outlineicon.js';

/** Two links of a chain: what belongs to a row. */
export const linksIcon = new LabIcon({
  name: 'obsdeck:links',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"' +
    ' fill="none"><g class="jp-icon3" stroke="#616161" stroke-width="1.4"' +
    ' stroke-linecap="round" stroke-linejoin="round">' +
    '<path d="M6.8 9.2a2.6 2.6 0 0 1 0-3.7l2-2a2.6 2.6 0 0 1 3.7 3.7l-1.2 1.2"/>' +
    '<path d="M9.2 6.8a2.6 2.6 0 0 1 0 3.7l-2 2a2.6 2.6 0 0 1-3.7-3.7l1.2-1.2"/>' +
    '</g></svg>'
});

/** An arrow down to a line: fetch files. */
export const downloadIcon = new LabIcon({
  name: 'obsdeck:download',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"' +
    ' fill="none"><g class="jp-icon3" stroke="#616161" stroke-width="1.4"' +
    ' stroke-linecap="round" stroke-linejoin="round">' +
    '<path d="M8 2.5v7.6M4.8 7.2 8 10.4l3.2-3.2M2.8 13.4h10.4"/></g></svg>'
});

const CHAIN =
  'M6.8 9.2a2.6 2.6 0 0 1 0-3.7l2-2a2.6 2.6 0 0 1 3.7 3.7l-1.2 1.2M9.2 6.8a2.6 2.6 0 0 1 0 3.7l-2 2a2.6 2.6 0 0 1-3.7-3.7l1.2-1.2';

/** A table of pixels, a picture, lines, a frame to cut out, a chain, a globe, a sheet. */
const USES: Readonly<Record<LinkUse, string>> = {
  fits: 'M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11',
  picture: 'M2 3h12v10H2zM4 11l3-3.6 2 2.2 1.6-1.6L13 11M10.6 5.4v.1',
  text: 'M3 4h10M3 6.7h10M3 9.4h10M3 12.1h6',
  service:
    'M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  links: CHAIN,
  page: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c-2.6 2.8-2.6 9.2 0 12M8 2c2.6 2.8 2.6 9.2 0 12',
  file: 'M4 1.8h5.2L12.4 5v9.2H4zM9 2v3.2h3.2',
  none: 'M4 1.8h5.2L12.4 5v9.2H4zM9 2v3.2h3.2'
};

/** An octagon with an exclamation mark, as for errors everywhere. */
const FAULT = 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 4.8v4M8 11v.1';

/** What a row of the tree is; decoration, as its type is told in words. */
export function LinkIcon({ thing }: Pick<ILinkRow, 'thing'>): JSX.Element | null {
  switch (thing.kind) {
    case 'link':
      return <Icon outline={USES[thing.use]} name={thing.use} />;
    case 'loop':
      return <Icon outline={CHAIN} name="loop" />;
    case 'fault':
    case 'failed':
      return <Icon outline={FAULT} name="fault" className="jp-mod-bad" />;
    default:
      return null;
  }
}

function Icon(props: {
  readonly outline: string;
  readonly name: string;
  readonly className?: string;
}): JSX.Element {
  return (
    <OutlineIcon
      outline={props.outline}
      name={props.name}
      className={`jp-Obsdeck-Links-icon ${props.className ?? ''}`}
    />
  );
}

/** Drawn check box; its state is the treeitem's, so it is decoration. */
export function TickBox(props: {
  readonly ticked: NonNullable<ILinkRow['ticked']>;
  onTick(): void;
}): JSX.Element {
  const { ticked, onTick } = props;
  return (
    <span
      className={`jp-Obsdeck-Links-tick jp-mod-${ticked}`}
      aria-hidden="true"
      onClick={event => {
        event.stopPropagation();
        onTick();
      }}
      onDoubleClick={event => event.stopPropagation()}
    >
      <svg viewBox="0 0 14 14" width="14" height="14">
        <path d={MARKS[ticked]} fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
    </span>
  );
}

const MARKS = { true: 'm3 7.2 2.8 2.8 5.4-6', mixed: 'M3.5 7h7', false: '' } as const;
