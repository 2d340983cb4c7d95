import * as React from 'react';

import { OutlineIcon } from '../shared/outlineicon.js';
import type { RowIcon } from './row.js';

/** Outlines of the states, 16 x 16. */
const SHAPES: Record<RowIcon | 'lock' | 'key' | 'more', string> = {
  user: 'M8 2.4a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM2.6 14c.5-3 2.6-4.4 5.4-4.4s4.9 1.4 5.4 4.4',
  soon: 'M8 2 15 14H1zM8 6.4v3.4M8 11.9v.1',
  expired: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM8 4.8v3.8M8 11v.1',
  globe:
    'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2c3.4 3.4 3.4 8.6 0 12-3.4-3.4-3.4-8.6 0-12zM2 8h12',
  busy: 'M8 2a6 6 0 1 1-5.6 3.8',
  lock: 'M3.4 7h9.2v7H3.4zM5.4 7V5a2.6 2.6 0 0 1 5.2 0v2M8 9.6v1.8',
  key: 'M5 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 8h6.4M12.2 8v2.8M10.2 8v1.8',
  more: 'M8 3.2v.1M8 8v.1M8 12.8v.1'
};

interface IAccountIconProps {
  readonly icon: keyof typeof SHAPES;
  readonly className?: string;
}

/** The icon of a state; decoration, the words beside it say the same. */
export function AccountIcon({ icon, className = '' }: IAccountIconProps): JSX.Element {
  return (
    <OutlineIcon
      outline={SHAPES[icon]}
      name={icon}
      className={`jp-Obsdeck-Accounts-icon ${className}`}
      isBold={icon === 'more'}
    />
  );
}
