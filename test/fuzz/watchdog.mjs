/** Says when a reading takes too long, by time that the watchdog itself was awake. */

/** How often it looks, in milliseconds. */
export const LOOK = 100;

/** A look that comes later than this tells of a busy or stopped machine, not of a hang. */
const LATE = 2 * LOOK;

/** A reading that takes longer than this, in milliseconds, hangs. */
export const PATIENCE = 2000;

/** Counts for how long the same reading has been seen under way. */
export class Watchdog {
  /** @param clock - gives milliseconds */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * One look.
   *
   * @param reading - the case that is being read; negative for none
   * @param beat - which reading it is
   * @returns milliseconds since this reading was first seen, less those slept through
   */
  look(reading, beat) {
    const now = this.#clock();
    const passed = now - this.#last;
    this.#last = now;
    if (reading < 0 || beat !== this.#beat) {
      this.#beat = beat;
      this.#waited = 0;
    } else if (passed <= LATE) {
      this.#waited += passed;
    }
    return this.#waited;
  }

  #clock;
  #last = NaN;
  #beat = -1;
  #waited = 0;
}

/** CPU time of all threads of this process, in milliseconds. */
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Tells hangs by the clock on the wall; on a busy machine others look like them. */
export function quickEye() {
  const dog = new Watchdog(() => performance.now());
  return (reading, beat) => dog.look(reading, beat) > PATIENCE;
}

/**
 * Tells hangs by the CPU time they take, or by waiting ten times as long without any.
 * Means something only while one worker runs.
 */
export function fairEye() {
  const [busy, idle] = [cpuTime, () => performance.now()].map(
    clock => new Watchdog(clock)
  );
  return (reading, beat) => {
    const isBusy = busy.look(reading, beat) > PATIENCE;
    return idle.look(reading, beat) > 10 * PATIENCE || isBusy;
  };
}
