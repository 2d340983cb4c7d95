import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';

import { usualAsker } from '../../archives/signin.js';
import { LinksModel } from '../../model/links/model.js';
import type { ILinkSubject } from '../../model/links/types.js';
import type { IArchiveRegistry } from '../../tokens.js';
import { linksIcon } from '../../view/links/icons.js';
import type { ILinksDeeds } from '../../view/links/types.js';
import type { LinksPanel } from '../../view/links/panel.js';
import type { IWaitingTab } from '../../view/shared/waiting.js';
import { type ILinkRows, readSubjects, writeSubjects } from './linkrows.js';
import type { IRightsOfUser } from '../accounts/rights.js';

/** A Links tab in the main area; empty until its archive is known. */
class LinksTab extends MainAreaWidget<Panel> implements IWaitingTab {
  /** What it shows; null while it is not known. */
  shown: LinksPanel | null = null;

  /** Of the last layout, while its archive is not known. */
  saved: ReadonlyPartialJSONObject | null = null;

  get waitsFor(): string | null {
    return this.shown?.waitsFor ?? null;
  }

  /** The panel around the links does not hand the focus on. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.shown?.activate();
  }
}

/** What the tabs need. */
export interface ILinkTabsParts {
  readonly app: JupyterFrontEnd;
  readonly archives: IArchiveRegistry;
  readonly trans: TranslationBundle;
  /** The accounts, and what is done with them; missing where there are none. */
  readonly rights?: IRightsOfUser;
  deeds(model: LinksModel): ILinksDeeds;
}

/** The Links tabs; the links of the same rows are one tab. */
export class LinkTabs {
  constructor(private readonly _parts: ILinkTabsParts) {}

  readonly tracker = new WidgetTracker<LinksTab>({ namespace: 'obsdeck-links' });

  /** Bring the tab of rows to the front, or open it, and read their links. */
  async open(rows: ILinkRows): Promise<void> {
    const { shell } = this._parts.app;
    const id = tabIdOf(rows.archive.definition.id, rows.subjects);
    const there = this.tracker.find(tab => tab.id === id);
    const tab = there ?? this._create(id, rows.subjects);
    const panel = tab.shown ?? (await this._fill(tab, rows));
    shell.activateById(id);
    if (panel?.model.reading.state === 'idle') {
      await panel.model.load();
    }
  }

  /** Open a tab of the last layout; it asks nobody. */
  restore(args: ReadonlyPartialJSONObject): void {
    const { archives } = this._parts;
    const subjects = readSubjects(args['rows']);
    if (!subjects) {
      return;
    }
    const id = String(args['archive']);
    const tab = this._create(tabIdOf(id, subjects), subjects);
    tab.saved = args;
    // JupyterLab's whole layout waits for this command, which thus cannot wait for the
    // archives: where the server half is missing they never come.
    void archives.ready.then(async () => {
      const archive = archives.get(id);
      if (!archive?.links) {
        tab.dispose();
      } else if (!tab.isDisposed && !tab.shown) {
        const as = usualAsker(archive.definition);
        await this._fill(tab, { archive, subjects, as });
      }
    });
  }

  /** What of a tab is kept with the layout; nothing of whom it was asked as. */
  argumentsOf({ shown, saved }: LinksTab): ReadonlyPartialJSONObject {
    if (!shown) {
      return { ...saved, restored: true };
    }
    const { archive, subjects } = shown.model;
    const rows = writeSubjects(subjects);
    return { archive: archive.definition.id, rows, restored: true };
  }

  private _create(id: string, subjects: readonly ILinkSubject[]): LinksTab {
    const { trans, app } = this._parts;
    const [{ name, source }] = subjects;
    const { length } = subjects;
    const tab = new LinksTab({ content: new Panel() });
    tab.id = id;
    tab.content.addClass('jp-Obsdeck-Links-tab');
    tab.title.label =
      length === 1
        ? trans.__('Links: %1', name)
        : trans._n('Links: %1 row', 'Links: %1 rows', length);
    tab.title.caption = length === 1 ? source.id : tab.title.label;
    tab.title.icon = linksIcon;
    tab.title.closable = true;
    tab.toolbar.hide();
    void this.tracker.add(tab);
    app.shell.add(tab, 'main');
    return tab;
  }

  /** Null where the tab was closed before its panel was loaded. */
  private async _fill(tab: LinksTab, rows: ILinkRows): Promise<LinksPanel | null> {
    const { LinksPanel: Panel } = await import('../../view/links/panel.js');
    if (tab.shown || tab.isDisposed) {
      return tab.shown;
    }
    const { rights, trans, deeds } = this._parts;
    const model = new LinksModel({ ...rows, ...(rights && { asMe: rights.asMe }) });
    tab.shown = new Panel({
      model,
      trans,
      deeds: deeds(model),
      ...(rights && { rights })
    });
    tab.content.addWidget(tab.shown);
    void this.tracker.save(tab);
    return tab.shown;
  }
}

/** The same for the same rows of the same archive. */
function tabIdOf(archive: string, subjects: readonly ILinkSubject[]): string {
  const sources = subjects.map(({ source: { kind, url, id } }) => [kind, url, id]);
  return `obsdeck-links-${archive}-${fingerprint(JSON.stringify(sources))}`;
}

/** Two 32-bit FNV-1a hashes, forwards and backwards, as base 36: short, and as good as unique. */
function fingerprint(text: string): string {
  const codes = [...text].map(letter => letter.codePointAt(0) ?? 0);
  return [codes, [...codes].reverse()].map(hash32).join('');
}

function hash32(codes: readonly number[]): string {
  const hash = codes.reduce(
    (sum, code) => Math.imul(sum ^ code, 0x01000193) >>> 0,
    0x811c9dc5
  );
  return hash.toString(36);
}
