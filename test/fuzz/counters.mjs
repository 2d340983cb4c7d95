/** What worker and watchdog share: places in an Int32Array. */
export const COUNTERS = {
  /** The case that is being read; −1 between two. */
  reading: 0,
  /** The case after the last one that is done. */
  next: 1,
  /** Documents so far that were well-formed. */
  wellFormed: 2
};

/** Bytes that these take. */
export const COUNTER_BYTES = 4 * Object.keys(COUNTERS).length;
