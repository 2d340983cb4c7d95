import { Clipboard } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';

import { neighbour } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import type { DownloadAction, FileAction } from '../../view/downloads/types.js';
import { CommandIDs } from '../commands.js';
import { pathsCell } from './downloadcells.js';
import type { IDownloadParts } from './downloadparts.js';
import { showFile } from '../folders.js';
import { insertCell } from '../notebook/insertcell.js';

/** What Quick look can show. */
const FITS = /\.(?:fits?|fts)(?:\.(?:gz|fz|z))?$/i;

/** What the user does with files of the queue. */
export class DownloadActions {
  constructor(private readonly _parts: IDownloadParts) {}

  /** Do something with files of these ids; throws what that throws. */
  async act(action: DownloadAction, ids: readonly string[]): Promise<void> {
    const { queue } = this._parts;
    switch (action) {
      case 'pause':
        return queue.pause(ids);
      case 'resume':
        return queue.resume(ids);
      case 'retry':
        return queue.retry(ids);
      case 'cancel':
        return queue.cancel(ids);
      case 'up':
      case 'down':
        return this._move(ids[0], action);
      default:
        return this._use(action, this._filesOf(ids));
    }
  }

  /** Whether there is something to do this with. */
  offers(action: FileAction): boolean {
    const { app, notebooks, browser, manager } = this._parts;
    switch (action) {
      case 'open':
        return manager !== null;
      case 'quick-look':
        return app.commands.hasCommand(CommandIDs.quickLook);
      case 'insert':
        return notebooks !== null;
      case 'show':
        return browser !== null;
      case 'copy':
        return true;
    }
  }

  /** Put a text on the clipboard. */
  copy(text: string): void {
    Clipboard.copyToSystem(text);
  }

  /** Put the paths of files into a cell. */
  async insertPaths(files: readonly IDownload[]): Promise<void> {
    const { app, notebooks, browser } = this._parts;
    if (notebooks && files.length > 0) {
      const notebook = notebooks.currentWidget?.context.path;
      const folder =
        notebook === undefined ? browser?.model.path : PathExt.dirname(notebook);
      const paths = files.map(({ path }) => path);
      const name = [...new Set(files.map(({ archive }) => this._nameOf(archive)))];
      const cell = pathsCell(paths, folder ?? '', name.join(', '));
      await insertCell(app, notebooks, cell);
    }
  }

  /** Ask for a sign-in, and let go on what waits for it. */
  async signIn(archive: string): Promise<void> {
    const { app, queue } = this._parts;
    if ((await app.commands.execute(CommandIDs.signIn, { archive })) === true) {
      const waiting = queue.items.filter(
        item => item.archive === archive && item.state === 'sign-in'
      );
      if (waiting.length > 0) {
        await queue.retry(waiting.map(({ id }) => id));
      }
    }
  }

  private async _use(action: FileAction, files: readonly IDownload[]): Promise<void> {
    const { app, browser } = this._parts;
    const [file] = files;
    switch (action) {
      case 'open':
        return this._open(file);
      case 'quick-look':
        await app.commands.execute(CommandIDs.quickLook, { path: file.path });
        return;
      case 'insert':
        return this.insertPaths(files);
      case 'show':
        return showFile(app.commands, browser, file.path);
      case 'copy':
        this.copy(files.map(({ address }) => address).join('\n'));
    }
  }

  private async _open({ path }: IDownload): Promise<void> {
    const isPicture = FITS.test(path) && this.offers('quick-look');
    const command = isPicture ? CommandIDs.quickLook : 'docmanager:open';
    await this._parts.app.commands.execute(command, { path });
  }

  private async _move(id: string, step: 'up' | 'down'): Promise<void> {
    const { queue } = this._parts;
    const place = neighbour(queue.items, id, step);
    if (place) {
      await queue.move(id, place.before);
    }
  }

  private _nameOf(archive: string): string {
    return this._parts.archives.get(archive)?.definition.name ?? archive;
  }

  private _filesOf(ids: readonly string[]): IDownload[] {
    const wanted = new Set(ids);
    return this._parts.queue.items.filter(({ id }) => wanted.has(id));
  }
}
