import { columnNamed, type INamedColumn } from './names.js';
import type { INamePart } from './outline.js';
import type { IScopeTable } from './scopetable.js';

/** Tables whose columns can be named, made ready for looking names up. */
export class Sight {
  /**
   * @param tables - the SELECT's own ones first, then those around it
   * @param _own - how many of them are its own
   */
  constructor(
    readonly tables: readonly IScopeTable[],
    private readonly _own: number
  ) {
    for (const table of tables) {
      this._add(table);
    }
    this.isKnown = tables.length > 0 && tables.every(({ columns }) => columns !== null);
  }

  /** True where all columns of all tables are known. */
  readonly isKnown: boolean;

  /** The table that stands before a column's dot; null where none is called that. */
  qualifier(parts: readonly INamePart[]): IScopeTable | null {
    const wanted = parts.map(keyOf);
    const last = wanted[wanted.length - 1] ?? '';
    const aliased = wanted.length === 1 ? this._aliases.get(last) : undefined;
    const ending = this._byLast.get(last) ?? [];
    return aliased ?? ending.find(({ use }) => endsAlike(use.parts, wanted)) ?? null;
  }

  /** The column that a name without a table means first; undefined where none is known. */
  column(name: INamePart): INamedColumn | undefined {
    const key = keyOf(name);
    for (const { columns } of this.tables) {
      const found = columns && columnNamed(columns, key);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /** The tables of the SELECT itself that have a column of that name. */
  holders(name: INamePart): readonly IScopeTable[] {
    const key = keyOf(name);
    return this.tables
      .slice(0, this._own)
      .filter(({ columns }) => columns && columnNamed(columns, key));
  }

  /** True for what a table is called here. */
  isLabel(name: INamePart): boolean {
    return this._labels.has(keyOf(name));
  }

  private _add(table: IScopeTable): void {
    const { alias, parts } = table.use;
    this._labels.add(table.label.toLowerCase());
    if (alias !== null && !this._aliases.has(keyOf(alias))) {
      this._aliases.set(keyOf(alias), table);
    }
    if (parts.length > 0) {
      const last = keyOf(parts[parts.length - 1]);
      const others = this._byLast.get(last) ?? [];
      others.push(table);
      this._byLast.set(last, others);
    }
  }

  private readonly _labels = new Set<string>();
  private readonly _aliases = new Map<string, IScopeTable>();
  private readonly _byLast = new Map<string, IScopeTable[]>();
}

/** As names compare (ADQL 2.1 §2.1.2). */
function keyOf({ text }: INamePart): string {
  return text.toLowerCase();
}

/** Equal as far as the shorter one goes, from the end. */
function endsAlike(parts: readonly INamePart[], wanted: readonly string[]): boolean {
  const own = parts.map(keyOf);
  const shared = Math.min(own.length, wanted.length);
  return own.slice(-shared).join('.') === wanted.slice(-shared).join('.');
}
