import { children } from '../xml.js';

import { ownText, readVosi, textOf } from './document.js';

/** What a service says of its own state (VOSI 1.1 §4). Times as written, ISO 8601 UTC. */
export interface IAvailability {
  readonly available: boolean;
  readonly upSince: string | null;
  /** When it will go down. */
  readonly downAt: string | null;
  /** When it will be back. */
  readonly backAt: string | null;
  readonly notes: readonly string[];
}

/**
 * Read a VOSI availability document.
 *
 * @throws {@link ProtocolError} `bad-answer` for anything else
 */
export function parseAvailability(text: string): IAvailability {
  const root = readVosi(text, 'a description of availability', ['availability']);
  return {
    available: /^(true|1)$/i.test(textOf(root, 'available') ?? ''),
    upSince: textOf(root, 'upSince'),
    downAt: textOf(root, 'downAt'),
    backAt: textOf(root, 'backAt'),
    notes: children(root, 'note')
      .map(ownText)
      .filter(note => note !== null)
  };
}
