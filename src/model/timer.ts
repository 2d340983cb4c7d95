/** One timer: setting it anew forgets what it was set to before. */
export class Timer {
  /**
   * Call back later, once.
   *
   * @param seconds - rounded up to a millisecond, so that it is never too early; null:
   * do not call back
   */
  set(seconds: number | null, action: () => void): void {
    clearTimeout(this._handle);
    const call = (): void => {
      this._handle = undefined;
      action();
    };
    this._handle =
      seconds === null ? undefined : setTimeout(call, Math.ceil(seconds * 1000));
  }

  /** True until it calls back. */
  get isSet(): boolean {
    return this._handle !== undefined;
  }

  private _handle: ReturnType<typeof setTimeout> | undefined;
}
