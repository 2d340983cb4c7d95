/** Different warnings that are kept; a broken document could cause one per cell. */
const MAX_WARNINGS = 100;

/** Repairs made while reading, counted instead of repeated. */
export class Warnings {
  /** Notes a sentence of its own. */
  add(sentence: string): void {
    this._note(sentence, '');
  }

  /** Notes that something of this kind happened in a row. */
  addRow(what: string, row: number): void {
    this._note(what, ` in row ${row + 1}`);
  }

  /** One sentence for each kind of repair. */
  list(): string[] {
    const sentences = [...this._notes].map(([what, { count, first }]) =>
      first === ''
        ? what
        : `${what}${first}${count > 1 ? ` and ${count - 1} more` : ''}.`
    );
    return this._dropped > 0
      ? [...sentences, `${this._dropped} more warnings were left out.`]
      : sentences;
  }

  private _note(what: string, first: string): void {
    const known = this._notes.get(what);
    if (known !== undefined) {
      known.count += 1;
    } else if (this._notes.size < MAX_WARNINGS) {
      this._notes.set(what, { count: 1, first });
    } else {
      this._dropped += 1;
    }
  }

  private readonly _notes = new Map<string, { count: number; first: string }>();
  private _dropped = 0;
}
