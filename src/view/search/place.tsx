import * as React from 'react';

import type { Resolution } from '../../model/resolving.js';
import { RADIUS_UNITS } from '../../model/savedsearch.js';
import type { IResolvedTarget } from '../../protocol/form.js';
import { formatCount } from '../shared/format.js';
import type { IFormBinding } from './binding.js';
import { InputField, Unit } from './fields.js';
import { formPart } from './part.js';
import { ResolutionLine } from './resolution.js';

/** A position at which the sandbox has observations, so that copying it finds some. */
const EXAMPLE = '55.75 -32.29';

/** Properties of {@link Place}. */
export interface IPlaceProps {
  readonly bind: IFormBinding;
  /** Names can be looked up. */
  readonly hasResolver: boolean;
  /** What is known of the name that was typed. */
  readonly resolution: Resolution | null;
  /** Of several things with the name, the one that is meant. */
  onTarget(target: IResolvedTarget): void;
}

/** A target or position, or a list of them, and how far around. */
export const Place = formPart(PlaceFields, () => [
  'position',
  'radius',
  'radiusUnit',
  'targets'
]);

function PlaceFields(props: IPlaceProps): JSX.Element {
  const { bind } = props;
  const { trans, form } = bind;
  return (
    <>
      <div
        className="jp-Obsdeck-Search-line"
        data-second="narrow"
        data-wide={form.targets.length > 0 || undefined}
      >
        {form.targets.length > 0 ? <TargetChip {...bind} /> : <Target {...props} />}
        <InputField bind={bind} field="radius" label={trans.__('Radius')}>
          <Unit
            bind={bind}
            field="radiusUnit"
            label={trans.__('Radius unit')}
            units={RADIUS_UNITS}
          />
        </InputField>
      </div>
      {form.targets.length === 0 && (
        <ResolutionLine
          resolution={props.resolution}
          trans={trans}
          onChoose={props.onTarget}
        />
      )}
    </>
  );
}

function Target(props: IPlaceProps): JSX.Element {
  const { bind, hasResolver } = props;
  const { trans } = bind;
  const position = trans.__(
    'ICRS in degrees or sexagesimal, galactic followed by “gal”, or an outline as s_region has it.'
  );
  return (
    <InputField
      bind={bind}
      field="position"
      label={trans.__('Target or position')}
      placeholder={EXAMPLE}
      caption={
        hasResolver
          ? trans.__('A name, or a position: %1', position)
          : trans.__('%1 Names cannot be looked up here.', position)
      }
    />
  );
}

/** The list of targets that is searched instead of one. */
function TargetChip({ form, trans, onChange }: IFormBinding): JSX.Element {
  const count = form.targets.length;
  const words = trans._n('%2 target', '%2 targets', count, formatCount(count));
  return (
    <div className="jp-Obsdeck-Search-field">
      <span className="jp-Obsdeck-Search-label">{trans.__('Targets')}</span>
      <div className="jp-Obsdeck-Search-chip">
        <span
          title={form.targets
            .slice(0, 20)
            .map(({ name }) => name)
            .join(', ')}
        >
          {words}
        </span>
        <button
          type="button"
          className="jp-Obsdeck-Search-link"
          aria-label={trans.__('Remove %1', words)}
          onClick={() => onChange({ targets: [] })}
        >
          {trans.__('Remove')}
        </button>
      </div>
    </div>
  );
}
