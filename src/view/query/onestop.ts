import * as React from 'react';

/** What takes the focus in a toolbar. */
const STOPS = 'button:not(:disabled), input:not(:disabled)';

/**
 * Makes a toolbar one stop for Tab, with arrows between its buttons (WAI-ARIA, toolbar).
 *
 * @returns the ref of the toolbar's element
 */
export function useOneStop(): React.RefObject<HTMLDivElement> {
  const toolbar = React.useRef<HTMLDivElement>(null);
  const last = React.useRef<Element | null>(null);
  // Buttons come, go and are disabled with each drawing.
  React.useEffect(() => {
    const { current } = toolbar;
    if (current) {
      arrange(current, last.current);
    }
  });
  React.useEffect(() => {
    const { current } = toolbar;
    const onFocus = ({ target }: Event): void => {
      last.current = target as Element;
      arrange(current, last.current);
    };
    const onKey = (event: Event): void => move(current, event as KeyboardEvent);
    current?.addEventListener('focusin', onFocus);
    current?.addEventListener('keydown', onKey);
    return () => {
      current?.removeEventListener('focusin', onFocus);
      current?.removeEventListener('keydown', onKey);
    };
  }, []);
  return toolbar;
}

function stopsOf(toolbar: HTMLElement | null): HTMLElement[] {
  return [...(toolbar?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
}

/** Only the one used last, or else the first, is reached by Tab. */
function arrange(toolbar: HTMLElement | null, last: Element | null): void {
  const stops = stopsOf(toolbar);
  const chosen = stops.find(stop => stop === last) ?? stops[0];
  stops.forEach(stop => (stop.tabIndex = stop === chosen ? 0 : -1));
}

function move(toolbar: HTMLElement | null, event: KeyboardEvent): void {
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
  const step = steps[event.key];
  const stops = stopsOf(toolbar);
  const at = stops.indexOf(event.target as HTMLElement);
  // Radio buttons have arrows of their own.
  if (step === undefined || at < 0 || event.target instanceof HTMLInputElement) {
    return;
  }
  event.preventDefault();
  stops[(at + step + stops.length) % stops.length].focus();
}
