export declare class Random {
  constructor(...seeds: number[]);
  next(): number;
  below(limit: number): number;
  between(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
}
