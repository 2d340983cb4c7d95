import * as React from 'react';

import type { SchemaThing } from '../../model/schema/tree.js';

/** A database, a table, a column, and the f of a function. */
const SHAPES: Readonly<Record<SchemaThing['kind'], string>> = {
  schema:
    'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
  table: 'M2 3h12v10H2zM2 6.4h12M6 6.4V13M10 6.4V13',
  column: 'M5 2.5h6v11H5zM5 5.5h6',
  functions: 'M10.8 2.6C8.6 2 8 3.4 7.7 5L6.3 11c-.3 1.6-.9 3-3 2.4M5.4 6.6h5',
  function: 'M10.8 2.6C8.6 2 8 3.4 7.7 5L6.3 11c-.3 1.6-.9 3-3 2.4M5.4 6.6h5',
  columns: 'M8 3.5v.1M8 8v.1M8 12.5v.1'
};

/** What a row of the tree is; decoration, as level and words say the same. */
export function ThingIcon({ kind }: { kind: SchemaThing['kind'] }): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={SHAPES[kind]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
