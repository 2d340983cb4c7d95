import { readFileSync } from 'node:fs';

import type { Browser } from '@playwright/test';

/** Greatest resident size of the largest page's process so far, MB; null where unknown. */
export async function peakOfPages(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => peakOf(id))
    .filter(size => size !== null);
  return sizes.length > 0 ? Math.max(...sizes) : null;
}

/** Linux only. */
function peakOf(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return null;
  }
}
