import type { IWaitClock } from '../../src/protocol/patience.js';

/** A clock that stands still but for sleeping, which takes no time; it remembers each sleep. */
export class FakeClock implements IWaitClock {
  /** @param _now - milliseconds since 1970 */
  constructor(private _now = 0) {}

  /** Milliseconds. */
  readonly slept: number[] = [];

  now(): number {
    return this._now;
  }

  sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this._now += milliseconds;
    return Promise.resolve();
  }
}

/** The clock of the timers, which a test has taken into its hands. */
export const TIMERS: IWaitClock = {
  now: () => Date.now(),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
};
