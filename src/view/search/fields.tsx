import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { FormPlace, ISearchForm } from '../../protocol/form.js';
import { type IFormBinding, problemOf, type TextFieldName } from './binding.js';

/** A choice of a {@link Select}. */
export interface IChoice {
  readonly value: string;
  readonly label: string;
}

interface IInputFieldProps {
  readonly bind: IFormBinding;
  readonly field: TextFieldName | 'rowLimit';
  readonly label: string;
  readonly placeholder?: string;
  /** What can be typed, as tooltip and description. */
  readonly caption?: string;
  /** Said at the right end of the input. */
  readonly unit?: string;
  /** `number` makes it a spin button. */
  readonly type?: 'text' | 'number';
  /** Ids of what is said about the field elsewhere. */
  readonly describedBy?: string;
  /** A control inside the box, at the right end. */
  readonly children?: React.ReactNode;
}

/** A labelled input of a field of the form. */
export function InputField(props: IInputFieldProps): JSX.Element {
  const { bind, field } = props;
  return (
    <Input
      {...props}
      place={field}
      value={bind.form[field]}
      onValue={value => bind.onChange({ [field]: value })}
    />
  );
}

/** Properties of {@link Input}. */
export interface IInputProps extends Omit<IInputFieldProps, 'field'> {
  readonly place: FormPlace;
  readonly value: string | number;
  onValue(value: string): void;
}

/** A labelled input, and below its line what is wrong with it. */
export function Input(props: IInputProps): JSX.Element {
  const { bind, place, value, label, placeholder, caption, unit, children } = props;
  const { type = 'text', onValue, describedBy } = props;
  const id = React.useId();
  const problem = problemOf(bind, place);
  return (
    <>
      <div className="jp-Obsdeck-Search-field">
        <label htmlFor={id}>{label}</label>
        <div className="jp-Obsdeck-Search-box" data-bad={problem !== undefined}>
          <input
            id={id}
            type={type}
            min={type === 'number' ? 1 : undefined}
            value={value}
            placeholder={placeholder ?? ' '}
            title={caption}
            spellCheck={false}
            autoComplete="off"
            {...invalid(id, problem, describedBy)}
            onChange={event => onValue(event.target.value)}
            onBlur={() => bind.onLeave(place)}
          />
          {unit && (
            <span className="jp-Obsdeck-Search-unit" aria-hidden="true">
              {unit}
            </span>
          )}
          {children}
        </div>
      </div>
      <Problem id={id} message={problem} />
    </>
  );
}

interface ISelectProps {
  /** Shown above, or only told to assistive technology when `inline`. */
  readonly label: string;
  /** Part of another field's box. */
  readonly inline?: boolean;
  readonly value: string;
  readonly choices: readonly IChoice[];
  readonly problem?: string;
  onChange(value: string): void;
}

/** A drop-down list with its label. */
export function Select(props: ISelectProps): JSX.Element {
  const { label, inline, value, choices, problem, onChange } = props;
  const id = React.useId();
  const select = (
    <HTMLSelect
      id={id}
      className="jp-Obsdeck-Search-select"
      defaultStyle={false}
      aria-label={inline ? label : undefined}
      value={value}
      options={[...choices]}
      {...invalid(id, problem)}
      onChange={event => onChange(event.target.value)}
    />
  );
  if (inline) {
    return select;
  }
  return (
    <>
      <div className="jp-Obsdeck-Search-field">
        <label htmlFor={id}>{label}</label>
        <div className="jp-Obsdeck-Search-box" data-bad={problem !== undefined}>
          {select}
        </div>
      </div>
      <Problem id={id} message={problem} />
    </>
  );
}

interface IUnitProps<Name extends 'radiusUnit' | 'spectralUnit'> {
  readonly bind: IFormBinding;
  readonly field: Name;
  readonly label: string;
  readonly units: readonly ISearchForm[Name][];
}

/** The unit of an input, inside its box. */
export function Unit<Name extends 'radiusUnit' | 'spectralUnit'>(
  props: IUnitProps<Name>
): JSX.Element {
  const { bind, field, label, units } = props;
  return (
    <Select
      inline
      label={label}
      value={bind.form[field]}
      choices={units.map(unit => ({ value: unit, label: SHORT[unit] ?? unit }))}
      onChange={unit => bind.onChange({ [field]: unit })}
    />
  );
}

/** Units whose names are too long for a narrow box. */
const SHORT: Readonly<Record<string, string>> = { Angstrom: 'Å' };

/** What is wrong with the field whose id is given; it takes a line of its own. */
export function Problem(props: { id: string; message?: string }): JSX.Element | null {
  return props.message === undefined ? null : (
    <p id={`${props.id}-problem`} className="jp-Obsdeck-Search-problem">
      {props.message}
    </p>
  );
}

/** The attributes that tie a control to its {@link Problem}, and to what else is said. */
export function invalid(
  id: string,
  problem: string | undefined,
  describedBy?: string
): React.AriaAttributes {
  return problem === undefined
    ? { 'aria-describedby': describedBy }
    : { 'aria-invalid': true, 'aria-describedby': `${id}-problem` };
}
