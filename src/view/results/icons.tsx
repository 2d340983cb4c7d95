import { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IBanner } from './bannertypes.js';

/** A sheet with lines: the record of one row. */
export const recordIcon = new LabIcon({
  name: 'obsdeck:record',
  svgstr: outline(
    '<rect x="2" y="2.6" width="12" height="10.8"/>' +
      '<path d="M4.4 5.4h3M4.4 8h7M4.4 10.6h5"/>'
  )
});

/** A funnel: only some rows. */
export const filterIcon = new LabIcon({
  name: 'obsdeck:filter',
  svgstr: outline('<path d="M2.2 3h11.6L9.4 8.4v4.8l-2.8-1.4V8.4z"/>')
});

/** Columns side by side: which ones are shown. */
export const columnsIcon = new LabIcon({
  name: 'obsdeck:columns',
  svgstr: outline(
    '<path d="M2.6 2.6h2.8v10.8H2.6zM8 2.6v10.8M10.6 2.6h2.8v10.8h-2.8z"/>'
  )
});

/** A grid of rows: the icon of a Results tab. */
export const resultsIcon = new LabIcon({
  name: 'obsdeck:results',
  svgstr: outline(
    '<rect x="2" y="2.6" width="12" height="10.8"/>' +
      '<path d="M2 6.2h12M2 9.8h12M6.4 6.2v7.2"/>'
  )
});

/** Shapes of the banners' icons; shape and words carry the meaning, colour comes third. */
const SHAPES: Record<IBanner['tone'], string> = {
  plain: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.2v4M8 4.7v.1',
  warn: 'M8 2 15 14H1zM8 6.4v3.4M8 11.9v.1',
  bad: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 4.8v4M8 11v.1'
};

/** The icon of a banner; decoration, its words say the same. */
export function StateIcon({ tone }: Pick<IBanner, 'tone'>): JSX.Element {
  return <Shape path={SHAPES[tone]} />;
}

function Shape({ path }: { path: string }): JSX.Element {
  return (
    <svg
      className="jp-Obsdeck-Results-icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** An icon for JupyterLab's own buttons, which colour strokes (and any `fill`) by class. */
function outline(content: string): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"' +
    ' fill="none"><g class="jp-icon3" stroke="#616161" stroke-width="1.4"' +
    ` stroke-linecap="round" stroke-linejoin="round">${content}</g></svg>`
  );
}
