import * as React from 'react';

import { OutlineIcon } from '../shared/outlineicon.js';
import type { JobIcon } from './row.js';

/** Outlines of the states, 16 x 16. */
const SHAPES: Record<JobIcon, string> = {
  running: 'M8 2a6 6 0 1 1-5.6 3.8',
  waiting: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.2 1.6',
  done: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6zM5 8.2l2.2 2.2L11.2 6',
  failed: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 4.8v3.8M8 11v.1',
  held: 'M5.6 3v10M10.4 3v10',
  elsewhere:
    'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2c3.4 3.4 3.4 8.6 0 12-3.4-3.4-3.4-8.6 0-12zM2 8h12',
  over: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM5.2 8h5.6'
};

/** The icon of a state; decoration, the words beside it say the same. */
export function JobStateIcon({ icon }: { readonly icon: JobIcon }): JSX.Element {
  return (
    <OutlineIcon
      outline={SHAPES[icon]}
      name={icon}
      className="jp-Obsdeck-Jobs-icon"
      isBold={icon === 'held'}
    />
  );
}
