import * as React from 'react';

/** Properties of {@link TextField}. */
export interface ITextFieldProps {
  readonly label: string;
  readonly value: string;
  /** What is wrong with it, in one sentence. */
  readonly problem?: string;
  /** What can be typed; a problem takes its place. */
  readonly hint?: string;
  onChange(value: string): void;
}

/** One line of text in a dialog, with what is wrong with it below. */
export function TextField(props: ITextFieldProps): JSX.Element {
  const { label, value, problem, hint, onChange } = props;
  const id = React.useId();
  const help = problem ?? hint;
  return (
    <div className="jp-Obsdeck-Search-field">
      <label htmlFor={id}>{label}</label>
      <div className="jp-Obsdeck-Search-box" data-bad={problem !== undefined}>
        <input
          id={id}
          type="text"
          value={value}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={help ? `${id}-help` : undefined}
          onChange={event => onChange(event.target.value)}
        />
      </div>
      {help && (
        <p
          id={`${id}-help`}
          className={`jp-Obsdeck-Search-${problem ? 'problem' : 'hint'}`}
          role={problem ? 'alert' : undefined}
        >
          {help}
        </p>
      )}
    </div>
  );
}
