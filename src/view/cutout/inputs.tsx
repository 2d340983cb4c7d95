import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';

/** Properties of {@link TextInput}. */
export interface ITextInputProps {
  /** Shown above, and the accessible name. */
  readonly label: string;
  readonly value: string;
  /** Shown inside, at the right. */
  readonly unit?: string;
  /** What can be typed, below the field. */
  readonly help?: string;
  /** What is wrong, one sentence. */
  readonly problem?: string | null;
  readonly placeholder?: string;
  /** A control inside the box, at the right end. */
  readonly children?: React.ReactNode;
  onValue(value: string): void;
}

/** A labelled input with its unit, its range and what is wrong with it. */
export function TextInput(props: ITextInputProps): JSX.Element {
  const { label, value, unit, help, problem, placeholder, children, onValue } = props;
  const id = React.useId();
  return (
    <div className="jp-Obsdeck-Cutout-field">
      <label htmlFor={id}>{label}</label>
      <div className="jp-Obsdeck-Cutout-box" data-bad={Boolean(problem)}>
        <input
          id={id}
          value={value}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem || help ? `${id}-help` : undefined}
          onChange={event => onValue(event.target.value)}
        />
        {unit && (
          <span className="jp-Obsdeck-Cutout-unit" aria-hidden="true">
            {unit}
          </span>
        )}
        {children}
      </div>
      <Help id={`${id}-help`} help={help} problem={problem} />
    </div>
  );
}

interface IChoiceInputProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** Part of another field's box: its label is only told to assistive technology. */
  readonly isInline?: boolean;
  readonly help?: string;
  onValue(value: string): void;
}

/** A labelled list of choices. */
export function ChoiceInput(props: IChoiceInputProps): JSX.Element {
  const { label, value, choices, isInline, help, onValue } = props;
  const id = React.useId();
  const select = (
    <HTMLSelect
      id={id}
      defaultStyle={false}
      className="jp-Obsdeck-Cutout-select"
      aria-label={isInline ? label : undefined}
      aria-describedby={help ? `${id}-help` : undefined}
      value={value}
      options={[...choices]}
      onChange={event => onValue(event.target.value)}
    />
  );
  return isInline ? (
    select
  ) : (
    <div className="jp-Obsdeck-Cutout-field">
      <label htmlFor={id}>{label}</label>
      <div className="jp-Obsdeck-Cutout-box">{select}</div>
      <Help id={`${id}-help`} help={help} />
    </div>
  );
}

interface IHelpProps {
  readonly id: string;
  readonly help?: string;
  readonly problem?: string | null;
}

/** What is wrong with a field, or else what can be typed. */
export function Help({ id, help, problem }: IHelpProps): JSX.Element | null {
  const words = problem || help;
  return words ? (
    <p
      id={id}
      className={problem ? 'jp-Obsdeck-Cutout-problem' : 'jp-Obsdeck-Cutout-muted'}
    >
      {words}
    </p>
  ) : null;
}
