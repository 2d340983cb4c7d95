import type { ILinkService } from '../../archives/links.js';
import { groupOf } from '../../protocol/datalink/semantics.js';
import { LINK_GROUPS, type LinkGroup } from '../../protocol/datalink/vocabulary.js';
import type { ILink, ILinks } from '../../protocol/datalink/types.js';
import { LinkNode, MOST_LEVELS } from './node.js';
import type { IShownLink, LinkThing } from './types.js';
import { nameOf, openingOf } from './use.js';

/**
 * The nodes for an answer: below a row in groups by meaning, below a link as they are, in
 * the order of the groups.
 */
export function nodesOf(
  owner: LinkNode,
  answer: ILinks,
  service: Pick<ILinkService, 'furtherOf'>
): LinkNode[] {
  if (answer.links.length === 0) {
    return [new LinkNode(`${owner.id}/nothing`, { kind: 'nothing' }, owner)];
  }
  const grouped = byGroup(answer);
  return LINK_GROUPS.flatMap(id => {
    const links = grouped.get(id);
    if (!links) {
      return [];
    }
    const context = { group: id, answer, service };
    return owner.thing.kind === 'row'
      ? [groupNode(owner, links, context)]
      : linkNodes(owner, links, context);
  });
}

function byGroup(answer: ILinks): ReadonlyMap<LinkGroup, ILink[]> {
  const groups = new Map<LinkGroup, ILink[]>();
  // Of thousands of links, few have semantics of their own.
  const known = new Map<string, LinkGroup>();
  for (const link of answer.links) {
    const { semantics, serviceDef } = link;
    const key = `${semantics} ${serviceDef}`;
    const group =
      known.get(key) ?? groupOf(link, answer.services.get(serviceDef ?? ''));
    known.set(key, group);
    const others = groups.get(group);
    if (others) {
      others.push(link);
    } else {
      groups.set(group, [link]);
    }
  }
  return groups;
}

/** What the links of a group have in common. */
interface ILinkContext {
  readonly group: LinkGroup;
  readonly answer: ILinks;
  readonly service: Pick<ILinkService, 'furtherOf'>;
}

function groupNode(
  owner: LinkNode,
  links: readonly ILink[],
  context: ILinkContext
): LinkNode {
  const { group } = context;
  const terms = [...new Set(links.map(({ semantics }) => semantics))];
  const thing = { kind: 'group', group, terms } as const;
  const node = new LinkNode(`${owner.id}/${group}`, thing, owner);
  node.children = linkNodes(node, links, context);
  return node;
}

function linkNodes(
  parent: LinkNode,
  links: readonly ILink[],
  context: ILinkContext
): LinkNode[] {
  const seen = new Map<string, number>();
  return links.map(link => {
    const service = context.answer.services.get(link.serviceDef ?? '') ?? null;
    const name = nameOf(link, service);
    const print = printOf(link, name);
    const nth = seen.get(print) ?? 0;
    seen.set(print, nth + 1);
    return linkNode(
      `${parent.id}/${print}~${nth}`,
      parent,
      { link, service, name },
      context
    );
  });
}

/** What a link has in common with itself when it is read again: its address may be another. */
function printOf(link: ILink, name: string): string {
  const { id, semantics, description, serviceDef, localSemantics } = link;
  return [id, semantics, localSemantics, serviceDef, description, name].join('|');
}

function linkNode(
  id: string,
  parent: LinkNode,
  named: Pick<IShownLink, 'link' | 'service' | 'name'>,
  { group, answer, service: source }: ILinkContext
): LinkNode {
  const { link, service, name } = named;
  if (link.error || (link.accessUrl === null && link.serviceDef === null)) {
    return new LinkNode(id, { kind: 'fault', link }, parent);
  }
  const leads = source.furtherOf(link, answer);
  const use = openingOf(link, service !== null, leads, name);
  const thing: LinkThing = { kind: 'link', ...named, use, group };
  if (!leads) {
    return new LinkNode(id, thing, parent);
  }
  if (parent.isWithin(leads)) {
    // A file that names its own links is no loop, but what each file does.
    return use === 'links'
      ? new LinkNode(id, { kind: 'loop', id: leads.id }, parent)
      : new LinkNode(id, thing, parent);
  }
  return new LinkNode(id, thing, parent, parent.depth < MOST_LEVELS ? leads : null);
}
