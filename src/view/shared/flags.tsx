import * as React from 'react';

/** Flags of the interface: shape and word carry the meaning, colour comes third. */
export type Flag = 'good' | 'bad' | 'unsure' | 'unknown' | 'locked';

const DIAMOND = (
  <>
    <path d="M8 1.4 14.6 8 8 14.6 1.4 8z" />
    <path d="M6.4 6.6c0-2 3.2-2 3.2 0 0 1.2-1.6 1.3-1.6 2.5M8 11.3v.1" />
  </>
);

/**
 * A filled disc with a tick; a broken ring with an exclamation mark; a diamond with a
 * question mark; a filled padlock. 16 x 16.
 */
const DRAWINGS: Readonly<Record<Flag, JSX.Element>> = {
  good: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path d="m4.6 8.3 2.4 2.4 4.4-5" stroke="var(--jp-layout-color1)" />
    </>
  ),
  bad: (
    <>
      <circle cx="8" cy="8" r="6" strokeDasharray="3.2 3.1" />
      <path d="M8 5v3.4M8 11v.1" strokeWidth="1.9" />
    </>
  ),
  unsure: DIAMOND,
  unknown: DIAMOND,
  locked: (
    <>
      <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" />
      <path d="M3.4 7h9.2v7H3.4z" fill="currentColor" />
    </>
  )
};

/** The icon of a flag; decoration, the word beside it says the same. */
export function FlagIcon({ flag }: { readonly flag: Flag }): JSX.Element {
  return (
    <svg
      className="jp-Obsdeck-Flag"
      data-flag={flag}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {DRAWINGS[flag]}
    </svg>
  );
}
