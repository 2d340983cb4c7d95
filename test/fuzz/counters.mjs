/** What the workers and the watchdog share: a row of places in an Int32Array each. */
export const COUNTERS = {
  /** The case that is being read; −1 between two. */
  reading: 0,
  /** Counts the readings, also those that make a finding smaller. */
  beat: 1,
  /** The case to read next, in the block that ends before `end`. */
  next: 2,
  end: 3,
  /** Documents known to be well-formed. */
  wellFormed: 4,
  /** Documents of each serialization, in the order of `SERIALIZATIONS`. */
  done: 5
};

/** Places of one worker. */
export const ROW = COUNTERS.done + 3;

/** Where the blocks come from: places in a second Int32Array. */
export const QUEUE = {
  /** The first case of the next block. */
  next: 0,
  /** Behind the last case; at once where it is when a run is stopped. */
  end: 1
};
