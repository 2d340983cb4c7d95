/**
 * The longest beginning of a text that fits, with an ellipsis where something was cut.
 *
 * @param room - px
 * @param measure - width of a text, px
 */
export function elide(
  text: string,
  room: number,
  measure: (text: string) => number
): string {
  if (measure(text) <= room) {
    return text;
  }
  const letters = [...text];
  let [fits, cut] = [0, letters.length];
  while (fits + 1 < cut) {
    const middle = (fits + cut) >> 1;
    if (measure(`${letters.slice(0, middle).join('')}\u2026`) <= room) {
      fits = middle;
    } else {
      cut = middle;
    }
  }
  return `${letters.slice(0, fits).join('')}\u2026`;
}
