import * as React from 'react';

interface IEmphasisProps {
  readonly text: string;
  /** Parts that are shown bold where they occur first; empty ones do not. */
  readonly parts: readonly string[];
}

/** A sentence in which what it is about is bold. */
export function Emphasis({ text, parts }: IEmphasisProps): JSX.Element {
  const [part, ...rest] = parts.filter(one => one !== '');
  const at = part === undefined ? -1 : text.indexOf(part);
  if (part === undefined) {
    return <>{text}</>;
  }
  if (at < 0) {
    return <Emphasis text={text} parts={rest} />;
  }
  return (
    <>
      <Emphasis text={text.slice(0, at)} parts={rest} />
      <b>{part}</b>
      <Emphasis text={text.slice(at + part.length)} parts={rest} />
    </>
  );
}
