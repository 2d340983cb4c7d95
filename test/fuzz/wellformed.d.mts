export declare function isWellFormed(bytes: Uint8Array): boolean;
