import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import type { ISpectrum } from '../../model/quicklook/client.js';
import {
  extentOf,
  heightOf,
  type IRange,
  magnified,
  moved,
  nearest
} from '../../model/quicklook/spectrum.js';
import type { ISize } from '../../model/quicklook/viewport.js';
import { formatCount, shortest, withMinus } from '../shared/format.js';
import { axisLabel, hasValues, MARGINS, pathOf, scalesOf, ticks } from './plot.js';

/** Factor of a key press or of a turn of the wheel by 100 px. */
const ZOOM = 1.25;

/** A spectrum as a curve, magnified along x by keys, wheel and dragging. */
export class SpectrumView extends ReactWidget {
  /** @param _label - accessible name: ⟨name⟩, ⟨HDU⟩ */
  constructor(
    private readonly _spectrum: ISpectrum,
    private readonly _label: string,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-Obsdeck-QuickLook-spectrum');
    this._whole = extentOf(_spectrum.x);
  }

  override dispose(): void {
    this._observer.disconnect();
    super.dispose();
  }

  /** Show all of x. */
  showAll(): void {
    this._show(this._whole);
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._observer.observe(this.node);
    // A wheel that scrolls the page as well would be of no use; React listens passively.
    this.node.addEventListener('wheel', this._onWheel, { passive: false });
  }

  protected override onBeforeDetach(msg: Message): void {
    super.onBeforeDetach(msg);
    this._observer.disconnect();
    this.node.removeEventListener('wheel', this._onWheel);
  }

  protected override render(): JSX.Element {
    if (!this._whole || !hasValues(this._spectrum)) {
      return (
        <p className="jp-Obsdeck-QuickLook-note" role="status">
          {this._trans.__('The spectrum has no values.')}
        </p>
      );
    }
    return (
      <>
        <SpectrumPlot
          spectrum={this._spectrum}
          part={this._part ?? this._whole}
          size={this._size}
          label={this._label}
          pointer={this._pointer}
          onKey={this._onKey}
          onPoint={this._onPoint}
        />
        <ReadOut spectrum={this._spectrum} at={this._pointer} trans={this._trans} />
      </>
    );
  }

  private readonly _onKey = (event: React.KeyboardEvent): void => {
    const part = this._part ?? this._whole;
    const whole = this._whole;
    if (!part || !whole || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const middle = (part.from + part.to) / 2;
    const next: Readonly<Record<string, IRange>> = {
      ArrowLeft: moved(part, whole, -0.1),
      ArrowRight: moved(part, whole, 0.1),
      '+': magnified(part, whole, ZOOM, middle),
      '=': magnified(part, whole, ZOOM, middle),
      '-': magnified(part, whole, 1 / ZOOM, middle),
      '0': whole
    };
    if (next[event.key]) {
      event.preventDefault();
      event.stopPropagation();
      this._show(next[event.key]);
    }
  };

  private readonly _onWheel = (event: WheelEvent): void => {
    const part = this._part ?? this._whole;
    if (part && this._whole) {
      event.preventDefault();
      const factor = ZOOM ** (-event.deltaY / 100);
      this._show(
        magnified(part, this._whole, factor, this._valueAt(event.clientX, part))
      );
    }
  };

  /** The pointer moved, by so many px if a button is down; null when it left. */
  private readonly _onPoint = (event: React.PointerEvent | null): void => {
    const part = this._part ?? this._whole;
    if (event && part && this._whole && event.buttons === 1) {
      const width = this._size.width - MARGINS.left - MARGINS.right;
      this._show(moved(part, this._whole, -event.movementX / width));
    }
    this._pointer = event && part ? this._valueAt(event.clientX, part) : null;
    this.update();
  };

  private _valueAt(clientX: number, part: IRange): number {
    const { left } = this.node.getBoundingClientRect();
    const { x } = scalesOf(part, part, this._size);
    return Math.min(Math.max(x.value(clientX - left), part.from), part.to);
  }

  private _show(part: IRange | null): void {
    this._part = part;
    this.update();
  }

  private readonly _whole: IRange | null;
  /** Part of x that is shown; null for all. */
  private _part: IRange | null = null;
  private _pointer: number | null = null;
  private _size: ISize = { width: 640, height: 320 };
  private readonly _observer = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = this.node;
    this._size = { width, height: Math.max(120, height - 24) };
    this.update();
  });
}

interface IPlotProps {
  readonly spectrum: ISpectrum;
  readonly part: IRange;
  readonly size: ISize;
  readonly label: string;
  readonly pointer: number | null;
  readonly onKey: (event: React.KeyboardEvent) => void;
  readonly onPoint: (event: React.PointerEvent | null) => void;
}

function SpectrumPlot(props: IPlotProps): JSX.Element {
  const { spectrum, part, size, label, pointer, onKey, onPoint } = props;
  const height = heightOf(spectrum, part) ?? { from: 0, to: 1 };
  const scales = scalesOf(part, height, size);
  const clip = React.useId();
  const { left, right, top, bottom } = MARGINS;
  return (
    <svg
      className="jp-Obsdeck-QuickLook-plot"
      width={size.width}
      height={size.height}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={label}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerMove={onPoint}
      onPointerLeave={() => onPoint(null)}
    >
      <clipPath id={clip}>
        <rect
          x={left}
          y={top}
          width={Math.max(0, size.width - left - right)}
          height={Math.max(0, size.height - top - bottom)}
        />
      </clipPath>
      <Axes spectrum={spectrum} part={part} height={height} size={size} />
      <g clipPath={`url(#${clip})`}>
        {spectrum.y.map((y, index) => (
          <path
            key={index}
            data-curve={index}
            d={pathOf(spectrum.x, y, part, scales)}
          />
        ))}
        {pointer !== null && (
          <path
            className="jp-Obsdeck-QuickLook-pointer"
            d={`M${scales.x.at(pointer)} 0V${size.height}`}
          />
        )}
      </g>
    </svg>
  );
}

function Axes(props: {
  readonly spectrum: ISpectrum;
  readonly part: IRange;
  readonly height: IRange;
  readonly size: ISize;
}): JSX.Element {
  const { spectrum, part, height, size } = props;
  const { left, right, top, bottom } = MARGINS;
  const scales = scalesOf(part, height, size);
  const base = size.height - bottom;
  const middle = (left + size.width - right) / 2;
  return (
    <g className="jp-Obsdeck-QuickLook-axes">
      <path d={`M${left} ${top}V${base}H${size.width - right}`} />
      {ticks(part, scales.x, size.width / 110).map(({ at, label }) => (
        <React.Fragment key={label}>
          <path d={`M${at} ${base}v5`} />
          <text x={at} y={base + 17} textAnchor="middle">
            {label}
          </text>
        </React.Fragment>
      ))}
      {ticks(height, scales.y, size.height / 60).map(({ at, label }) => (
        <React.Fragment key={label}>
          <path d={`M${left} ${at}h-5`} />
          <text x={left - 9} y={at} textAnchor="end" dominantBaseline="central">
            {label}
          </text>
        </React.Fragment>
      ))}
      <text x={middle} y={size.height - 8} textAnchor="middle">
        {axisLabel(spectrum.x)}
      </text>
      <text
        transform={`translate(13 ${(top + base) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {spectrum.y.map(axisLabel).join('; ')}
      </text>
    </g>
  );
}

/** The values next to the pointer, and how many of all are drawn. */
function ReadOut(props: {
  readonly spectrum: ISpectrum;
  readonly at: number | null;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { spectrum, at, trans } = props;
  const { x, y, count } = spectrum;
  const index = at === null ? -1 : nearest(x, at);
  const told = [x, ...y].map(({ values, unit }) =>
    `${withMinus(shortest(Number(values[index]?.toPrecision(7))))} ${unit}`.trim()
  );
  const drawn = trans.__(
    '%1 of %2 values drawn',
    formatCount(x.values.length),
    formatCount(count)
  );
  return (
    <p className="jp-Obsdeck-QuickLook-note">
      <span role="status" aria-live="off" aria-label={trans.__('Position')}>
        {index >= 0 ? told.join(': ') : ''}
      </span>
      {count > x.values.length && <span>{drawn}</span>}
    </p>
  );
}
