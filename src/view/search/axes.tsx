import * as React from 'react';

import { SPECTRAL_UNITS } from '../../protocol/spectral.js';
import type { IFormBinding } from './binding.js';
import { InputField, Unit } from './fields.js';
import { formPart } from './part.js';

interface IAxisProps {
  readonly bind: IFormBinding;
}

/** When it was observed. */
export const Period = formPart(PeriodFields, () => ['from', 'until']);

function PeriodFields({ bind }: IAxisProps): JSX.Element {
  const { trans } = bind;
  const caption = trans.__('A date, a date and time (UTC), or an MJD.');
  return (
    <div className="jp-Obsdeck-Search-line">
      <InputField
        bind={bind}
        field="from"
        label={trans.__('Observed from')}
        caption={caption}
        unit={trans.__('UTC')}
      />
      <InputField
        bind={bind}
        field="until"
        label={trans.__('Observed until')}
        caption={caption}
        unit={trans.__('UTC')}
      />
    </div>
  );
}

/** In which light: wavelengths, frequencies or energies. */
export const Wavelength = formPart(WavelengthFields, () => [
  'wavelengthFrom',
  'wavelengthTo',
  'spectralUnit'
]);

function WavelengthFields({ bind }: IAxisProps): JSX.Element {
  const { trans } = bind;
  const caption = trans.__(
    'A number in the chosen unit, or with a unit behind it, such as 230 GHz.'
  );
  return (
    <div className="jp-Obsdeck-Search-line">
      <InputField
        bind={bind}
        field="wavelengthFrom"
        label={trans.__('Wavelength from')}
        caption={caption}
      />
      <InputField
        bind={bind}
        field="wavelengthTo"
        label={trans.__('Wavelength to')}
        caption={caption}
      >
        <Unit
          bind={bind}
          field="spectralUnit"
          label={trans.__('Spectral unit')}
          units={SPECTRAL_UNITS.map(unit => unit.symbol)}
        />
      </InputField>
    </div>
  );
}
