import { Notification } from '@jupyterlab/apputils';

import type { RowCell } from '../../archives/links.js';
import { isUsable } from '../../model/countdown.js';
import {
  filesOfRows,
  type IFilesOfRows,
  type IWantedRows
} from '../../model/downloads/rows.js';
import { cellsOf } from '../../model/rowcells.js';
import type { IProvenance } from '../../model/reading.js';
import { rowAccess } from '../../view/results/accessrow.js';
import { releaseOf } from '../../view/results/release.js';
import { formatCount } from '../../view/shared/format.js';
import type { IDownloadParts } from './downloadparts.js';
import { planDownloads } from './downloadplan.js';
import type { ResultTabs } from '../results/resulttabs.js';

/** Milliseconds after which reading links is told: most of the time it has ended before. */
const QUIET = 500;

/** Rows whose problems are told in words; of the others their number. */
const TOLD = 3;

/** Fetches the files of the rows selected in the Results tab used last. */
export class RowDownloads {
  constructor(
    private readonly _parts: IDownloadParts,
    private readonly _tabs: ResultTabs
  ) {}

  /** Whether the archive that was asked tells which files belong to a row. */
  get isOffered(): boolean {
    const query = this._tabs.query;
    const asked = query?.result.provenance ?? query?.current;
    return asked?.archive.links !== undefined;
  }

  /** True where rows are chosen whose files may be fetched. */
  isEnabled(): boolean {
    return this.isOffered && this._rows.length > 0;
  }

  /** Ask where the files go, and fetch them; answers the ids of what was added. */
  async download(): Promise<readonly string[]> {
    const wanted = this._wanted();
    if (!wanted) {
      return [];
    }
    const found = await this._read(wanted);
    if (!found) {
      return [];
    }
    const { trans } = this._parts;
    if (found.requests.length === 0) {
      const words = [trans.__('These rows have no files.'), ...found.problems];
      throw new Error(words.slice(0, TOLD + 1).join(' '));
    }
    return planDownloads(this._parts, found.requests, { notes: this._notes(found) });
  }

  private get _rows(): readonly number[] {
    const { selectedRows, focusedRow } = this._tabs;
    return selectedRows.length > 0 || focusedRow === null ? selectedRows : [focusedRow];
  }

  private _wanted(): IWantedRows | null {
    const { rows: store, provenance } = this._tabs.query?.result ?? {};
    const links = provenance?.archive.links;
    if (!store || !provenance || !links) {
      return null;
    }
    const { archive, table, query } = provenance;
    const now = Date.now();
    const isMine = this._isMine(provenance);
    const places = new Map<RowCell, number>(
      this._rows.map(index => [cellsOf(store, index), index])
    );
    const asMe = (row: RowCell): boolean => {
      const access = rowAccess(store, places.get(row) ?? 0).row;
      const { rights = null, release = null } = access;
      return isMine(releaseOf(rights, release, now).kind);
    };
    return {
      archive: archive.definition.id,
      links,
      rows: [...places.keys()],
      asMe,
      found: { service: table.service, query: query.adql }
    };
  }

  /**
   * Files are fetched as the rows were found; those that are not public in the user's name,
   * where there is one. A queue of public files must not stop because a sign-in ran out.
   */
  private _isMine({ as, archive }: IProvenance): (kind: string) => boolean {
    const account = this._parts.accounts?.get(archive.definition.id);
    const canSign = account !== undefined && isUsable(account);
    return kind =>
      as === 'me' || (canSign && (kind === 'embargo' || kind === 'proprietary'));
  }

  /** Read what belongs to the rows; null where the user stopped that. */
  private async _read(wanted: IWantedRows): Promise<IFilesOfRows | null> {
    const stop = new AbortController();
    const notice = new ReadingNotice(this._parts, () => stop.abort());
    try {
      return await filesOfRows(wanted, stop.signal, (read, all) =>
        notice.tell(read, all)
      );
    } catch (reason) {
      if (stop.signal.aborted) {
        return null;
      }
      throw reason;
    } finally {
      notice.end();
    }
  }

  private _notes({ none, problems }: IFilesOfRows): string[] {
    const { trans } = this._parts;
    const notes =
      none === 0
        ? []
        : [
            trans._n(
              '%2 row has no file.',
              '%2 rows have no file.',
              none,
              formatCount(none)
            )
          ];
    const more = problems.length - TOLD;
    return [
      ...notes,
      ...problems.slice(0, TOLD),
      ...(more > 0
        ? [trans._n('And %2 more.', 'And %2 more.', more, formatCount(more))]
        : [])
    ];
  }
}

/** Tells how far reading the links of rows is, with “Cancel”. */
class ReadingNotice {
  constructor(
    private readonly _parts: Pick<IDownloadParts, 'trans'>,
    private readonly _cancel: () => void
  ) {
    this._timer = setTimeout(() => this._show(), QUIET);
  }

  tell(read: number, all: number): void {
    this._done = [read, all];
    if (this._id !== null) {
      const options = { message: this._words, progress: this._share };
      Notification.update({ id: this._id, ...options });
    }
  }

  end(): void {
    clearTimeout(this._timer);
    if (this._id !== null) {
      Notification.dismiss(this._id);
    }
  }

  private _show(): void {
    this._id = Notification.emit(this._words, 'in-progress', {
      autoClose: false,
      progress: this._share,
      actions: [{ label: this._parts.trans.__('Cancel'), callback: this._cancel }]
    });
  }

  private get _words(): string {
    const [read, all] = this._done;
    return this._parts.trans._n(
      'Looking for files: %2 of %3 row read',
      'Looking for files: %2 of %3 rows read',
      all,
      formatCount(read),
      formatCount(all)
    );
  }

  private get _share(): number {
    const [read, all] = this._done;
    return read / Math.max(1, all);
  }

  private _done: readonly [read: number, all: number] = [0, 0];
  private _id: string | null = null;
  private readonly _timer: ReturnType<typeof setTimeout>;
}
