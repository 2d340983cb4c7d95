import type { Random } from './random.mjs';

export declare const SERIALIZATIONS: readonly string[];
export declare function randomTable(random: Random, serialization: string): string;
