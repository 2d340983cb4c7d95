import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Asker } from '../../archives/account.js';
import type { IArchive } from '../../archives/archive.js';
import type { LinkSource } from '../../archives/links.js';
import { goodUntil } from '../../protocol/datalink/signed.js';
import type { ILink } from '../../protocol/datalink/types.js';
import { ProtocolError } from '../../protocol/errors.js';
import type { AsMe } from '../signingate.js';
import { isUnread, LinkLoader } from './loader.js';
import { LinkNode } from './node.js';
import { totalOf } from './ticks.js';
import { LinkTree } from './tree.js';
import type { IChosenFiles, ILinkRow, ILinkSubject, LinkThing } from './types.js';

/** What a model of links is made of. */
export interface ILinksOptions {
  readonly archive: IArchive;
  /** At least one. */
  readonly subjects: readonly ILinkSubject[];
  /** As whom the archive is asked at first. */
  readonly as: Asker;
  /** Waits for a sign-in where it has run out; nothing waits without it. */
  readonly asMe?: AsMe;
  /** The time, milliseconds since 1970. */
  readonly now?: () => number;
}

/** Everything that belongs to rows: their links, those of their links, and what is ticked. */
export class LinksModel implements IDisposable {
  /** @throws Error where the archive has no links */
  constructor(private readonly _options: ILinksOptions) {
    const { archive, subjects, as, asMe = (_, work) => work() } = _options;
    const { links } = archive;
    if (!links) {
      throw new Error(`${archive.definition.name} has no links.`);
    }
    const roots = subjects.map(
      (subject, index) =>
        new LinkNode(String(index), { kind: 'row', subject }, null, subject.source)
    );
    this._tree = new LinkTree(roots);
    const isOpen = (node: LinkNode): boolean => this._tree.isOpen(node);
    const now = (): number => this._now();
    this.reading = new LinkLoader(
      { roots, asking: { archive, links, asMe }, isOpen, now },
      as
    );
    this.reading.changed.connect(this._onRead, this);
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** How far the links are read, and what keeps them. */
  readonly reading: LinkLoader;

  get archive(): IArchive {
    return this._options.archive;
  }

  get subjects(): readonly ILinkSubject[] {
    return this._options.subjects;
  }

  /** The tree as it is shown. */
  get rows(): readonly ILinkRow[] {
    return this._tree.rows;
  }

  /** Links that were read, and those of them that are errors. */
  get counts(): { readonly links: number; readonly faults: number } {
    const kinds = this._tree.all.map(({ thing }) => thing.kind);
    const faults = kinds.filter(kind => kind === 'fault' || kind === 'failed').length;
    return { links: kinds.filter(kind => kind === 'link').length, faults };
  }

  /** What the ticked files come to. */
  get chosen(): IChosenFiles {
    return totalOf(this._tree.chosen);
  }

  /** Ids of the ticked files, top to bottom. */
  get chosenIds(): readonly string[] {
    return this._tree.chosen.map(({ id }) => id);
  }

  /** Until when the first signed address holds, milliseconds since 1970; null for none. */
  get goodUntil(): number | null {
    if (this._ends === undefined) {
      const ends = this._tree.all.flatMap(node => endOf(node) ?? []);
      this._ends = ends.length === 0 ? null : ends.reduce((a, b) => Math.min(a, b));
    }
    return this._ends;
  }

  /** What is looked for in names, types and descriptions; empty for nothing. */
  get search(): string {
    return this._tree.search;
  }

  /** Show only what has this. */
  find(text: string): void {
    this._tree.search = text;
    this._changed.emit();
  }

  /** Id of the row that has the focus; null before any has. */
  get focused(): string | null {
    return this._focused;
  }

  focus(id: string): void {
    if (id !== this._focused) {
      this._focused = id;
      this._changed.emit();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.reading.dispose();
      Signal.clearData(this);
    }
  }

  /** Read the links of all rows, also those that are there; never throws. */
  async load(as: Asker = this.reading.as): Promise<void> {
    await this.reading.load(as);
  }

  /** Read what has no answer yet; never throws. */
  async resume(): Promise<void> {
    await this.reading.read(this._tree.roots.filter(isUnread));
  }

  /** Fold or unfold; what leads to further links is read when it is first unfolded. */
  toggle(rows: readonly Pick<ILinkRow, 'id'>[], open: boolean): void {
    const nodes = rows
      .flatMap(({ id }) => this._tree.node(id) ?? [])
      .filter(({ canOpen }) => canOpen);
    nodes.forEach(node => this._tree.turn(node, open));
    if (open) {
      void this.reading.read(nodes.filter(isUnread));
    }
    this._changed.emit();
  }

  /** Tick, or untick; the files of links that are not read are read first. */
  async tick(id: string): Promise<void> {
    const node = this._tree.node(id);
    if (node && !node.file && isUnread(node)) {
      this.toggle([node], true);
      await this.reading.settled(node);
    }
    const now = this._tree.node(id);
    if (now) {
      this._tree.flip(now);
      this._changed.emit();
    }
  }

  /** Untick everything. */
  untick(): void {
    this._tree.clear();
    this._changed.emit();
  }

  /** What a row of the tree stands for; null where it is gone. */
  thing(id: string): LinkThing | null {
    return this._tree.node(id)?.thing ?? null;
  }

  /** The row that a row of the tree belongs to. */
  subjectOf(id: string): ILinkSubject | null {
    const thing = rootOf(this._tree.node(id))?.thing;
    return thing?.kind === 'row' ? thing.subject : null;
  }

  /** The source that has a link, for what asks again later. */
  sourceOf(id: string): LinkSource | null {
    return this._tree.node(id)?.owner?.leads ?? null;
  }

  /** The links of the document that a link is from. */
  linksBeside(id: string): readonly ILink[] {
    const owner = this._tree.node(id)?.owner ?? null;
    return this._tree.all
      .filter(node => owner !== null && node.owner === owner)
      .flatMap(node => linkOf(node) ?? []);
  }

  /** The first link that fits, in the order in which they are shown; null for none. */
  first(fits: (thing: LinkThing) => boolean): string | null {
    return this._tree.all.find(({ thing }) => fits(thing))?.id ?? null;
  }

  /**
   * The link with an address that can be used: a signed one that is old is read again.
   *
   * @param isRefused - the address it has does not do
   * @throws ProtocolError where the links could not be read again or have it no longer
   */
  async fresh(id: string, signal: AbortSignal, isRefused = false): Promise<ILink> {
    const node = this._tree.node(id);
    const link = linkOf(node);
    if (!node || !link) {
      throw gone(this.archive);
    }
    const end = endOf(node);
    const isOld = end !== null && (isRefused || end < this._now());
    const { owner } = node;
    if (!isOld || !owner || owner.leads?.kind === 'file') {
      return link;
    }
    await this.reading.renew(owner, signal);
    const found = linkOf(this._tree.node(id));
    if (!found) {
      throw gone(this.archive);
    }
    return found;
  }

  private _onRead(): void {
    this._tree.forget();
    this._ends = undefined;
    this._changed.emit();
  }

  private _now(): number {
    return (this._options.now ?? Date.now)();
  }

  private readonly _tree: LinkTree;
  /** Undefined while nobody asked. */
  private _ends: number | null | undefined = undefined;
  private _focused: string | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

function rootOf(node: LinkNode | null): LinkNode | null {
  return node?.parent ? rootOf(node.parent) : node;
}

function linkOf(node: LinkNode | null): ILink | null {
  return node?.thing.kind === 'link' ? node.thing.link : null;
}

/** Until when the address of a link holds; null for one that is not signed. */
function endOf(node: LinkNode): number | null {
  const url = node.file?.accessUrl;
  return url ? goodUntil(url, node.owner?.readAt ?? 0) : null;
}

function gone({ definition }: IArchive): ProtocolError {
  const { name } = definition;
  return new ProtocolError('not-found', 'The links of this row have it no longer.', {
    archive: name
  });
}
