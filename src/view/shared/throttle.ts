/** Calls a function at most once in a while, and never leaves out the last time. */
export class Throttle {
  /**
   * @param _call - what to call
   * @param _interval - ms between two calls
   */
  constructor(
    private readonly _call: () => void,
    private readonly _interval: number
  ) {}

  /** Call within the interval; asking again meanwhile changes nothing. */
  soon(): void {
    this._timer ??= setTimeout(() => this.now(), this._interval);
  }

  /** Call at once. */
  now(): void {
    this.stop();
    this._call();
  }

  /** Forget a call that was asked for. */
  stop(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
  }

  private _timer: ReturnType<typeof setTimeout> | undefined;
}
