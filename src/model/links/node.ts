import type { LinkSource } from '../../archives/links.js';
import type { ILink } from '../../protocol/datalink/types.js';
import type { LinkReading, LinkThing } from './types.js';
import { keyOf } from './use.js';

/** A link may be so many links away from the row; deeper ones are not followed. */
export const MOST_LEVELS = 16;

/** A node of the tree of links; its links come when they are read. */
export class LinkNode {
  /**
   * @param id - the same for the same thing at the same place
   * @param leads - where its further links are; null where it leads to none
   */
  constructor(
    readonly id: string,
    readonly thing: LinkThing,
    readonly parent: LinkNode | null,
    readonly leads: LinkSource | null = null
  ) {
    this.depth = (parent?.depth ?? 0) + (leads ? 1 : 0);
    this.text = textOf(thing);
  }

  /** Number of sources from the row to here. */
  readonly depth: number;

  /** What it is found by, in lower case. */
  readonly text: string;

  /** What is below it, as far as it was read. */
  children: readonly LinkNode[] = [];

  /** How far its links are read. */
  reading: LinkReading = 'unread';

  /** When its links were read, milliseconds since 1970. */
  readAt = 0;

  /** True where there is, or may be, something below it. */
  get canOpen(): boolean {
    return this.leads !== null || this.children.length > 0;
  }

  /** The link whose file can be fetched; null for anything else. */
  get file(): ILink | null {
    const { thing } = this;
    const isFile =
      thing.kind === 'link' && !['links', 'service', 'none'].includes(thing.use);
    return isFile ? thing.link : null;
  }

  /** The node whose links it is among; null for a row. */
  get owner(): LinkNode | null {
    let node = this.parent;
    while (node && !node.leads) {
      node = node.parent;
    }
    return node;
  }

  /** True where a node above, or this one, leads to the same links. */
  isWithin(source: LinkSource): boolean {
    const key = keyOf(source);
    return withAbove(this).some(({ leads }) => leads !== null && keyOf(leads) === key);
  }
}

function withAbove(node: LinkNode): LinkNode[] {
  return node.parent ? [node, ...withAbove(node.parent)] : [node];
}

/** All nodes below a node, top to bottom. */
export function* below(node: LinkNode): Generator<LinkNode> {
  for (const child of node.children) {
    yield child;
    yield* below(child);
  }
}

function textOf(thing: LinkThing): string {
  switch (thing.kind) {
    case 'row':
      return searchable(thing.subject.name, thing.subject.source.id);
    case 'group':
      return searchable(thing.group, ...thing.terms);
    case 'link': {
      const { description, contentType, semantics, id } = thing.link;
      return searchable(thing.name, description, contentType, semantics, id);
    }
    case 'fault':
      return searchable(thing.link.error?.message, thing.link.flaw, thing.link.id);
    case 'loop':
      return searchable(thing.id);
    case 'failed':
      return searchable(thing.error.message);
    case 'nothing':
      return '';
  }
}

function searchable(...texts: readonly (string | null | undefined)[]): string {
  return texts
    .filter(text => text !== null && text !== undefined)
    .join('\n')
    .toLowerCase();
}
