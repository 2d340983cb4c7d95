/** Answers of a service that are remembered; the pace of yesterday tells little. */
const REMEMBERED = 12;

/** An answer that came whole. */
interface IMeasured {
  readonly rows: number;
  /** From asking to the last row. */
  readonly seconds: number;
}

/** How fast services answered on this page: what an estimate can honestly rest on. */
export class Pace {
  /**
   * Note an answer that came whole.
   *
   * @param service - base URL of the service
   * @param rows - of the answer
   * @param seconds - from asking to the last row
   */
  note(service: string, rows: number, seconds: number): void {
    const measured = [...(this._measured.get(service) ?? []), { rows, seconds }];
    this._measured.set(service, measured.slice(-REMEMBERED));
  }

  /** Seconds an answer of so many rows may take; null where nothing was measured. */
  estimate(service: string, rows: number): number | null {
    const measured = this._measured.get(service);
    return measured ? extrapolate(measured, rows) : null;
  }

  private readonly _measured = new Map<string, readonly IMeasured[]>();
}

/** A line through what was measured: what an answer takes anyway, and each of its rows. */
function extrapolate(measured: readonly IMeasured[], rows: number): number {
  const count = measured.length;
  const meanRows = measured.reduce((sum, item) => sum + item.rows, 0) / count;
  const meanSeconds = measured.reduce((sum, item) => sum + item.seconds, 0) / count;
  const spread = measured.reduce((sum, item) => sum + (item.rows - meanRows) ** 2, 0);
  const slope =
    spread > 0
      ? measured.reduce(
          (sum, item) => sum + (item.rows - meanRows) * (item.seconds - meanSeconds),
          0
        ) / spread
      : meanSeconds / Math.max(meanRows, 1);
  // A falling line is noise; then rows cost nothing, as far as was measured.
  const perRow = Math.max(0, slope);
  const anyway = spread > 0 ? Math.max(0, meanSeconds - perRow * meanRows) : 0;
  const least = Math.min(...measured.map(({ seconds }) => seconds));
  return Math.max(anyway + perRow * rows, least);
}
