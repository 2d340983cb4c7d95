/** What jsdom lacks and JupyterLab, Lumino or an editor touch. */
class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

fill(globalThis, {
  DragEvent: class DragEvent extends MouseEvent {},
  ResizeObserver: Observer,
  IntersectionObserver: Observer,
  matchMedia: () => ({
    matches: false,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined
  }),
  requestIdleCallback: (run: () => void) => setTimeout(run, 0),
  cancelIdleCallback: (id: number) => clearTimeout(id)
});

// An editor measures its text in the next frame, when its test may have ended already.
fill(Range.prototype, {
  getClientRects: () => Object.assign([], { item: () => null }),
  getBoundingClientRect: () => new DOMRect()
});

function fill(target: object, missing: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(missing)) {
    if (Reflect.get(target, name) === undefined) {
      Object.defineProperty(target, name, {
        value,
        configurable: true,
        writable: true
      });
    }
  }
}
