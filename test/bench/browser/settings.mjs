/** What the browser part of the benchmark runs with; see docs/performance.md. */
import { jupyter } from '../../ui/jupyter.mjs';

/** Rows of the document that arrives. */
export const ROWS = Number(process.env.OBSDECK_BENCH_ROWS ?? 1_000_000);

/** MB a second at which the document is sent; 0 is as fast as it can be. */
export const PACES = [50, 0];

/** How often rows arrive at each pace. */
export const RUNS = Number(process.env.OBSDECK_BENCH_RUNS ?? 3);

/** Where the benchmark's TAP service listens. */
export const PORT = Number(new URL(jupyter.origin).port) + 2;

/** Where the recorded answer is replayed, and how fast, MB a second. */
export const REPLAY_PORT = PORT + 1;
export const REPLAY_PACE = 50;
