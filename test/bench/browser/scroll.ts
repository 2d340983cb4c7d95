import type { Locator } from '@playwright/test';

/** How the grid is moved in each frame. */
export type Motion = 'none' | 'smooth' | 'page' | 'jump';

/** Frames of each motion: 5 s where all are in time. */
const FRAMES = 300;

/** Px that smooth scrolling moves in a frame, and height of a row. */
const STEP = 40;
const ROW_HEIGHT = 24;

/**
 * Durations of frames while a grid is scrolled by the wheel, ms.
 *
 * @param grid - or anything, where nothing is to be moved
 * @param rows - that the grid has; jumps go to any of them
 */
export async function frameTimes(
  grid: Locator,
  motion: Motion,
  rows: number
): Promise<number[]> {
  const options: IScrolling = { motion, count: FRAMES, rows, STEP, ROW_HEIGHT };
  return await grid.evaluate(frames, options);
}

interface IScrolling {
  readonly motion: Motion;
  readonly count: number;
  readonly rows: number;
  readonly STEP: number;
  readonly ROW_HEIGHT: number;
}

/** Runs in the page. */
async function frames(target: Element, options: IScrolling): Promise<number[]> {
  const { motion, count, rows, STEP, ROW_HEIGHT } = options;
  let seed = 1;
  let at = 0;
  const random = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const wheel = (
    deltaY: number,
    deltaMode: number = WheelEvent.DOM_DELTA_PIXEL
  ): void => {
    const event = { deltaY, deltaMode, bubbles: true, cancelable: true };
    target.dispatchEvent(new WheelEvent('wheel', event));
  };
  const move = (): void => {
    if (motion === 'smooth') {
      wheel(STEP);
    } else if (motion === 'page') {
      wheel(1, WheelEvent.DOM_DELTA_PAGE);
    } else if (motion === 'jump') {
      const to = Math.floor(random() * rows) * ROW_HEIGHT;
      wheel(to - at);
      at = to;
    }
  };
  const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);
  if (motion !== 'none') {
    wheel(-rows * ROW_HEIGHT);
  }
  // The move to the top, and whatever else was going on, is not measured.
  for (let wait = 0; wait < 60; wait++) {
    await nextFrame();
  }
  const durations: number[] = [];
  for (let last = await nextFrame(); durations.length < count;) {
    move();
    const now = await nextFrame();
    durations.push(now - last);
    last = now;
  }
  return durations;
}
