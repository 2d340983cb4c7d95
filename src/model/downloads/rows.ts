import {
  estimatedSize,
  type ILinkService,
  type ISourceLinks,
  type LinkSource,
  type RowCell
} from '../../archives/links.js';
import { describeError, ProtocolError } from '../../protocol/errors.js';
import { pausing } from '../table/pause.js';
import type { Pause } from '../table/tasks.js';
import { fileOfLink, fileOfSource, isFile } from './links.js';
import { refuseTooMany } from './sendable.js';
import type { IDownloadRequest } from './types.js';

/** Rows whose files are wanted, and where they were found. */
export interface IWantedRows {
  /** Id of the archive. */
  readonly archive: string;
  readonly links: ILinkService;
  readonly rows: readonly RowCell[];
  /** Whether a row's file is fetched in the user's name. */
  readonly asMe: (row: RowCell) => boolean;
  readonly found: { readonly service: string; readonly query: string };
}

/** What became of the rows. */
export interface IFilesOfRows {
  /** In the order of the rows; no address twice. */
  readonly requests: readonly IDownloadRequest[];
  /** Rows that name no file at all. */
  readonly none: number;
  /** Rows whose links could not be read, or have no file, one sentence each. */
  readonly problems: readonly string[];
}

/** The only file of a row: where its link has no size, the row's estimate is of it. */
function sized(file: IDownloadRequest, row: RowCell): IDownloadRequest {
  const size = file.size ?? estimatedSize(row);
  return size === null ? file : { ...file, size };
}

/** Told how far reading has come, in rows. */
export type RowsProgress = (read: number, all: number) => void;

/**
 * The files of rows: those that are files themselves as they are, of the others the links
 * are read and `#this` taken.
 *
 * @throws ProtocolError `cancelled` by the signal; `rejected` for too many rows
 */
export async function filesOfRows(
  wanted: IWantedRows,
  signal: AbortSignal,
  progress: RowsProgress
): Promise<IFilesOfRows> {
  // Each row that has any has at least one: nobody is asked about what nobody can fetch.
  refuseTooMany(wanted.rows.length);
  const files = new RowFiles(wanted, progress);
  try {
    await files.collect(pausing(signal));
    for (const asMe of [false, true]) {
      await files.read(asMe, signal);
    }
  } catch (reason) {
    if (!signal.aborted) {
      throw reason;
    }
  }
  if (signal.aborted) {
    throw new ProtocolError('cancelled', 'Cancelled.');
  }
  return files.found;
}

interface ISourceOfRow {
  readonly row: RowCell;
  readonly source: LinkSource;
  readonly asMe: boolean;
  /** Its files; null until they are known. */
  files: readonly IDownloadRequest[] | null;
}

class RowFiles {
  constructor(
    private readonly _wanted: IWantedRows,
    private readonly _progress: RowsProgress
  ) {}

  /**
   * Find what of the rows leads to files.
   *
   * @param pause - lets the page have its turn: there may be tens of thousands
   * @throws AbortError as `pause` does
   */
  async collect(pause: Pause): Promise<void> {
    for (const row of this._wanted.rows) {
      await pause();
      const source = this._wanted.links.sourceOf(row);
      if (source) {
        this._sources.push(this._sourceOf(row, source));
      }
    }
    this._read = this._sources.filter(({ files }) => files !== null).length;
    this._progress(this._read, this._sources.length);
  }

  get found(): IFilesOfRows {
    const all = this._sources.flatMap(({ files }) => files ?? []);
    return {
      requests: [...new Map(all.map(one => [one.url, one])).values()],
      none: this._wanted.rows.length - this._sources.length,
      problems: this._problems
    };
  }

  /** Read the links of those rows that are asked about as me, or as anyone. */
  async read(asMe: boolean, signal: AbortSignal): Promise<void> {
    const open = this._sources.filter(one => one.files === null && one.asMe === asMe);
    if (open.length === 0) {
      return;
    }
    const sources = open.map(({ source }) => source);
    const how = asMe ? { as: 'me' as const } : undefined;
    for await (const links of this._wanted.links.read(sources, signal, how)) {
      this._take(open[links.index], links.answer);
      this._read += 1;
      this._progress(this._read, this._sources.length);
    }
  }

  private _sourceOf(row: RowCell, source: LinkSource): ISourceOfRow {
    const asMe = this._wanted.asMe(row);
    const common = { ...this._common, ...(asMe && { as: 'me' as const }) };
    const files = source.kind === 'file' ? [fileOfSource(common, row, source)] : null;
    return { row, source, asMe, files };
  }

  private _take(place: ISourceOfRow, answer: ISourceLinks['answer']): void {
    const { row, source, asMe } = place;
    place.files = [];
    if (answer instanceof ProtocolError) {
      this._problems.push(`${source.id}: ${describeError(answer)}`);
      return;
    }
    const common = { ...this._common, ...(asMe && { as: 'me' as const }) };
    const files = answer.links
      .filter(isFile)
      .map(link => fileOfLink(common, source, link, row));
    place.files = files.length === 1 ? files.map(file => sized(file, row)) : files;
    if (place.files.length === 0) {
      const said = answer.links.find(({ error }) => error !== null)?.error?.message;
      this._problems.push(`${source.id}: ${said ?? 'No file is linked.'}`);
    }
  }

  private get _common(): Pick<IDownloadRequest, 'archive' | 'found'> {
    const { archive, found } = this._wanted;
    return { archive, found };
  }

  private readonly _sources: ISourceOfRow[] = [];
  private readonly _problems: string[] = [];
  /** Rows whose files are known. */
  private _read = 0;
}
