import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ILimits } from '../../model/quicklook/client.js';
import type { PictureModel } from '../../model/quicklook/picture.js';
import { shortest } from '../shared/format.js';
import { Popup } from '../shared/popup.js';

/** Let the user type which values are black and white. */
export function openLimits(
  picture: PictureModel,
  opener: HTMLElement,
  trans: TranslationBundle
): void {
  const popup = new Popup({
    className: 'jp-Obsdeck-QuickLook-limits',
    label: trans.__('Limits'),
    opener,
    draw: () => (
      <LimitsForm
        limits={picture.parts.limits ?? { low: 0, high: 1 }}
        unit={picture.image.unit}
        trans={trans}
        onLimits={limits => {
          picture.setLook({ limits });
          popup.close();
        }}
      />
    )
  });
  popup.open();
}

/** Properties of {@link LimitsForm}. */
export interface ILimitsFormProps {
  readonly limits: ILimits;
  readonly unit: string;
  readonly trans: TranslationBundle;
  onLimits(limits: ILimits): void;
}

/** “Low” and “High”, and what is wrong with them. */
export function LimitsForm(props: ILimitsFormProps): JSX.Element {
  const { limits, unit, trans, onLimits } = props;
  const [low, setLow] = React.useState(short(limits.low));
  const [high, setHigh] = React.useState(short(limits.high));
  const read = { low: numberOf(low), high: numberOf(high) };
  const problem =
    read.low === null || read.high === null
      ? trans.__('Both limits must be numbers.')
      : read.low >= read.high
        ? trans.__('The lower limit must be below the upper one.')
        : '';
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (!problem && read.low !== null && read.high !== null) {
      onLimits({ low: read.low, high: read.high });
    }
  };
  return (
    <form onSubmit={submit}>
      <Field label={trans.__('Low')} unit={unit} value={low} onChange={setLow} />
      <Field label={trans.__('High')} unit={unit} value={high} onChange={setHigh} />
      {problem && <p role="status">{problem}</p>}
      <button type="submit" className="jp-Obsdeck-Results-button" disabled={!!problem}>
        {trans.__('Set limits')}
      </button>
    </form>
  );
}

function Field(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  onChange(value: string): void;
}): JSX.Element {
  const { label, unit, value, onChange } = props;
  return (
    <label>
      {label}
      <input
        type="text"
        inputMode="decimal"
        value={value}
        onChange={event => onChange(event.target.value)}
      />
      <span>{unit}</span>
    </label>
  );
}

/** Null for what is no finite number; both minus signs are read. */
function numberOf(text: string): number | null {
  const plain = text.trim().replace('\u2212', '-');
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) ? value : null;
}

function short(value: number): string {
  return shortest(Number(value.toPrecision(6)));
}
