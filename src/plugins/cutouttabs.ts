import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';

import { dataFacts } from '../model/cutout/facts.js';
import { CutoutSession } from '../model/cutout/session.js';
import type { IRowTarget, QuickLookTarget } from '../model/quicklook/types.js';
import { CutoutPanel } from '../view/cutout/panel.js';
import { cutoutIcon } from '../view/cutout/icons.js';
import { actionsOf, meansOf, type ICutoutParts } from './cutoutmeans.js';

/** Tabs of cutouts where no Quick look shows pictures. */
export class CutoutTabs {
  constructor(
    private readonly _shell: JupyterFrontEnd.IShell,
    private readonly _parts: ICutoutParts
  ) {}

  /** Bring the tab of a row to the front, or open it, and ask what can be cut out. */
  async open(target: QuickLookTarget): Promise<void> {
    const row = target.kind === 'row' ? target : target.origin;
    const panel = row && (this._panels.get(row.id) ?? this._create(row));
    if (panel) {
      this._shell.activateById(panel.parent?.id ?? '');
      await panel.session.load();
    }
  }

  private _create(target: IRowTarget): CutoutPanel | undefined {
    const { archives, trans } = this._parts;
    const archive = archives.get(target.archive);
    const means = archive && meansOf(this._parts, archive);
    if (!archive || !means) {
      return undefined;
    }
    const { id, title, source, sky } = target;
    const subject = { id, title, source, facts: dataFacts(sky) };
    const content = new CutoutPanel({
      session: new CutoutSession(subject, means),
      archive: archive.definition.name,
      isAlone: true,
      actions: actionsOf(this._parts, archive),
      trans
    });
    const tab = new MainAreaWidget({ content });
    tab.title.label = trans.__('Cut out: %1', title);
    tab.title.caption = id;
    tab.title.icon = cutoutIcon;
    tab.title.closable = true;
    tab.toolbar.hide();
    this._panels.set(id, content);
    content.disposed.connect(() => this._panels.delete(id));
    this._shell.add(tab, 'main', { mode: 'split-right' });
    return content;
  }

  private readonly _panels = new Map<string, CutoutPanel>();
}
