import type { IArchive, ISearchTable } from '../archives/archive.js';
import type { ISchemas } from './schema/types.js';
import { searchTables } from './searchtables.js';

/** What was chosen, by name: also while it is not there. */
export interface IWanted {
  /** Id of the archive; null: the first by rank. */
  readonly archive: string | null;
  /** Name of the table; null: the archive's first. */
  readonly table: string | null;
}

/** Which archive, and which table of it, is searched. */
export class ArchiveChoice {
  /** @param _schemas - what services tell of their tables; null: only what is built in */
  constructor(private readonly _schemas: ISchemas | null) {}

  /** True once the archives are known. */
  get isReady(): boolean {
    return this._isReady;
  }

  /** Archives that can be searched, in the order of their rank. */
  get archives(): readonly IArchive[] {
    return this._archives;
  }

  /** The archive that is searched; null where none can be. */
  get archive(): IArchive | null {
    return this._archive;
  }

  /** The table that is searched; null where there is no archive. */
  get table(): ISearchTable | null {
    return this._table;
  }

  /** Tables of the archive, as far as they are known. */
  get tables(): readonly ISearchTable[] {
    return this._archive ? searchTables(this._archive, this._schemas) : [];
  }

  /** What the user chose or restored. */
  get wanted(): IWanted {
    return this._wanted;
  }

  /**
   * Take over the archives that there are. The chosen one stays when it still is among
   * them; otherwise it is the one that was restored, otherwise the first by rank.
   */
  setArchives(archives: readonly IArchive[]): void {
    this._archives = archives
      .filter(archive => archive.discover)
      .sort((a, b) => a.definition.rank - b.definition.rank);
    this._isReady = true;
    const { archive, table } = this._wanted;
    const current = this._archive?.definition.id ?? null;
    const found = this._find(archive) ?? this._find(current) ?? this._archives[0];
    this._choose(found ?? null, table);
  }

  /** Choose an archive; false for one that is not there, or is chosen already. */
  setArchive(id: string): boolean {
    const archive = this._find(id);
    if (!archive || archive === this._archive) {
      return false;
    }
    this._choose(archive, null);
    this._want();
    return true;
  }

  /** Choose a table of the archive; false for one it does not offer, or that is chosen. */
  setTable(name: string): boolean {
    const table = this._tableOf(name);
    if (!table || isSame(table, this._table)) {
      return false;
    }
    this._table = table;
    this._want();
    return true;
  }

  /** Choose by name; what is not there yet is chosen when it comes. */
  restore(wanted: IWanted): void {
    this._wanted = wanted;
    this._choose(this._find(wanted.archive) ?? this._archive, wanted.table);
  }

  /**
   * More may be known of the tables: the one that was wanted is taken where it is there
   * now, and another one instead of one that the service turned out not to have.
   */
  review(): void {
    const table =
      this._tableOf(this._wanted.table) ??
      this.tables.find(other => isSame(other, this._table)) ??
      this.tables.at(0);
    if (table && !isSame(table, this._table)) {
      this._table = table;
    }
  }

  private _find(id: string | null): IArchive | undefined {
    const known = new Map(this._archives.map(item => [item.definition.id, item]));
    return id === null ? undefined : known.get(id);
  }

  private _choose(archive: IArchive | null, table: string | null): void {
    this._archive = archive;
    this._table = this._tableOf(table) ?? this.tables.at(0) ?? null;
  }

  private _tableOf(name: string | null): ISearchTable | undefined {
    return this.tables.find(table => table.name === name);
  }

  private _want(): void {
    this._wanted = {
      archive: this._archive?.definition.id ?? null,
      table: this._table?.name ?? null
    };
  }

  private _isReady = false;
  private _archives: readonly IArchive[] = [];
  private _archive: IArchive | null = null;
  private _table: ISearchTable | null = null;
  private _wanted: IWanted = { archive: null, table: null };
}

/** True for what may be two objects, but is one table. */
function isSame(one: ISearchTable, other: ISearchTable | null): boolean {
  return one.name === other?.name && one.service === other.service;
}
