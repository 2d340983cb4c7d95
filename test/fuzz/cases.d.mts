/** One damaged document. */
export interface ICase {
  readonly bytes: Uint8Array;
  readonly plain: Uint8Array;
  readonly chunks: Uint8Array[];
}

export declare function makeCase(seed: number, number: number): ICase;
export declare function isWellFormed(bytes: Uint8Array): boolean;
