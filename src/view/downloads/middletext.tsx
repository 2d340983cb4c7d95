import * as React from 'react';

/** Letters at the end of a name that are always shown: the ending, and what tells frames apart. */
const TAIL = 14;

/** A name on one line that is shortened in the middle; whole as tooltip. */
export function MiddleText({ text }: { readonly text: string }): JSX.Element {
  const letters = [...text];
  const cut = Math.max(0, letters.length - TAIL);
  return (
    <span className="jp-Obsdeck-MiddleText" title={text}>
      <span>{letters.slice(0, cut).join('')}</span>
      <span>{letters.slice(cut).join('')}</span>
    </span>
  );
}
