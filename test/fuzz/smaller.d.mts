import type { IDocument } from './check.mjs';

export declare function smaller(
  one: IDocument,
  problem: string,
  check: (one: IDocument) => Promise<string | null>
): Promise<Uint8Array>;
