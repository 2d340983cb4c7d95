export declare function quantile(numbers: readonly number[], part: number): number;
export declare function median(numbers: readonly number[]): number;
export declare function record(figure: Record<string, unknown>): void;
