/**
 * Vitest declares `matchMedia` on the global object without a value, and JupyterLab's
 * components call it while they load: import this before them.
 */
if (typeof globalThis.matchMedia !== 'function') {
  const nothing = (): void => undefined;
  Object.defineProperty(globalThis, 'matchMedia', {
    value: () => ({
      matches: false,
      addListener: nothing,
      removeListener: nothing,
      addEventListener: nothing,
      removeEventListener: nothing
    }),
    configurable: true,
    writable: true
  });
}

export {};
