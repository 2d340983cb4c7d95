export declare const ROWS: number;
export declare const PACES: readonly number[];
export declare const RUNS: number;
export declare const PORT: number;
export declare const REPLAY_PORT: number;
export declare const REPLAY_PACE: number;
