import type { IStatusBar } from '@jupyterlab/statusbar';
import type { ITranslator } from '@jupyterlab/translation';
import { MenuSvg } from '@jupyterlab/ui-components';

import { isOver } from '../../model/downloads/state.js';
import { DownloadsPanel } from '../../view/downloads/panel.js';
import { downloadsStatusItem } from '../../view/downloads/statusitem.js';
import type {
  IDownloadCallbacks,
  IDownloadsContext
} from '../../view/downloads/types.js';
import { whyBlocked } from '../../view/shared/notice.js';
import type { Sidebar } from '../../view/sidebar.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import { DownloadActions } from './downloadactions.js';
import { DownloadNotices } from './downloadnotices.js';
import type { IDownloadParts } from './downloadparts.js';
import { DownloadsTabs } from './downloadtab.js';
import { showFolder } from '../folders.js';
import { serverHalf } from '../serverhalf.js';

/** What shows the queue: section, tab, item of the status bar, notifications. */
export class DownloadsFrame {
  constructor(
    private readonly _parts: IDownloadParts,
    translator: ITranslator
  ) {
    const { app, queue, archives, accounts, trans } = _parts;
    this._actions = new DownloadActions(_parts);
    this.panel = new DownloadsPanel(queue, this._callbacks, translator);
    this.tabs = new DownloadsTabs(app, trans, {
      source: queue,
      callbacks: this._callbacks,
      trans,
      context: () => this._context
    });
    this.notices = this._makeNotices();
    const update = (): void => {
      this.panel.context = this._context;
    };
    archives.changed.connect(update);
    accounts?.changed.connect(update);
    update();
  }

  /** The section of the sidebar. */
  readonly panel: DownloadsPanel;
  readonly tabs: DownloadsTabs;
  readonly notices: DownloadNotices;

  /** Put the section into the sidebar. */
  addTo(sidebar: Sidebar): void {
    sidebar.addSection('downloads', this.panel);
  }

  /** Tell in the status bar how far the queue is, while there is something to do. */
  addStatus(statusBar: IStatusBar, translator: ITranslator): void {
    const { queue } = this._parts;
    const isActive = (): boolean => queue.items.some(item => !isOver(item));
    const totals = () => (isActive() ? queue.totals : null);
    const item = downloadsStatusItem(totals, () => this._show(), translator);
    queue.changed.connect(() => item.update());
    statusBar.registerStatusItem('obsdeck:downloads', {
      item,
      align: 'left',
      rank: 42,
      isActive,
      activeStateChanged: queue.changed
    });
  }

  private get _context(): IDownloadsContext {
    const { archives, trans } = this._parts;
    return {
      nameOf: id => this._nameOf(id),
      ranOut: id => this._ranOut(id),
      offers: action => this._actions.offers(action),
      blocked: whyBlocked(serverHalf(archives), trans)
    };
  }

  private get _callbacks(): IDownloadCallbacks {
    const { app, queue } = this._parts;
    const run = (id: string) => (): void => attempt(app.commands.execute(id));
    return {
      act: (action, ids) => attempt(this._actions.act(action, ids)),
      start: () => attempt(queue.start()),
      pauseAll: run(CommandIDs.pauseDownloads),
      resumeAll: run(CommandIDs.resumeDownloads),
      retryAll: () => attempt(queue.retry(this._failed)),
      signIn: archive => attempt(this._actions.signIn(archive)),
      openTab: run(CommandIDs.openDownloads),
      openFolder: folder => attempt(showFolder(app.commands, folder)),
      saveScript: run(CommandIDs.saveDownloadScript),
      fetchManifest: run(CommandIDs.fetchManifest),
      addAddresses: run(CommandIDs.addAddresses),
      copy: text => this._actions.copy(text),
      menu: (at, opener) => this._openMenu(at, opener)
    };
  }

  private get _failed(): string[] {
    const failed = this._parts.queue.items.filter(({ state }) => state === 'failed');
    return failed.map(({ id }) => id);
  }

  private _makeNotices(): DownloadNotices {
    const { app, queue, notebooks, trans } = this._parts;
    return new DownloadNotices({
      queue,
      trans,
      nameOf: id => this._nameOf(id),
      ranOut: id => this._ranOut(id),
      isSeen: () => !document.hidden && (this.panel.isVisible || this.tabs.isVisible),
      insertPaths: notebooks && (files => this._actions.insertPaths(files)),
      signIn: archive => this._actions.signIn(archive),
      openFolder: () => showFolder(app.commands, queue.totals.folder),
      show: () => this._show()
    });
  }

  private _openMenu(at: { x: number; y: number }, opener: HTMLElement): void {
    const menu = new MenuSvg({ commands: this._parts.app.commands });
    for (const command of [
      CommandIDs.clearDownloads,
      CommandIDs.saveDownloadScript,
      CommandIDs.fetchManifest,
      CommandIDs.addAddresses,
      CommandIDs.openDownloads
    ]) {
      menu.addItem({ command });
    }
    menu.aboutToClose.connect(() => {
      opener.focus();
      // What was chosen runs first; it may need the menu's items.
      setTimeout(() => menu.dispose());
    });
    menu.open(at.x, at.y);
    menu.activateNextItem();
  }

  private _show(): void {
    const { commands } = this._parts.app;
    attempt(commands.execute(CommandIDs.showSection, { section: 'downloads' }));
  }

  private _nameOf(archive: string): string {
    return this._parts.archives.get(archive)?.definition.name ?? archive;
  }

  private _ranOut(archive: string): number | null {
    const account = this._parts.accounts?.get(archive);
    return account?.state === 'expired' && account.expires !== null
      ? account.expires * 1000
      : null;
  }

  private readonly _actions: DownloadActions;
}
