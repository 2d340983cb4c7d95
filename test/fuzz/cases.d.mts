/** One damaged document. */
export interface ICase {
  readonly bytes: Uint8Array;
  readonly plain: Uint8Array;
  readonly chunks: Uint8Array[];
  readonly isDamaged: boolean;
  readonly wellFormed: boolean;
}

export declare function makeCase(seed: number, number: number): ICase;
