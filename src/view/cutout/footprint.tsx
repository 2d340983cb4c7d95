import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { frameFor, type SkyFrame } from '../../model/cutout/footprint.js';
import {
  dragged,
  drawn,
  handlesOf,
  nudged,
  type ShapeHandle,
  withCorner,
  withoutCorner
} from '../../model/cutout/handles.js';
import { sizeOf } from '../../model/cutout/reshape.js';
import { ringOfShape, ringsOfRegion, type Point } from '../../model/cutout/skyplane.js';
import type { CutoutShape, ICutoutShape } from '../../model/cutout/types.js';
import type { IPosition } from '../../protocol/position.js';
import { formatAngularSize, formatPosition } from '../shared/format.js';

/** Pixels of the picture. */
const WIDTH = 480;
const HEIGHT = 320;

interface IFootprintProps {
  readonly area: ICutoutShape;
  /** Name of the data. */
  readonly title: string;
  readonly trans: TranslationBundle;
}

/** What a drag does: it moves a handle, or draws a shape anew from where it began. */
interface IDrag {
  readonly handle: ShapeHandle | null;
  readonly from: IPosition;
  readonly shape: CutoutShape | null;
}

/**
 * The outline of the data on an empty sky, with the shape of the cutout. The shape is drawn,
 * moved and resized by mouse and, at its handles, by arrow keys. Needs no image.
 */
export function Footprint(props: IFootprintProps): JSX.Element | null {
  const { area, title, trans } = props;
  const { bounds, shape } = area;
  // The sky must not move under a shape that is being dragged.
  const [first, setFirst] = React.useState(shape);
  if (first === null && shape !== null) {
    setFirst(shape);
  }
  const frame = React.useMemo(
    () => frameFor(bounds, first, WIDTH, HEIGHT),
    [bounds, first]
  );
  const svg = React.useRef<SVGSVGElement>(null);
  const drag = useDrag(area, frame, svg);
  if (frame === null || area.kind === null) {
    return null;
  }
  return (
    <svg
      ref={svg}
      className="jp-Obsdeck-Cutout-footprint"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={trans.__('Footprint of %1', title)}
      onPointerDown={event => drag.begin(event, null)}
      onPointerMove={drag.move}
      onPointerUp={drag.end}
      onPointerCancel={drag.end}
    >
      {(bounds ? ringsOfRegion(bounds) : []).map((ring, index) => (
        <path key={index} className="jp-Obsdeck-Cutout-outline" d={frame.path(ring)} />
      ))}
      {shape && <Shape {...props} shape={shape} frame={frame} begin={drag.begin} />}
      <Compass trans={trans} />
    </svg>
  );
}

type BeginDrag = (event: React.PointerEvent, handle: ShapeHandle | null) => void;

interface IDragHandlers {
  readonly begin: BeginDrag;
  readonly move: (event: React.PointerEvent) => void;
  readonly end: () => void;
}

function useDrag(
  area: ICutoutShape,
  frame: SkyFrame | null,
  svg: React.RefObject<SVGSVGElement>
): IDragHandlers {
  const drag = React.useRef<IDrag | null>(null);
  const skyAt = (event: React.PointerEvent): IPosition | null =>
    frame && svg.current ? frame.toSky(pointAt(svg.current, event)) : null;
  return {
    begin: (event, handle) => {
      const from = skyAt(event);
      if (from !== null && event.button === 0) {
        event.stopPropagation();
        svg.current?.setPointerCapture(event.pointerId);
        drag.current = { handle, from, shape: area.shape };
      }
    },
    move: event => {
      const to = drag.current && skyAt(event);
      if (drag.current && to) {
        const next = shapeAfter(drag.current, to, area);
        if (next) {
          area.setShape(next);
        }
      }
    },
    end: () => {
      drag.current = null;
    }
  };
}

function shapeAfter(
  { handle, from, shape }: IDrag,
  to: IPosition,
  { kind }: ICutoutShape
): CutoutShape | null {
  if (handle !== null && shape !== null) {
    return dragged(shape, handle, to);
  }
  const isMoved = from.ra !== to.ra || from.dec !== to.dec;
  return kind !== null && isMoved ? drawn(kind, from, to) : null;
}

/** A place of the picture, however large it is shown. */
function pointAt(svg: SVGSVGElement, event: React.PointerEvent): Point {
  const box = svg.getBoundingClientRect();
  const scale = Math.min(box.width / WIDTH, box.height / HEIGHT) || 1;
  return [
    (event.clientX - box.left - (box.width - WIDTH * scale) / 2) / scale,
    (event.clientY - box.top - (box.height - HEIGHT * scale) / 2) / scale
  ];
}

interface IShapeProps extends IFootprintProps {
  readonly shape: CutoutShape;
  readonly frame: SkyFrame;
  readonly begin: BeginDrag;
}

function Shape(props: IShapeProps): JSX.Element {
  const { area, shape, frame, begin } = props;
  const handles = handlesOf(shape);
  return (
    <g data-bad={area.shapeProblem !== null}>
      <path
        className="jp-Obsdeck-Cutout-shape"
        d={frame.path(ringOfShape(shape))}
        onPointerDown={event => begin(event, handles[0])}
      />
      {handles.map((handle, index) => (
        <Handle key={index} {...props} handle={handle} />
      ))}
    </g>
  );
}

/** A square that is dragged; arrow keys do the same in tenths of the shape's size. */
function Handle(
  props: IShapeProps & { readonly handle: ShapeHandle }
): JSX.Element | null {
  const { area, shape, frame, handle, trans, begin } = props;
  const at = frame.toPixel(handle.at);
  if (at === null) {
    return null;
  }
  const { value, words } = valueOf(shape, handle);
  return (
    <rect
      className="jp-Obsdeck-Cutout-handle"
      x={at[0] - 5}
      y={at[1] - 5}
      width={10}
      height={10}
      role="slider"
      tabIndex={0}
      aria-label={handleName(trans, handle)}
      aria-valuenow={value}
      aria-valuetext={words}
      onPointerDown={event => begin(event, handle)}
      onKeyDown={event => {
        const next = shapeForKey(shape, handle, event);
        if (next) {
          event.preventDefault();
          event.stopPropagation();
          area.setShape(next);
        }
      }}
    />
  );
}

function handleName(trans: TranslationBundle, handle: ShapeHandle): string {
  switch (handle.kind) {
    case 'centre':
      return trans.__('Centre of the cutout');
    case 'rim':
      return trans.__('Radius of the cutout');
    case 'corner':
      return trans.__('Corner %1 of the cutout', handle.index + 1);
  }
}

function valueOf(
  shape: CutoutShape,
  { kind, at }: ShapeHandle
): { value: number; words: string } {
  return kind === 'rim' && shape.kind === 'circle'
    ? { value: shape.radius, words: formatAngularSize(shape.radius) }
    : { value: at.ra, words: formatPosition(at.ra, at.dec) };
}

const ARROWS: Readonly<Record<string, readonly [east: number, north: number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0]
};

/** Fine steps with Shift. Insert adds a corner behind one of a polygon, Delete removes it. */
function shapeForKey(
  shape: CutoutShape,
  handle: ShapeHandle,
  { key, shiftKey }: React.KeyboardEvent
): CutoutShape | null {
  const arrow = ARROWS[key];
  if (arrow) {
    const step = sizeOf(shape) / (shiftKey ? 100 : 10);
    return nudged(shape, handle, step, arrow);
  }
  if (handle.kind !== 'corner') {
    return null;
  }
  switch (key) {
    case 'Insert':
      return withCorner(shape, handle.index);
    case 'Delete':
      return withoutCorner(shape, handle.index);
    default:
      return null;
  }
}

/** North is up, east is left. */
function Compass({ trans }: { readonly trans: TranslationBundle }): JSX.Element {
  const [x, y] = [WIDTH - 20, HEIGHT - 20];
  return (
    <g className="jp-Obsdeck-Cutout-compass" aria-hidden="true">
      <path d={`M${x} ${y - 24}V${y}H${x - 24}`} />
      <text x={x} y={y - 28} textAnchor="middle">
        {trans.__('N')}
      </text>
      <text x={x - 28} y={y + 4} textAnchor="end">
        {trans.__('E')}
      </text>
    </g>
  );
}
