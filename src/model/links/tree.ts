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
    this._chosen = null;
  }

  /** Untick everything. */
  clear(): void {
    this._ticks.clear();
    this._chosen = null;
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
    this._rows = null;
    this._chosen = null;
  }

  private _filesOf(node: LinkNode): LinkNode[] {
    const nodes = [node, ...below(node)].filter(({ file }) => file !== null);
    // A file alone is what was ticked, whatever further links it has.
    const files = node.file ? [node] : nodes;
    return this._search === '' ? files : files.filter(file => this._isHit(file));
  }

  private _flatten(): ILinkRow[] {
    const rows: ILinkRow[] = [];
    const tops = this.roots.length === 1 ? this.roots[0].children : this.roots;
    const add = (nodes: readonly LinkNode[], level: number): void => {
      const shown = nodes.filter(node => this._isShown(node));
      shown.forEach((node, index) => {
        const isOpen = this._isShownOpen(node);
        const place = { level, position: index + 1, count: shown.length, isOpen };
        rows.push(new ShownRow(node, place, this._ticks));
        if (isOpen) {
          add(node.children, level + 1);
        }
      });
    };
    add(tops, 1);
    return rows;
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

/** Where a row is among the others. */
interface IPlace extends Pick<ILinkRow, 'level' | 'position' | 'count'> {
  readonly isOpen: boolean;
}

/** A row as it is shown; of tens of thousands, few are ever looked at. */
class ShownRow implements ILinkRow {
  constructor(
    private readonly _node: LinkNode,
    private readonly _place: IPlace,
    private readonly _ticks: LinkTicks
  ) {}

  get id(): string {
    return this._node.id;
  }

  get thing(): LinkNode['thing'] {
    return this._node.thing;
  }

  get level(): number {
    return this._place.level;
  }

  get position(): number {
    return this._place.position;
  }

  get count(): number {
    return this._place.count;
  }

  get expanded(): boolean | null {
    return this._node.canOpen ? this._place.isOpen : null;
  }

  get ticked(): ILinkRow['ticked'] {
    return this._ticks.stateOf(this._node);
  }

  get reading(): ILinkRow['reading'] {
    return this._node.leads && this._node.reading;
  }
}
