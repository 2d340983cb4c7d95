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

/**
 * Puts off reports that come while a pointer is pressed until after its click.
 *
 * Leaving a field can put a line below it. If that happened between press and release,
 * the control that was pressed would move away from under the pointer.
 */
export function useAfterClick<Value>(report: (value: Value) => void): {
  onPointerDown: () => void;
  reportAfterClick: (value: Value) => void;
} {
  const waiting = React.useRef<Value[] | null>(null);
  const onPointerDown = () => {
    waiting.current ??= [];
    const release = () => setTimeout(flush, 0);
    const flush = () => {
      const values = waiting.current ?? [];
      waiting.current = null;
      values.forEach(value => report(value));
    };
    for (const end of ['pointerup', 'pointercancel']) {
      document.addEventListener(end, release, { capture: true, once: true });
    }
  };
  const reportAfterClick = React.useCallback(
    (value: Value) => {
      if (waiting.current) {
        waiting.current.push(value);
      } else {
        report(value);
      }
    },
    [report]
  );
  return { onPointerDown, reportAfterClick };
}

/**
 * Moves the focus to the first bad field, once the problems of what was asked are on
 * screen: at once, or when a name was looked up in vain.
 *
 * @param isBusy - what was asked for may still bring a problem
 */
export function useProblemFocus(
  problems: readonly unknown[],
  isBusy: boolean
): {
  ref: React.RefObject<HTMLFormElement>;
  focusProblem: () => void;
} {
  const ref = React.useRef<HTMLFormElement>(null);
  const isWanted = React.useRef(false);
  const [asked, setAsked] = React.useState(0);
  const hasProblems = problems.length > 0;
  React.useEffect(() => {
    if (isWanted.current) {
      const bad = ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
      bad?.focus();
      isWanted.current = !bad && isBusy;
    }
  }, [asked, hasProblems, isBusy]);
  const focusProblem = React.useCallback(() => {
    isWanted.current = true;
    setAsked(count => count + 1);
  }, []);
  return { ref, focusProblem };
}
