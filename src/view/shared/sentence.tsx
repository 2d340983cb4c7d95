import * as React from 'react';

/** Stands in a translated sentence where {@link Sentence} puts something else than text. */
export const SLOT = '\uFFFC';

interface ISentenceProps {
  /** Translated, with one {@link SLOT}. */
  readonly text: string;
  /** What takes the place of the slot. */
  readonly children: React.ReactNode;
}

/** A translated sentence with a link or an emphasis somewhere in it. */
export function Sentence({ text, children }: ISentenceProps): JSX.Element {
  const [before, after = ''] = text.split(SLOT);
  return (
    <>
      {before}
      {children}
      {after}
    </>
  );
}
