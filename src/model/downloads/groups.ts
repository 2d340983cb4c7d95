import type { DownloadState, IDownload } from './types.js';

/** Where a file stands for the user: is it coming, does it need me, is it there? */
export type DownloadGroup = 'now' | 'problems' | 'waiting' | 'done';

/** The files of a queue by where they stand, each group in the order of the queue. */
export type DownloadGroups = Readonly<Record<DownloadGroup, readonly IDownload[]>>;

const GROUPS: Readonly<Record<DownloadState, DownloadGroup>> = {
  running: 'now',
  'sign-in': 'problems',
  failed: 'problems',
  held: 'waiting',
  waiting: 'waiting',
  retrying: 'waiting',
  paused: 'waiting',
  done: 'done'
};

/** Where a file stands; one in a state this page does not know waits. */
export function groupOf({ state }: Pick<IDownload, 'state'>): DownloadGroup {
  return GROUPS[state] ?? 'waiting';
}

/** Part the files of a queue. */
export function grouped(items: readonly IDownload[]): DownloadGroups {
  const groups: Record<DownloadGroup, IDownload[]> = {
    now: [],
    problems: [],
    waiting: [],
    done: []
  };
  items.forEach(item => groups[groupOf(item)].push(item));
  return groups;
}

/** What has been fetched of a file, 0 to 1; null where its size is unknown. */
export function shareOf({ state, received, total }: IDownload): number | null {
  if (state === 'done') {
    return 1;
  }
  return total === null || total <= 0 ? null : Math.min(1, received / total);
}

/** Seconds until a file is there; null where that is unknown. */
export function secondsLeft({ received, total, rate }: IDownload): number | null {
  return total === null || rate === null || rate <= 0
    ? null
    : Math.max(0, total - received) / rate;
}

/**
 * The sentence that all files say that have one and are not done, such as that the server
 * went on after a restart; empty where they say several.
 */
export function sharedNote(items: readonly IDownload[]): string {
  const notes = new Set<string>();
  for (const { note, state } of items) {
    if (note !== '' && state !== 'done') {
      notes.add(note);
    }
  }
  return notes.size === 1 ? [...notes][0] : '';
}

/** Bytes that are still to come, of files whose size is known. */
export function stillToCome(items: readonly IDownload[]): number {
  return items.reduce(
    (sum, { state, total, received }) =>
      state === 'done' || total === null ? sum : sum + Math.max(0, total - received),
    0
  );
}

/** Whether the size of every file is known; those that failed never come. */
export function areSized(items: readonly IDownload[]): boolean {
  return items.every(
    ({ state, total }) => total !== null || state === 'done' || state === 'failed'
  );
}

/** The file before which another goes that moves one place among those that wait. */
export function neighbour(
  items: readonly IDownload[],
  id: string,
  step: 'up' | 'down'
): { readonly before: string | null } | null {
  const open = items.filter(({ state }) => state !== 'done' && state !== 'running');
  const at = open.findIndex(item => item.id === id);
  if (at < 0 || (step === 'up' ? at === 0 : at === open.length - 1)) {
    return null;
  }
  return step === 'up'
    ? { before: open[at - 1].id }
    : { before: open[at + 2]?.id ?? null };
}
