import type { Widget } from '@lumino/widgets';

/** A tab that says itself what it waits for. */
export interface IWaitingTab {
  /** Id of the archive for whose sign-in it waits; null while it does not. */
  readonly waitsFor: string | null;
}

/** True where a tab in sight says that it waits for a sign-in to an archive. */
export function isSeenWaiting(tabs: Iterable<Widget>, archive: string): boolean {
  return [...tabs].some(
    tab => tab.isVisible && (tab as Partial<IWaitingTab>).waitsFor === archive
  );
}
