import * as React from 'react';

import { SPECTRAL_UNITS } from '../../protocol/spectral.js';
import type { IFormBinding } from './binding.js';
import { InputField, Unit } from './fields.js';

/** When it was observed. */
export function Period(props: IFormBinding): JSX.Element {
  const { trans } = props;
  const caption = trans.__('A date, a date and time (UTC), or an MJD.');
  return (
    <div className="jp-Obsdeck-Search-line">
      <InputField
        bind={props}
        field="from"
        label={trans.__('Observed from')}
        caption={caption}
        unit={trans.__('UTC')}
      />
      <InputField
        bind={props}
        field="until"
        label={trans.__('Observed until')}
        caption={caption}
        unit={trans.__('UTC')}
      />
    </div>
  );
}

/** In which light: wavelengths, frequencies or energies. */
export function Wavelength(props: IFormBinding): JSX.Element {
  const { trans } = props;
  const caption = trans.__(
    'A number in the chosen unit, or with a unit behind it, such as 230 GHz.'
  );
  return (
    <div className="jp-Obsdeck-Search-line">
      <InputField
        bind={props}
        field="wavelengthFrom"
        label={trans.__('Wavelength from')}
        caption={caption}
      />
      <InputField
        bind={props}
        field="wavelengthTo"
        label={trans.__('Wavelength to')}
        caption={caption}
      >
        <Unit
          bind={props}
          field="spectralUnit"
          label={trans.__('Spectral unit')}
          units={SPECTRAL_UNITS.map(unit => unit.symbol)}
        />
      </InputField>
    </div>
  );
}
