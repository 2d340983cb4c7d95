/** Pieces of work that are done at the same time. */
const LANES = 3;

/** Do something with each of many, a few at a time. */
export async function inLanes<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>
): Promise<void> {
  const waiting = [...all];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
