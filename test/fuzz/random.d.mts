export declare class Random {
  constructor(...seeds: number[]);
}
