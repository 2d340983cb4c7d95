import type { ErrorKind } from '../errors.js';
import type { ILinkError, LinkFault } from './types.js';

/** What the words of the standard mean in ours; any other word is a refusal. */
const KINDS: Readonly<Record<LinkFault, ErrorKind>> = {
  NotFoundFault: 'not-found',
  UsageFault: 'rejected',
  TransientFault: 'unavailable',
  FatalFault: 'rejected',
  DefaultFault: 'rejected'
};

const WORD =
  /^\s*(NotFoundFault|UsageFault|TransientFault|FatalFault|DefaultFault)\b[\s:]*/i;

/** An error message of a {links} service: a word, a colon or blanks, and the rest. */
export function parseFault(text: string): ILinkError {
  const [whole, word] = WORD.exec(text) ?? [];
  if (whole === undefined) {
    return { fault: null, message: text.trim() };
  }
  const fault = FAULTS.find(one => one.toLowerCase() === word.toLowerCase()) ?? null;
  return { fault, message: text.slice(whole.length).trim() };
}

/** Why, in the words that server, page and kernel share. */
export function faultKind(fault: LinkFault | null): ErrorKind {
  return fault === null ? 'rejected' : KINDS[fault];
}

const FAULTS = Object.keys(KINDS) as readonly LinkFault[];
