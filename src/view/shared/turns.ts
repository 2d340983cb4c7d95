/**
 * Runs steps one to a task, so that the page can paint and answer between them: together
 * they would hold it for longer than anybody should notice.
 */
export class Turns {
  /** Begin with these steps; what is left of earlier ones is forgotten. */
  run(steps: readonly (() => void)[]): void {
    this.stop();
    this._steps = [...steps];
    this._next();
  }

  /** Run what is left at once. */
  flush(): void {
    clearTimeout(this._timer);
    for (const step of this._steps.splice(0)) {
      step();
    }
  }

  /** Forget what is left. */
  stop(): void {
    clearTimeout(this._timer);
    this._steps = [];
  }

  private _next(): void {
    if (this._steps.length > 0) {
      this._timer = setTimeout(() => {
        this._steps.shift()?.();
        this._next();
      });
    }
  }

  private _steps: (() => void)[] = [];
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
