/**
 * A small seeded source of random numbers (SplitMix32: a counter and a mixing function),
 * so that a case can be run again from the run's seed and its own number alone.
 */
export class Random {
  /** @param {...number} seeds - integers that together name the sequence */
  constructor(...seeds) {
    for (const seed of seeds) {
      this.#state = (this.#state ^ (seed >>> 0)) >>> 0;
      this.#state = this.next();
    }
  }

  /** An integer from 0 to 2³² − 1. */
  next() {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** An integer from 0 to `limit` − 1; 0 for a limit of 0. */
  below(limit) {
    return limit > 0 ? this.next() % limit : 0;
  }

  /** An integer from `low` to `high`, both included. */
  between(low, high) {
    return low + this.below(high - low + 1);
  }

  /** True in this share of the calls. */
  chance(share) {
    return this.next() < share * 2 ** 32;
  }

  /** One of these. */
  pick(items) {
    return items[this.below(items.length)];
  }

  #state = 0x6f627364;
}
