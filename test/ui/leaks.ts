import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { Page } from '@playwright/test';

/** A place where a secret was found, and which spelling of it. */
export interface ILeak {
  readonly place: string;
  readonly spelling: string;
}

/** Spellings of a secret: raw, as in an address, and as base64 at each of the three offsets. */
export function spellings(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret, 'utf-8');
  const found = new Map([
    ['raw', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded with plus', new URLSearchParams({ x: secret }).toString().slice(2)],
    ['as JSON', JSON.stringify(secret).slice(1, -1)]
  ]);
  for (const offset of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    // Only whole groups of three bytes of the secret alone look the same everywhere.
    const first = Math.ceil(offset / 3) * 4;
    const last = Math.floor(padded.length / 3) * 4;
    const text = padded.toString('base64').slice(first, last);
    found.set(`base64 at ${offset}`, text);
    found.set(`base64url at ${offset}`, text.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return found;
}

/** Find the secrets in a text. */
export function leaksIn(
  place: string,
  text: string,
  secrets: readonly string[]
): ILeak[] {
  return secrets.flatMap(secret =>
    [...spellings(secret)]
      .filter(([, spelled]) => spelled.length > 7 && text.includes(spelled))
      .map(([spelling]) => ({ place, spelling }))
  );
}

/** Every file below a folder, byte for byte; `except` are names left out. */
export function filesBelow(
  folder: string,
  except: readonly string[]
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string): void => {
    for (const name of readdirSync(path)) {
      const child = join(path, name);
      const stat = statSync(child, { throwIfNoEntry: false });
      if (except.includes(name) || !stat) {
        continue;
      }
      if (stat.isDirectory()) {
        walk(child);
      } else if (stat.isFile()) {
        found.set(relative(folder, child), readFileSync(child, 'latin1'));
      }
    }
  };
  walk(folder);
  return found;
}

/** Everything the page keeps in the browser, as text. */
export async function browserStorage(page: Page): Promise<ReadonlyMap<string, string>> {
  const stored = await page.evaluate(async () => {
    const databases: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(new Error('IndexedDB cannot be opened.'));
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        databases.push(
          await new Promise(resolve => {
            request.onsuccess = () => resolve(request.result);
          })
        );
      }
      database.close();
    }
    const caches = await window.caches.keys();
    return {
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      IndexedDB: JSON.stringify(databases),
      caches: JSON.stringify(caches)
    };
  });
  const cookies = JSON.stringify(await page.context().cookies());
  return new Map([...Object.entries(stored), ['cookies', cookies]]);
}

/** All strings the page holds in memory. */
export async function pageMemory(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}
