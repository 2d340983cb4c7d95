import { DownloadPlan } from '../../model/downloads/plan.js';
import type { IDownloadPlan, IDownloadRequest } from '../../model/downloads/types.js';
import type { IDownloadParts } from './downloadparts.js';
import { downloads } from './downloads.js';
import { folderChooser } from '../folders.js';

/** What is known before the user is asked where files go. */
export interface IPlanProposal extends Partial<
  Pick<IDownloadPlan, 'folder' | 'layout'>
> {
  /** What the user should know of how the files were found, one sentence each. */
  readonly notes?: readonly string[];
}

/**
 * Ask where files go, and add them to the queue. Nobody is asked who said so, unless there is
 * something to know: too little room, or files that were not found.
 *
 * @returns ids of the files; none where the user gave up
 */
export async function planDownloads(
  parts: IDownloadParts,
  requests: readonly IDownloadRequest[],
  { notes = [], ...proposed }: IPlanProposal = {}
): Promise<readonly string[]> {
  const { queue, manager, trans } = parts;
  if (requests.length === 0) {
    return [];
  }
  const plan = new DownloadPlan(requests, queue, { ...queue.defaults, ...proposed });
  const checked = plan.check();
  try {
    if (notes.length === 0 && !(await asksFirst(parts))) {
      await checked;
      if (plan.isClear && (await plan.add(true))) {
        return plan.ids;
      }
    }
    const { askPlan } = await import('../../view/downloads/dialog.js');
    const choose = manager && { chooseFolder: folderChooser(manager, trans) };
    if (!(await askPlan({ plan, trans, notes, ...choose }))) {
      return [];
    }
    if (plan.isLastQuestion) {
      await parts.settings?.set(downloads.id, 'askFirst', false);
    }
    return plan.ids;
  } finally {
    plan.dispose();
  }
}

async function asksFirst({ settings }: IDownloadParts): Promise<boolean> {
  const value = await settings?.get(downloads.id, 'askFirst').catch(() => undefined);
  return value?.composite !== false;
}
