import * as React from 'react';

interface IRadioGroupProps<Value> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  onChange(value: Value): void;
}

/** A few choices of which one holds, below each other. */
export function RadioGroup<Value>(props: IRadioGroupProps<Value>): JSX.Element {
  const { label, choices, value, onChange } = props;
  const id = React.useId();
  return (
    <div className="jp-Obsdeck-RadioGroup" role="radiogroup" aria-labelledby={id}>
      <span id={id}>{label}</span>
      {choices.map(choice => (
        <label key={choice.label}>
          <input
            type="radio"
            name={id}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}
