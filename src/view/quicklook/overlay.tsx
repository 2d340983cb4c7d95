import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { PictureModel } from '../../model/quicklook/picture.js';
import type { IPixel, SkyGrid } from '../../model/quicklook/sky.js';
import { type IPoint, toImage, toScreen } from '../../model/quicklook/viewport.js';
import type { ShapeEditor } from './shapeeditor.js';

/** What is drawn above a picture. */
export interface IOverlayOptions {
  readonly picture: PictureModel;
  readonly editor: ShapeEditor;
  readonly trans: TranslationBundle;
}

/** Lines above a picture: north and east, a scale, the shape of a cutout. */
export class PictureOverlay extends ReactWidget {
  constructor(private readonly _options: IOverlayOptions) {
    super();
    this.addClass('jp-Obsdeck-QuickLook-overlay');
    this.node.setAttribute('aria-hidden', 'true');
  }

  protected override render(): JSX.Element {
    const { picture, editor, trans } = this._options;
    const { width, height } = picture.screen;
    const sky = picture.isDisposed ? null : picture.sky;
    return (
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <CutoutLines picture={picture} editor={editor} />
        {sky && <Compass picture={picture} sky={sky} trans={trans} />}
        {sky && <ScaleBar picture={picture} sky={sky} />}
      </svg>
    );
  }
}

interface ILinesProps {
  readonly picture: PictureModel;
  readonly editor: ShapeEditor;
}

/** Outline of the data, broken; the shape with its handles. */
function CutoutLines({ picture, editor }: ILinesProps): JSX.Element | null {
  if (!editor.target) {
    return null;
  }
  const { outline, handles, bounds, isRight } = editor;
  const place = (at: IPixel): IPoint => toScreen(picture.viewport, picture.screen, at);
  const points = (pixels: readonly IPixel[]): string =>
    pixels
      .map(place)
      .map(({ left, top }) => `${left},${top}`)
      .join(' ');
  return (
    <>
      {bounds.map((one, index) => (
        <polygon
          key={index}
          className="jp-Obsdeck-QuickLook-bounds"
          points={points(one)}
        />
      ))}
      {outline && (
        <polygon
          className="jp-Obsdeck-QuickLook-shape"
          data-wrong={!isRight}
          points={points(outline)}
        />
      )}
      {handles.map(({ at }, index) => {
        const { left, top } = place(at);
        return (
          <rect
            key={index}
            className="jp-Obsdeck-QuickLook-handle"
            x={left - 4}
            y={top - 4}
            width={8}
            height={8}
          />
        );
      })}
    </>
  );
}

interface ISkyProps {
  readonly picture: PictureModel;
  readonly sky: SkyGrid;
}

/** Px of the arms of the compass, and from its middle to the edges. */
const ARM = 30;
const EDGE = 52;

/** North and east in the middle of the picture, drawn in its corner. */
function Compass(
  props: ISkyProps & { readonly trans: TranslationBundle }
): JSX.Element | null {
  const { picture, sky, trans } = props;
  const { screen, viewport } = picture;
  const axes = sky.compass(viewport.centre);
  if (!axes || screen.width < 4 * EDGE || screen.height < 3 * EDGE) {
    return null;
  }
  const middle = { left: screen.width - EDGE, top: screen.height - EDGE };
  const { north, east } = axes;
  // The middle moves so that both arms are within the corner.
  const shift = {
    left: -(ARM / 2) * (north.x + east.x),
    top: (ARM / 2) * (north.y + east.y)
  };
  const from = { left: middle.left + shift.left, top: middle.top + shift.top };
  return (
    <g className="jp-Obsdeck-QuickLook-compass">
      <Arm from={from} to={north} label={trans.__('N')} />
      <Arm from={from} to={east} label={trans.__('E')} />
    </g>
  );
}

function Arm(props: {
  readonly from: IPoint;
  /** Unit step on the image, y up. */
  readonly to: IPixel;
  readonly label: string;
}): JSX.Element {
  const { from, to, label } = props;
  return (
    <>
      <line
        x1={from.left}
        y1={from.top}
        x2={from.left + ARM * to.x}
        y2={from.top - ARM * to.y}
      />
      <text
        x={from.left + (ARM + 9) * to.x}
        y={from.top - (ARM + 9) * to.y}
        textAnchor="middle"
        dominantBaseline="central"
      >
        {label}
      </text>
    </>
  );
}

/** Lengths of the scale in arcseconds, with their words. */
const LENGTHS: readonly (readonly [number, string])[] = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30].map(
    size => [size, `${size} arcsec`] as const
  ),
  ...[1, 2, 5, 10, 20, 30].map(size => [60 * size, `${size} arcmin`] as const),
  ...[1, 2, 5, 10, 20, 30, 60].map(size => [3600 * size, `${size} deg`] as const)
];

/** A length on the sky as a bar. */
function ScaleBar({ picture, sky }: ISkyProps): JSX.Element | null {
  const { screen, viewport } = picture;
  const centre = { left: screen.width / 2, top: screen.height / 2 };
  const perPixel = sky.scaleAt(toImage(viewport, screen, centre));
  const perPx = perPixel && (perPixel * 3600) / viewport.scale;
  const most = Math.min(140, screen.width / 4);
  const chosen =
    perPx && [...LENGTHS].reverse().find(([length]) => length / perPx <= most);
  if (!chosen || screen.height < 2 * EDGE) {
    return null;
  }
  const length = chosen[0] / perPx;
  const top = screen.height - 20;
  return (
    <g className="jp-Obsdeck-QuickLook-scale">
      <path d={`M20 ${top - 4}v8M20 ${top}h${length}m0-4v8`} />
      <text x={20 + length / 2} y={top - 7} textAnchor="middle">
        {chosen[1]}
      </text>
    </g>
  );
}
