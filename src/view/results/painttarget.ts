import type { GraphicsContext } from '@lumino/datagrid';

/** What is painted on: a canvas, or what DataGrid makes of it. */
export type PaintTarget = GraphicsContext | CanvasRenderingContext2D;
