/** Characters of the longest name that is proposed. */
const LONGEST = 60;

/** A title as the name of a file: without what some file system does not take. */
export function fileName(title: string): string {
  return title
    .replace(/[/\\:*?"<>|\p{C}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^\.+/, '')
    .trim()
    .slice(0, LONGEST)
    .trim();
}
