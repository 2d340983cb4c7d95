import type { LinkNode } from './node.js';
import { isUnread } from './loader.js';
import type { IChosenFiles, ILinkRow } from './types.js';

/** Files at and below a node, and how many of them are ticked. */
interface ITally {
  readonly files: number;
  readonly ticked: number;
}

/** Which files are ticked; a group is ticked where all of its files are. */
export class LinkTicks {
  /** True where a file is ticked. */
  has({ id }: LinkNode): boolean {
    return this._ticked.has(id);
  }

  /** How the box of a node is drawn; null for what has no file. */
  stateOf(node: LinkNode): ILinkRow['ticked'] {
    if (node.file) {
      return this.has(node) ? 'true' : 'false';
    }
    const { files, ticked } = this._tally(node);
    if (files === 0) {
      return isUnread(node) ? 'false' : null;
    }
    return ticked === 0 ? 'false' : ticked === files ? 'true' : 'mixed';
  }

  /** Tick these files, or untick them where all are ticked. */
  flip(files: readonly LinkNode[]): void {
    const on = !files.every(node => this.has(node));
    files.forEach(({ id }) => (on ? this._ticked.add(id) : this._ticked.delete(id)));
    this.forget();
  }

  /** Untick everything. */
  clear(): void {
    this._ticked.clear();
    this.forget();
  }

  /** Nodes came or went. */
  forget(): void {
    this._tallies = new WeakMap();
  }

  private _tally(node: LinkNode): ITally {
    const known = this._tallies.get(node);
    if (known) {
      return known;
    }
    const tally = node.children.reduce(
      (sum, child) => {
        const { files, ticked } = this._tally(child);
        return { files: sum.files + files, ticked: sum.ticked + ticked };
      },
      { files: Number(node.file !== null), ticked: Number(this.has(node)) }
    );
    this._tallies.set(node, tally);
    return tally;
  }

  private readonly _ticked = new Set<string>();
  private _tallies = new WeakMap<LinkNode, ITally>();
}

/** What files come to. */
export function totalOf(files: readonly LinkNode[]): IChosenFiles {
  const sizes = files.map(({ file }) => file?.contentLength ?? null);
  return {
    files: files.length,
    bytes: sizes.reduce((sum: number, size) => sum + (size ?? 0), 0),
    unsized: sizes.filter(size => size === null).length
  };
}
