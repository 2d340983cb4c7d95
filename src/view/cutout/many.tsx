import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IRowCutout, ManyCutouts } from '../../model/cutout/many.js';
import { parseNumber } from '../../model/cutout/numbers.js';
import type { IPosition } from '../../protocol/position.js';
import { explainPosition, parsePosition } from '../../protocol/position.js';
import { formatCount } from '../shared/format.js';
import { RadioGroup } from '../shared/radiogroup.js';
import { TextInput } from './inputs.js';

/** What the cutouts of many rows are shown with. */
export interface IManyOptions {
  /** Belongs to the panel. */
  readonly many: ManyCutouts;
  /** Of the first row, proposed as the one place for all; null where it does not tell. */
  readonly at: IPosition | null;
  readonly trans: TranslationBundle;
  /** “Sent to data.lsst.cloud, as you.” */
  readonly sentTo: string;
  openFile(path: string): void;
  /** Show small pictures of the saved cutouts beside each other. */
  openGrid(saved: readonly IRowCutout[]): void;
}

/** One cutout out of each of many rows: what is cut out, and what came of each row. */
export class ManyPanel extends ReactWidget {
  constructor(private readonly _options: IManyOptions) {
    super();
    this.addClass('jp-Obsdeck-Cutout');
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._options.many.dispose();
      super.dispose();
    }
  }

  protected override render(): JSX.Element {
    return (
      <UseSignal signal={this._options.many.changed}>
        {() => <Many {...this._options} />}
      </UseSignal>
    );
  }
}

function Many(props: IManyOptions): JSX.Element {
  const { many, trans } = props;
  const hasBegun = many.isRunning || many.over > 0;
  return (
    <>
      <ManyForm {...props} />
      {hasBegun && <Progress {...props} />}
      {hasBegun && (
        <ul className="jp-Obsdeck-Cutout-many" aria-label={trans.__('Cutouts')}>
          {many.entries.map((entry, index) => (
            <Entry key={index} {...props} entry={entry} />
          ))}
        </ul>
      )}
    </>
  );
}

function ManyForm({ many, at, trans, sentTo }: IManyOptions): JSX.Element {
  const [around, setAround] = React.useState<'each' | 'one'>('each');
  const [radius, setRadius] = React.useState('0.005');
  const [place, setPlace] = React.useState(at ? `${at.ra} ${at.dec}` : '');
  const size = parseNumber(radius);
  const isSize = size !== null && size > 0 && size <= 90;
  const position = parsePosition(place);
  const isReady = isSize && (around === 'each' || position !== null);
  const count = formatCount(many.entries.length);
  return (
    <form
      className="jp-Obsdeck-Cutout-form"
      aria-label={trans.__('Cut out')}
      onSubmit={event => {
        event.preventDefault();
        if (isReady) {
          void many.run({ radius: size, at: around === 'one' ? position : null });
        }
      }}
    >
      <div className="jp-Obsdeck-Cutout-fields">
        <RadioGroup<'each' | 'one'>
          inline
          label={trans.__('Around')}
          choices={[
            { value: 'each', label: trans.__('The position of each row') },
            { value: 'one', label: trans.__('One position for all rows') }
          ]}
          value={around}
          onChange={setAround}
        />
        <div className="jp-Obsdeck-Cutout-line">
          {around === 'one' && (
            <TextInput
              label={trans.__('Position')}
              value={place}
              unit={trans.__('deg')}
              problem={position ? null : (explainPosition(place) ?? '')}
              onValue={setPlace}
            />
          )}
          <TextInput
            label={trans.__('Radius')}
            value={radius}
            unit={trans.__('deg')}
            problem={
              isSize ? null : trans.__('Radius must be more than 0 and at most 90 deg.')
            }
            onValue={setRadius}
          />
        </div>
      </div>
      <div className="jp-Obsdeck-Cutout-foot">
        <span className="jp-Obsdeck-Cutout-muted">{sentTo}</span>
        <button
          type="submit"
          className="jp-Obsdeck-Cutout-button jp-mod-primary"
          disabled={!isReady || many.isRunning}
        >
          {trans.__('Cut out of %1 rows', count)}
        </button>
      </div>
    </form>
  );
}

function Progress({ many, trans, openGrid }: IManyOptions): JSX.Element {
  const all = many.entries.length;
  const saved = many.entries.filter(({ path }) => path !== null);
  return (
    <div className="jp-Obsdeck-Cutout-note">
      {many.isRunning && (
        <progress aria-label={trans.__('Cut out')} max={all} value={many.over} />
      )}
      <p role="status">
        {trans.__('%1 of %2 rows', formatCount(many.over), formatCount(all))}
      </p>
      {many.isRunning && (
        <button
          type="button"
          className="jp-Obsdeck-Cutout-button"
          onClick={() => many.cancel()}
        >
          {trans.__('Cancel')}
        </button>
      )}
      <button
        type="button"
        className="jp-Obsdeck-Cutout-button"
        disabled={saved.length === 0}
        title={saved.length === 0 ? trans.__('Nothing is saved yet.') : undefined}
        onClick={() => openGrid(saved)}
      >
        {trans.__('Grid of cutouts')}
      </button>
    </div>
  );
}

interface IEntryProps extends IManyOptions {
  readonly entry: IRowCutout;
}

function Entry(props: IEntryProps): JSX.Element {
  const { entry, trans, openFile } = props;
  const { subject, marks, path } = entry;
  const words = stateWords(trans, entry);
  const label = [subject.title, ...marks].join(', ');
  return (
    <li aria-label={`${label}, ${words}`} data-state={entry.state}>
      <span className="jp-Obsdeck-Cutout-name" title={subject.id}>
        {subject.title}
      </span>
      <span className="jp-Obsdeck-Cutout-muted">{marks.join(', ')}</span>
      <span>{words}</span>
      {path !== null && (
        <button
          type="button"
          className="jp-Obsdeck-Cutout-button"
          aria-label={trans.__('Quick look at %1', label)}
          onClick={() => openFile(path)}
        >
          {trans.__('Quick look')}
        </button>
      )}
    </li>
  );
}

function stateWords(trans: TranslationBundle, { state, words }: IRowCutout): string {
  switch (state) {
    case 'waiting':
      return trans.__('waiting');
    case 'running':
      return trans.__('cutting out');
    case 'done':
      return trans.__('saved');
    case 'stopped':
      return trans.__('stopped');
    case 'empty':
      return trans.__('No pixels there.');
    case 'failed':
      return words;
  }
}
