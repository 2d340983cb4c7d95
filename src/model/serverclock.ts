/**
 * The server's clock as seen from the page.
 *
 * The page's own clock may be wrong or be set while the page is open, so time is counted
 * by a monotonic clock from what the server last told.
 */
export class ServerClock {
  /** @param _monotonic - milliseconds from any beginning; never goes back */
  constructor(private readonly _monotonic: () => number) {
    this._offset = Date.now() / 1000 - this._seconds();
  }

  /** The server's time, Unix time in seconds; the page's own before the server told any. */
  now(): number {
    return this._seconds() + this._offset;
  }

  /** To be called before the server is asked; hand the result to {@link take}. */
  mark(): number {
    return this._seconds();
  }

  /**
   * Take what the server told. It was true at some time between asking and now; as long as
   * that fits what is known, the clock stays, so that countdowns do not jump.
   *
   * @param told - Unix time in seconds
   * @param asked - what {@link mark} gave
   */
  take(told: number, asked: number): void {
    const answered = this._seconds();
    const low = told - answered;
    const high = told - asked;
    if (!this._isTold || this._offset < low || this._offset > high) {
      this._offset = (low + high) / 2;
      this._isTold = true;
    }
  }

  private _seconds(): number {
    return this._monotonic() / 1000;
  }

  /** Seconds to add to the monotonic clock. */
  private _offset: number;
  private _isTold = false;
}
