import type { Asker } from '../../archives/account.js';
import type { IArchive } from '../../archives/archive.js';
import type { ILinkService } from '../../archives/links.js';
import type { ILinks } from '../../protocol/datalink/types.js';
import type { ProtocolError } from '../../protocol/errors.js';
import type { ResultWait } from '../ending.js';
import { type AsMe, mendedBySignIn } from '../signingate.js';
import type { LinkNode } from './node.js';

/** Whom links are read from, and as whom. */
export interface ILinkAsking {
  readonly archive: IArchive;
  readonly links: ILinkService;
  readonly as: Asker;
  /** Waits for a sign-in where it has run out. */
  readonly asMe: AsMe;
}

/** Who is told what comes. */
export interface ILinkReaderEvents {
  /** @param answer - of this node */
  answered(node: LinkNode, answer: ILinks | ProtocolError): void;
  waits(wait: ResultWait | null): void;
}

/**
 * Read the links of nodes, each as soon as they are there; resolves when all have answered.
 *
 * @throws ProtocolError `cancelled` by the signal, and what nobody can mend by signing in
 */
export async function readNodes(
  nodes: readonly LinkNode[],
  asking: ILinkAsking,
  signal: AbortSignal,
  events: ILinkReaderEvents
): Promise<void> {
  const { archive, as, asMe } = asking;
  const left = new Set(nodes);
  const read = (): Promise<void> => readOnce(left, asking, signal, events);
  await (as === 'me' ? waiting(asMe, archive, read, signal, events) : read());
}

/** A sign-in that ran out is waited for; what has come by then stays. */
async function waiting(
  asMe: AsMe,
  archive: IArchive,
  read: () => Promise<void>,
  signal: AbortSignal,
  { waits }: ILinkReaderEvents
): Promise<void> {
  let isAsked = false;
  const work = async (): Promise<void> => {
    isAsked = true;
    waits(null);
    try {
      await read();
    } catch (reason) {
      if (mendedBySignIn(reason)) {
        waits({ for: 'sign-in' });
      }
      throw reason;
    }
  };
  const done = asMe(archive.definition.id, work, signal);
  if (!isAsked) {
    waits({ for: 'sign-in' });
  }
  await done;
}

async function readOnce(
  left: Set<LinkNode>,
  { links, as }: ILinkAsking,
  signal: AbortSignal,
  events: ILinkReaderEvents
): Promise<void> {
  const asked = [...left].filter(({ leads }) => leads !== null);
  const sources = asked.flatMap(({ leads }) => leads ?? []);
  const how = {
    ...(as === 'me' && { as }),
    waits: (until: number | null) =>
      events.waits(until === null ? null : { for: 'service', until })
  };
  for await (const { index, answer } of links.read(sources, signal, how)) {
    if (as === 'me' && mendedBySignIn(answer)) {
      throw answer;
    }
    left.delete(asked[index]);
    events.answered(asked[index], answer);
  }
}
