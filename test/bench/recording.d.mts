export declare const RECORDING: string;
export declare const RECORDED_ROWS: number;
export declare function recordAnswer(): boolean;
export declare function curl(service: string): { first: number; total: number };
