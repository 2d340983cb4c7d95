import * as React from 'react';

/** An icon drawn as one line. */
export interface IOutlineIconProps {
  /** Path in a square of 16 x 16. */
  readonly outline: string;
  readonly name: string;
  readonly className: string;
  /** For shapes that are dots or bars. */
  readonly isBold?: boolean;
}

/** An icon as an outline; decoration, the words beside it say the same. */
export function OutlineIcon(props: IOutlineIconProps): JSX.Element {
  return (
    <svg
      className={props.className}
      data-icon={props.name}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path
        d={props.outline}
        fill="none"
        stroke="currentColor"
        strokeWidth={props.isBold ? 2.4 : 1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
