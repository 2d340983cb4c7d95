import * as React from 'react';

/**
 * The time, again and again.
 *
 * @param interval - ms between two updates
 * @returns milliseconds since 1970
 */
export function useNow(interval: number): number {
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
}
