/** How long to wait for what comes about, however slow the machine is. */
export const SOON = { timeout: 20_000 };
