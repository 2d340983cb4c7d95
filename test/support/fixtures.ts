import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { TestContext } from 'vitest';

/** Documents made for these tests. */
const OWN = path.join(process.cwd(), 'test', 'fixtures');

/** Folder with documents recorded from real services; it is optional. */
export const SHARED = path.join(
  process.env['OBSDECK_SHARED'] ?? path.join(process.cwd(), '..', 'shared'),
  'fixtures'
);

/**
 * A document to read. A recorded one is not part of the repository: where its folder is
 * absent the test is skipped with the reason.
 *
 * @param name - path below the folder, such as `vo/pyvo_vosi_tables.xml`
 */
export function fixture(context: TestContext, name: string): Uint8Array<ArrayBuffer> {
  const file = [OWN, SHARED].map(folder => path.join(folder, name)).find(existsSync);
  if (file === undefined) {
    return context.skip(`the shared fixture ${name} is absent`);
  }
  return new Uint8Array(readFileSync(file));
}

/** The same as text, UTF-8. */
export function fixtureText(context: TestContext, name: string): string {
  return new TextDecoder().decode(fixture(context, name));
}
