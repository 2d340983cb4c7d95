import * as React from 'react';

/** One of the choices of a {@link RadioGroup}. */
export interface IRadioChoice<Value> {
  readonly value: Value;
  readonly label: string;
  /** Why it cannot be chosen; undefined where it can. */
  readonly off?: string;
}

interface IRadioGroupProps<Value> {
  readonly label: string;
  readonly choices: readonly IRadioChoice<Value>[];
  readonly value: Value;
  /** Beside each other, behind the label. */
  readonly inline?: boolean;
  /** Id of what is said about the choice. */
  readonly describedBy?: string;
  onChange(value: Value): void;
}

/** A few choices of which one holds, below each other unless told otherwise. */
export function RadioGroup<Value>(props: IRadioGroupProps<Value>): JSX.Element {
  const { label, choices, value, inline, describedBy, onChange } = props;
  const id = React.useId();
  return (
    <div
      className="jp-Obsdeck-RadioGroup"
      role="radiogroup"
      data-inline={inline}
      aria-labelledby={id}
      aria-describedby={describedBy}
    >
      <span id={id}>{label}</span>
      {choices.map(choice => (
        <label key={choice.label} title={choice.off}>
          <input
            type="radio"
            name={id}
            checked={choice.value === value}
            disabled={choice.off !== undefined}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}
