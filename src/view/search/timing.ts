import * as React from 'react';

/** False until `on` has been true for `delay` milliseconds. */
export function useDelayed(on: boolean, delay: number): boolean {
  const [passed, setPassed] = React.useState(false);
  React.useEffect(() => {
    if (!on) {
      return;
    }
    const timer = setTimeout(() => setPassed(true), delay);
    return () => {
      clearTimeout(timer);
      setPassed(false);
    };
  }, [on, delay]);
  return passed;
}

/** The value as it was at the last full interval of `period` milliseconds. */
export function useEvery<Value>(value: Value, period: number): Value {
  const latest = React.useRef(value);
  const [seen, setSeen] = React.useState(value);
  React.useEffect(() => {
    latest.current = value;
  }, [value]);
  React.useEffect(() => {
    const timer = setInterval(() => setSeen(latest.current), period);
    return () => clearInterval(timer);
  }, [period]);
  return seen;
}

/** Whole seconds since `sign` last changed. */
export function useSilence(sign: unknown): number {
  const [seconds, setSeconds] = React.useState(0);
  React.useEffect(() => {
    const since = Date.now();
    const tick = () => setSeconds(Math.floor((Date.now() - since) / 1000));
    const timer = setInterval(tick, 1000);
    return () => {
      clearInterval(timer);
      setSeconds(0);
    };
  }, [sign]);
  return seconds;
}
