import * as React from 'react';

interface IBarProps {
  /** Accessible name. */
  readonly label: string;
  /** 0 to 1; null while nobody knows. */
  readonly share: number | null;
  readonly isDone?: boolean;
}

/** How much of something is here. */
export function Bar({ label, share, isDone }: IBarProps): JSX.Element {
  const percent = share === null ? undefined : Math.floor(share * 100);
  return (
    <div
      className="jp-Obsdeck-Downloads-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-done={isDone}
    >
      <span style={{ width: `${(share ?? 0) * 100}%` }} />
    </div>
  );
}
