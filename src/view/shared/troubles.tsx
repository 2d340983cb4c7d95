import * as React from 'react';

/** What holds for a whole section of the sidebar and is not as it should be. */
export function Troubles(props: {
  /** One sentence each; empty ones are left out. */
  readonly sentences: readonly string[];
}): JSX.Element | null {
  const sentences = props.sentences.filter(sentence => sentence !== '');
  return sentences.length === 0 ? null : (
    <div className="jp-Obsdeck-Section-troubles" role="alert">
      {sentences.map(sentence => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}

/** A muted sentence of a section; nothing for an empty one. */
export function Hint(props: {
  readonly text: string | undefined;
  /** `status` where it tells of something that has happened. */
  readonly role?: 'status';
}): JSX.Element | null {
  const { text, role } = props;
  return text ? (
    <p className="jp-Obsdeck-Section-hint" role={role}>
      {text}
    </p>
  ) : null;
}
