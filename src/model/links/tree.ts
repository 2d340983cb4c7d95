import { below, type LinkNode } from './node.js';
import { LinkTicks } from './ticks.js';
import type { ILinkRow } from './types.js';

/** With more rows than these, each is folded at first. */
const FEW_ROWS = 5;

/** The nodes as they are shown: unfolded, filtered, ticked. */
export class LinkTree {
  /** @param roots - the rows; one alone is not drawn, its groups are at the top */
  constructor(readonly roots: readonly LinkNode[]) {}

  /** What is looked for; empty for nothing. */
  get search(): string {
    return this._search;
  }

  set search(text: string) {
    this._search = text.trim().toLowerCase();
    this.forget();
  }

  /** What is shown, top to bottom. */
  get rows(): readonly ILinkRow[] {
    this._rows ??= this._flatten();
    return this._rows;
  }

  /** All nodes that are read, top to bottom. */
  get all(): readonly LinkNode[] {
    this._all ??= this.roots.flatMap(root => [root, ...below(root)]);
    return this._all;
  }

  /** The node of that id; null where it is gone. */
  node(id: string): LinkNode | null {
    this._byId ??= new Map(this.all.map(node => [node.id, node]));
    return this._byId.get(id) ?? null;
  }

  /** The ticked files, top to bottom. */
  get chosen(): readonly LinkNode[] {
    this._chosen ??= this.all.filter(node => this._ticks.has(node));
    return this._chosen;
  }

  /** Tick, or untick, the files at and below a node that are not filtered out. */
  flip(node: LinkNode): void {
    this._ticks.flip(this._filesOf(node));
    this._redraw();
  }

  /** Untick everything. */
  clear(): void {
    this._ticks.clear();
    this._redraw();
  }

  isOpen(node: LinkNode): boolean {
    const isUsual = node.thing.kind === 'link' || this._isFoldedRow(node);
    return isUsual === this._turned.has(node.id);
  }

  /** Fold or unfold. */
  turn(node: LinkNode, open: boolean): void {
    if (this.isOpen(node) !== open && !this._turned.delete(node.id)) {
      this._turned.add(node.id);
    }
    this._rows = null;
  }

  /** Nodes came or went, or what is looked for. */
  forget(): void {
    this._all = null;
    this._byId = null;
    this._fits = new WeakMap();
    this._ticks.forget();
    this._redraw();
  }

  private _filesOf(node: LinkNode): LinkNode[] {
    const nodes = [node, ...below(node)].filter(({ file }) => file !== null);
    // A file alone is what was ticked, whatever further links it has.
    const files = node.file ? [node] : nodes;
    return this._search === '' ? files : files.filter(file => this._isHit(file));
  }

  private _redraw(): void {
    this._rows = null;
    this._chosen = null;
  }

  private _flatten(): ILinkRow[] {
    const rows: ILinkRow[] = [];
    const tops = this.roots.length === 1 ? this.roots[0].children : this.roots;
    const add = (nodes: readonly LinkNode[], level: number): void => {
      const shown = nodes.filter(node => this._isShown(node));
      shown.forEach((node, index) => {
        const isOpen = this._isShownOpen(node);
        rows.push(this._rowOf(node, level, index + 1, shown.length, isOpen));
        if (isOpen) {
          add(node.children, level + 1);
        }
      });
    };
    add(tops, 1);
    return rows;
  }

  private _rowOf(
    node: LinkNode,
    level: number,
    position: number,
    count: number,
    isOpen: boolean
  ): ILinkRow {
    const { id, thing, leads, reading, canOpen } = node;
    return {
      ...{ id, thing, level, position, count },
      expanded: canOpen ? isOpen : null,
      ticked: this._ticks.stateOf(node),
      reading: leads && reading
    };
  }

  /** Where something below it fits, it is open. */
  private _isShownOpen(node: LinkNode): boolean {
    return (
      this.isOpen(node) ||
      (this._search !== '' && node.children.some(child => this._fitsBelow(child)))
    );
  }

  /** It fits, or something below or above it does. */
  private _isShown(node: LinkNode): boolean {
    return this._search === '' || this._fitsBelow(node) || this._isHit(node);
  }

  private _isHit(node: LinkNode): boolean {
    return (
      node.text.includes(this._search) ||
      (node.parent !== null && this._isHit(node.parent))
    );
  }

  private _fitsBelow(node: LinkNode): boolean {
    const known = this._fits.get(node);
    if (known !== undefined) {
      return known;
    }
    const fits =
      node.text.includes(this._search) ||
      node.children.some(child => this._fitsBelow(child));
    this._fits.set(node, fits);
    return fits;
  }

  private _isFoldedRow({ thing }: LinkNode): boolean {
    return thing.kind === 'row' && this.roots.length > FEW_ROWS;
  }

  private _search = '';
  private _rows: readonly ILinkRow[] | null = null;
  private _all: readonly LinkNode[] | null = null;
  private _byId: ReadonlyMap<string, LinkNode> | null = null;
  private _chosen: readonly LinkNode[] | null = null;
  private readonly _ticks = new LinkTicks();
  private _fits = new WeakMap<LinkNode, boolean>();
  /** Ids of nodes that are not folded as they usually are. */
  private readonly _turned = new Set<string>();
}
