import { type ISignal, Signal } from '@lumino/signaling';

import type { Asker } from '../../archives/account.js';
import type { ILinks } from '../../protocol/datalink/types.js';
import { ProtocolError } from '../../protocol/errors.js';
import { asProtocolError, type ResultWait } from '../ending.js';
import { nodesOf } from './build.js';
import { below, LinkNode } from './node.js';
import { type ILinkAsking, readNodes } from './reader.js';

/**
 * - `idle`: nothing was asked yet
 * - `reading`: something that was asked for has no answer yet
 * - `done`: all rows have an answer
 * - `cancelled`: the user stopped it, or it broke off; what had come is there
 */
export type LinksState = 'idle' | 'reading' | 'done' | 'cancelled';

/** What a loader works with. */
export interface ILinkLoaderOptions {
  readonly roots: readonly LinkNode[];
  /** Whom to ask, and how; as whom it is asked is said with each question. */
  readonly asking: Omit<ILinkAsking, 'as'>;
  /** Whether a link is unfolded: its own links are read with it. */
  isOpen(node: LinkNode): boolean;
  /** The time, milliseconds since 1970. */
  now(): number;
}

/** Reads the links of nodes and puts what comes below them. */
export class LinkLoader {
  constructor(
    private readonly _options: ILinkLoaderOptions,
    private _as: Asker
  ) {}

  /** Emitted when nodes came or went, and when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** As whom the archive is asked. */
  get as(): Asker {
    return this._as;
  }

  get state(): LinksState {
    return this._state;
  }

  /** What is waited for beside the answer; null for nothing. */
  get wait(): ResultWait | null {
    return this._wait;
  }

  /** When the archive was asked, milliseconds since 1970. */
  get startedAt(): number {
    return this._startedAt;
  }

  /** When the archive was asked, or gave its last sign, milliseconds since 1970. */
  get heardAt(): number {
    return this._heardAt;
  }

  /** Why the links could not be read; null where they could. What was there stays. */
  get error(): ProtocolError | null {
    return this._error;
  }

  /** Rows that have an answer, and all. */
  get progress(): { readonly read: number; readonly all: number } {
    const { roots } = this._options;
    const read = roots.filter(({ reading }) => !isOpenQuestion(reading)).length;
    return { read, all: roots.length };
  }

  dispose(): void {
    this._isDisposed = true;
    this._abort.abort();
    Signal.clearData(this);
  }

  /** Read the links of all rows, also those that are there; never throws. */
  async load(as: Asker): Promise<void> {
    const { roots } = this._options;
    this.cancel();
    this._as = as;
    roots.forEach(node => (node.reading = 'unread'));
    await this.read(roots);
  }

  /** Ask no further; what has come stays. */
  cancel(): void {
    this._abort.abort();
    this._abort = new AbortController();
  }

  /** Read the links of nodes; never throws. */
  async read(nodes: readonly LinkNode[]): Promise<void> {
    if (nodes.length === 0 || this._isDisposed) {
      return;
    }
    nodes.forEach(node => {
      node.reading = 'reading';
      this._open.add(node);
    });
    this._error = null;
    this._heardAt = this._options.now();
    this._startedAt = this._state === 'reading' ? this._startedAt : this._heardAt;
    const asked = this._ask(nodes, this._abort.signal);
    nodes.forEach(({ id }) => this._pending.set(id, asked));
    this._update();
    await asked;
    nodes.forEach(({ id }) => this._pending.delete(id));
  }

  /** Resolves once a node that is being read has its answer. */
  async settled({ id }: LinkNode): Promise<void> {
    await this._pending.get(id);
  }

  /**
   * Read the links of a node again, once for all who need them anew: who waits no longer
   * does not keep it from the others.
   *
   * @throws ProtocolError where they could not be read; `cancelled` by the signal
   */
  async renew(node: LinkNode, signal: AbortSignal): Promise<void> {
    const asked = this._renewing.get(node.id) ?? this._renew(node);
    this._renewing.set(node.id, asked);
    await untilAborted(asked, signal);
  }

  private async _renew(node: LinkNode): Promise<void> {
    const { signal } = this._abort;
    try {
      await readNodes([node], this._asking, signal, this._events(signal));
    } finally {
      this._renewing.delete(node.id);
      this._setWait(null);
    }
    if (node.reading instanceof ProtocolError) {
      throw node.reading;
    }
  }

  /** Never throws: what goes wrong is an error of all that have no answer. */
  private async _ask(nodes: readonly LinkNode[], signal: AbortSignal): Promise<void> {
    try {
      await readNodes(nodes, this._asking, signal, this._events(signal));
    } catch (reason) {
      const error = asProtocolError(reason, this._options.asking.archive, signal);
      this._error = error.kind === 'cancelled' ? this._error : error;
    }
    nodes
      .filter(node => this._open.delete(node))
      .forEach(node => (node.reading = 'unread'));
    this._wait = null;
    this._update();
  }

  private _events(signal: AbortSignal): Parameters<typeof readNodes>[3] {
    return {
      answered: (node, answer) => signal.aborted || this._take(node, answer),
      waits: wait => this._setWait(wait)
    };
  }

  private _take(node: LinkNode, answer: ILinks | ProtocolError): void {
    this._heardAt = this._options.now();
    this._open.delete(node);
    if (answer instanceof ProtocolError) {
      this._takeError(node, answer);
    } else {
      node.reading = 'read';
      node.readAt = answer.readAt;
      node.children = nodesOf(node, answer, this._options.asking.links);
      void this.read(this._openBelow(node));
    }
    this._update();
  }

  /** What was read before stays. That of the only row is told above the tree. */
  private _takeError(node: LinkNode, reason: ProtocolError): void {
    const { roots, asking } = this._options;
    const error = reason.with({ archive: asking.archive.definition.name });
    node.reading = error;
    if (roots.length === 1 && node === roots[0]) {
      this._error = error;
    } else if (node.children.length === 0) {
      const thing = { kind: 'failed', error } as const;
      node.children = [new LinkNode(`${node.id}/failed`, thing, node)];
    }
  }

  /** Links that were unfolded before their row was read again. */
  private _openBelow(node: LinkNode): LinkNode[] {
    return [...below(node)].filter(
      child => isUnread(child) && this._options.isOpen(child)
    );
  }

  private _update(): void {
    const { read, all } = this.progress;
    this._state = this._open.size > 0 ? 'reading' : read === all ? 'done' : 'cancelled';
    this._changed.emit();
  }

  private _setWait(wait: ResultWait | null): void {
    if (wait !== this._wait) {
      this._wait = wait;
      this._changed.emit();
    }
  }

  private get _asking(): ILinkAsking {
    return { ...this._options.asking, as: this._as };
  }

  /** Nodes that were asked for and have no answer. */
  private readonly _open = new Set<LinkNode>();
  /** What is being read, by the ids of nodes. */
  private readonly _pending = new Map<string, Promise<void>>();
  private readonly _renewing = new Map<string, Promise<void>>();
  private _state: LinksState = 'idle';
  private _wait: ResultWait | null = null;
  private _error: ProtocolError | null = null;
  private _startedAt = 0;
  private _heardAt = 0;
  private _isDisposed = false;
  private _abort = new AbortController();
  private readonly _changed = new Signal<this, void>(this);
}

/** True where its links can be asked for: they were not, or did not come. */
export function isUnread({ leads, reading }: LinkNode): boolean {
  return leads !== null && (reading === 'unread' || reading instanceof ProtocolError);
}

/** What is waited for, or `cancelled` as soon as the signal says so. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(new ProtocolError('cancelled', 'Cancelled.'));
  });
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) {
    leave();
  }
  try {
    await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function isOpenQuestion(reading: LinkNode['reading']): boolean {
  return reading === 'unread' || reading === 'reading';
}
