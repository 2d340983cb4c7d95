/** Values by name, within a budget: those that nobody wanted for longest go first. */
export class RecentlyUsed<T> {
  /**
   * @param _budget - what all of them may cost; the last one is kept whatever it costs
   * @param _costOf - what a value costs
   * @param _drop - called with each value that goes
   */
  constructor(
    private readonly _budget: number,
    private readonly _costOf: (value: T) => number,
    private readonly _drop: (value: T) => void
  ) {}

  /** The value, which counts as wanted now; undefined where there is none. */
  get(name: string): T | undefined {
    const value = this._values.get(name);
    if (value !== undefined) {
      this._values.delete(name);
      this._values.set(name, value);
    }
    return value;
  }

  set(name: string, value: T): void {
    this._delete(name);
    this._values.set(name, value);
    this._cost += this._costOf(value);
    while (this._cost > this._budget && this._values.size > 1) {
      const [oldest] = this._values.keys();
      this._delete(oldest);
    }
  }

  clear(): void {
    [...this._values.keys()].forEach(name => this._delete(name));
  }

  private _delete(name: string): void {
    const value = this._values.get(name);
    if (value !== undefined) {
      this._values.delete(name);
      this._cost -= this._costOf(value);
      this._drop(value);
    }
  }

  private _cost = 0;
  /** The one that nobody wanted for longest is the first. */
  private readonly _values = new Map<string, T>();
}
