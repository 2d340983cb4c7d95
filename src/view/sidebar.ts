import type { ITranslator } from '@jupyterlab/translation';
import { SidePanel, Toolbar, ToolbarButton } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { type AccordionPanel, Widget } from '@lumino/widgets';

import { addArchiveIcon, obsdeckIcon } from './shared/icons.js';
import { SectionHeights } from './shared/sectionheights.js';

/** Id of the sidebar's widget, for restoring and styling. */
export const SIDEBAR_ID = 'obsdeck-sidebar';

/** Sections that are not the one being worked in take this share of the height at most. */
const SHARE = 0.4;

/** The sections there can be, from top to bottom. */
export const SECTIONS = ['accounts', 'search', 'jobs', 'downloads'] as const;

/** The name of a section, for commands. */
export type SectionName = (typeof SECTIONS)[number];

/** What a {@link Sidebar} needs. */
export interface ISidebarOptions {
  readonly translator: ITranslator;
  /** Ask for an archive to add. */
  addArchive(): void;
}

/** The Obsdeck sidebar: a toolbar above sections that fold. */
export class Sidebar extends SidePanel {
  constructor({ translator, addArchive }: ISidebarOptions) {
    super({ translator });
    const trans = translator.load('obsdeck');
    const name = trans.__('Obsdeck');
    this._captions = { calm: name, care: trans.__('Obsdeck, sign-in ends soon') };
    this.id = SIDEBAR_ID;
    this.addClass('jp-Obsdeck-Sidebar');
    this.title.icon = obsdeckIcon;
    this.title.caption = name;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', name);
    this.toolbar.node.setAttribute('role', 'toolbar');
    this.toolbar.node.setAttribute('aria-label', name);
    this.toolbar.addItem('title', heading(name));
    this.toolbar.addItem('spacer', Toolbar.createSpacerItem());
    this.toolbar.addItem(
      'add-archive',
      new ToolbarButton({
        icon: addArchiveIcon,
        tooltip: trans.__('Add archive'),
        onClick: () => addArchive(),
        translator
      })
    );
  }

  /** Emitted whenever the sidebar comes into sight. */
  get shown(): ISignal<this, void> {
    return this._shown;
  }

  /** Put a section in its place; all but Search are kept low. */
  addSection(name: SectionName, section: Widget): void {
    const rank = SECTIONS.indexOf(name);
    const index = this._names.filter(other => SECTIONS.indexOf(other) < rank).length;
    this._names.splice(index, 0, name);
    this.insertWidget(index, section);
    if (name !== 'search') {
      this._heights.limit(section);
    }
  }

  /** Unfold a section; the next activation of the sidebar puts the focus into it. */
  showSection(name: SectionName): void {
    this._accordion.expand(this._names.indexOf(name));
    this._wanted = name;
  }

  /** True while an account needs care: the tab says so, by a dot and in its name. */
  get needsCare(): boolean {
    return this.title.className !== '';
  }

  set needsCare(value: boolean) {
    this.title.className = value ? 'jp-Obsdeck-mod-care' : '';
    this.title.caption = this._captions[value ? 'care' : 'calm'];
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._shown.emit();
  }

  /** Whoever asks for the sidebar, and for no section of it, wants to type. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.widgets[this._names.indexOf(this._wanted)]?.activate();
    this._wanted = 'search';
  }

  private get _accordion(): AccordionPanel {
    return this.content as AccordionPanel;
  }

  /** Accessible names of the tab. */
  private readonly _captions: { readonly calm: string; readonly care: string };
  /** Names of the sections, in the order of the widgets. */
  private readonly _names: SectionName[] = [];
  private readonly _heights = new SectionHeights(this._accordion, SHARE);
  private readonly _shown = new Signal<this, void>(this);
  /** The section that was asked for. */
  private _wanted: SectionName = 'search';
}

function heading(text: string): Widget {
  const widget = new Widget({ node: document.createElement('h2') });
  widget.addClass('jp-Obsdeck-Sidebar-title');
  widget.node.textContent = text;
  return widget;
}
