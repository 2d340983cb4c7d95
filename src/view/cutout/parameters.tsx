import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IServiceField } from '../../model/cutout/fields.js';
import type { FormModel } from '../../model/cutout/form.js';
import { SPECTRAL_UNITS } from '../../protocol/spectral.js';
import { ChoiceInput, Help, TextInput } from './inputs.js';
import { rangeWords } from './words.js';

interface IParametersProps {
  readonly form: FormModel;
  readonly fields: readonly IServiceField[];
  readonly trans: TranslationBundle;
}

/** One field for each free parameter. */
export function Parameters({ form, fields, trans }: IParametersProps): JSX.Element {
  return (
    <>
      {fields.map(field => (
        <Parameter key={field.name} form={form} field={field} trans={trans} />
      ))}
    </>
  );
}

interface IParameterProps {
  readonly form: FormModel;
  readonly field: IServiceField;
  readonly trans: TranslationBundle;
}

function Parameter(props: IParameterProps): JSX.Element {
  switch (props.field.kind) {
    case 'interval':
    case 'band':
    case 'time':
      return <Limits {...props} />;
    case 'choice':
      return <Choice {...props} />;
    case 'choices':
      return <Choices {...props} />;
    default:
      return <Single {...props} />;
  }
}

function Single({ form, field, trans }: IParameterProps): JSX.Element {
  return (
    <TextInput
      label={field.name}
      value={form.valueOf(field).text}
      unit={field.unit}
      help={[rangeWords(trans, field), field.description].filter(Boolean).join('. ')}
      problem={form.problemOf(field)}
      onValue={text => form.set(field, { text })}
    />
  );
}

/** Two limits; one that is empty is open. */
function Limits({ form, field, trans }: IParameterProps): JSX.Element {
  const id = React.useId();
  const { text, until } = form.valueOf(field);
  const unit = field.kind === 'time' ? trans.__('UTC') : field.unit;
  const own = field.kind === 'band' ? undefined : unit;
  const help = [rangeWords(trans, field), field.description].filter(Boolean).join('. ');
  return (
    <div className="jp-Obsdeck-Cutout-limits" role="group" aria-labelledby={id}>
      <span id={id}>{field.name}</span>
      <div className="jp-Obsdeck-Cutout-line">
        <TextInput
          label={trans.__('%1 from', field.name)}
          value={text}
          unit={own}
          onValue={value => form.set(field, { text: value })}
        />
        <TextInput
          label={trans.__('%1 to', field.name)}
          value={until}
          unit={own}
          onValue={value => form.set(field, { until: value })}
        >
          {field.kind === 'band' && (
            <BandUnit form={form} field={field} trans={trans} />
          )}
        </TextInput>
      </div>
      <Help id={`${id}-help`} help={help} problem={form.problemOf(field)} />
    </div>
  );
}

function BandUnit({ form, field, trans }: IParameterProps): JSX.Element {
  return (
    <ChoiceInput
      isInline
      label={trans.__('%1 unit', field.name)}
      value={form.valueOf(field).unit}
      choices={SPECTRAL_UNITS.map(({ symbol }) => ({ value: symbol, label: symbol }))}
      onValue={unit => form.set(field, { unit })}
    />
  );
}

function Choice({ form, field, trans }: IParameterProps): JSX.Element {
  const choices = field.options.map(option => ({ value: option, label: option }));
  return (
    <ChoiceInput
      label={field.name}
      value={form.valueOf(field).text}
      choices={[{ value: '', label: trans.__('not given') }, ...choices]}
      help={field.description}
      onValue={text => form.set(field, { text })}
    />
  );
}

/** Any number of the options: each is sent. */
function Choices({ form, field }: IParameterProps): JSX.Element {
  const id = React.useId();
  const { chosen } = form.valueOf(field);
  const toggle = (option: string): void =>
    form.set(field, {
      chosen: field.options.filter(one =>
        one === option ? !chosen.includes(one) : chosen.includes(one)
      )
    });
  return (
    <div className="jp-Obsdeck-Cutout-choices" role="group" aria-labelledby={id}>
      <span id={id}>{field.name}</span>
      {field.options.map(option => (
        <label key={option}>
          <input
            type="checkbox"
            checked={chosen.includes(option)}
            onChange={() => toggle(option)}
          />
          {option}
        </label>
      ))}
      <Help id={`${id}-help`} help={field.description} />
    </div>
  );
}
