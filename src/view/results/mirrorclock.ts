/** The mirror waits for a pause of this length, but not forever, ms. */
const PAUSE = { length: 60, longest: 500 };

/** After so long without scrolling the rows are at rest, ms. */
const REST = 120;

/**
 * Says when to bring the mirror up to date: in pauses, and never while the rows scroll.
 * A mirror of rows that pass by helps nobody and costs the frames that make it smooth.
 */
export class MirrorClock {
  /** @param update - brings the mirror up to date */
  constructor(private readonly _update: () => void) {}

  /** Something changed. */
  touch(): void {
    const now = performance.now();
    this._behindSince ??= now;
    const longest = this._behindSince + PAUSE.longest;
    const due = Math.min(now + PAUSE.length, longest);
    this._wait(Math.max(due, this._restAt) - now);
  }

  /** The rows scrolled. */
  scrolled(): void {
    const now = performance.now();
    this._behindSince ??= now;
    this._restAt = now + REST;
    this._wait(REST);
  }

  /** The update is to go on as soon as the page had a turn. */
  again(): void {
    this._wait(Math.max(0, this._restAt - performance.now()));
  }

  /** Never call again. */
  stop(): void {
    clearTimeout(this._timer);
  }

  private _wait(milliseconds: number): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(
      () => {
        this._behindSince = null;
        this._update();
      },
      Math.max(0, milliseconds)
    );
  }

  private _timer: ReturnType<typeof setTimeout> | undefined;
  /** When the mirror was right for the last time; null while it is. */
  private _behindSince: number | null = null;
  /** When the rows will have been at rest for long enough. */
  private _restAt = 0;
}
