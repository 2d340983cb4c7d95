/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** A number with at most three significant digits, none before the point lost. */
export function short(number) {
  return Math.abs(number) >= 100 ? Math.round(number) : Number(number.toPrecision(3));
}

/** Records of the same keys as a Markdown table. A missing value shows as `–`. */
export function markdownTable(records) {
  const keys = [...new Set(records.flatMap(record => Object.keys(record)))];
  const rows = records.map(record => keys.map(key => String(record[key] ?? '–')));
  const widths = keys.map((key, at) =>
    Math.max(key.length, ...rows.map(row => row[at].length))
  );
  const line = cells => `| ${cells.map((c, at) => c.padEnd(widths[at])).join(' | ')} |`;
  const rule = widths.map(width => '-'.repeat(width));
  return [keys, rule, ...rows].map(line).join('\n');
}
