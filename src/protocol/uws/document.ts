import { ProtocolError } from '../errors.js';
import { numberOf, ownText, readVosi, textOf } from '../vosi/document.js';
import { attribute, child, children, type IXmlElement } from '../xml.js';

import { readInstant } from './instant.js';
import type {
  IUwsError,
  IUwsJob,
  IUwsJobReference,
  IUwsResult,
  UwsPhase
} from './types.js';

/** A job document holds its query and little else; characters. */
const LIMITS = { size: 8 * 1024 * 1024, elements: 50_000 };

const PHASES: readonly UwsPhase[] = [
  'PENDING',
  'QUEUED',
  'EXECUTING',
  'COMPLETED',
  'ERROR',
  'ABORTED',
  'HELD',
  'SUSPENDED',
  'UNKNOWN',
  'ARCHIVED'
];

/**
 * Read a job document (UWS 1.1 appendix A): any prefix or none, with or without a
 * namespace, with elements nobody knows.
 *
 * @param url - where it came from; addresses in it are relative to it
 * @param sent - the service's time when it sent it, milliseconds since 1970
 * @throws {@link ProtocolError} `bad-answer` for anything else
 */
export function parseJob(
  text: string,
  url: string,
  sent: number | null = null
): IUwsJob {
  const root = readVosi(text, 'a job', ['job'], LIMITS);
  const time = (name: string): number | null => readInstant(textOf(root, name) ?? '');
  return {
    id: textOf(root, 'jobId') ?? '',
    runId: textOf(root, 'runId'),
    owner: textOf(root, 'ownerId'),
    phase: readPhase(root),
    quote: time('quote'),
    created: time('creationTime'),
    started: time('startTime'),
    ended: time('endTime'),
    executionDuration: seconds(root, 'executionDuration'),
    destruction: time('destruction'),
    parameters: childrenOf(root, 'parameters', 'parameter').map(parameter => ({
      id: attribute(parameter, 'id')?.trim() ?? '',
      value: parameter.text.trim()
    })),
    results: childrenOf(root, 'results', 'result').flatMap(one => readResult(one, url)),
    error: readError(child(root, 'errorSummary')),
    canWait: isFrom11(root),
    sent
  };
}

/**
 * Read a list of jobs (UWS 1.1 §2.2.2.1). Entries whose address cannot be read are left
 * out.
 *
 * @param url - address of the list; jobs without an address are below it
 * @throws {@link ProtocolError} `bad-answer` for anything else
 */
export function parseJobList(text: string, url: string): readonly IUwsJobReference[] {
  const root = readVosi(text, 'a list of jobs', ['jobs']);
  return children(root, 'jobref').flatMap(entry => readReference(entry, url));
}

/** True where the root of a text is of this local name; false for anything unreadable. */
export function isDocument(text: string, root: 'job' | 'jobs'): boolean {
  try {
    readVosi(text, 'a job', [root], LIMITS);
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) {
      return false;
    }
    throw error;
  }
}

/** The word of a phase; words nobody knows count as `UNKNOWN`. */
export function asPhase(word: string): UwsPhase {
  const upper = word.trim().toUpperCase();
  return PHASES.find(phase => phase === upper) ?? 'UNKNOWN';
}

function readPhase(element: IXmlElement): UwsPhase {
  return asPhase(textOf(element, 'phase') ?? '');
}

function readResult(element: IXmlElement, base: string): IUwsResult[] {
  const href = absolute(attribute(element, 'href'), base);
  const size = Number(attribute(element, 'size') ?? NaN);
  return href === null
    ? []
    : [
        {
          id: attribute(element, 'id')?.trim() ?? '',
          href,
          mime: attribute(element, 'mime-type')?.trim() || null,
          size: Number.isSafeInteger(size) && size >= 0 ? size : null
        }
      ];
}

function readError(element: IXmlElement | undefined): IUwsError | null {
  return element === undefined
    ? null
    : {
        message: textOf(element, 'message') ?? ownText(element) ?? '',
        transient: attribute(element, 'type')?.trim().toLowerCase() === 'transient',
        // Missing: it may be there; a service that says so need not be asked.
        hasDetail: !/^\s*(false|0)\s*$/i.test(attribute(element, 'hasDetail') ?? '')
      };
}

function readReference(element: IXmlElement, list: string): IUwsJobReference[] {
  const id = attribute(element, 'id')?.trim() ?? '';
  const href = attribute(element, 'href');
  const url = href === undefined && id !== '' ? below(list, id) : absolute(href, list);
  return url === null
    ? []
    : [
        {
          id,
          url,
          phase: readPhase(element),
          runId: textOf(element, 'runId'),
          owner: textOf(element, 'ownerId'),
          created: readInstant(textOf(element, 'creationTime') ?? '')
        }
      ];
}

/** Grandchildren of one name: `results/result`. */
function childrenOf(element: IXmlElement, group: string, name: string): IXmlElement[] {
  return children(element, group).flatMap(one => children(one, name));
}

function seconds(element: IXmlElement, name: string): number | null {
  const number = numberOf(element, name);
  return number !== null && Number.isFinite(number) && number >= 0 ? number : null;
}

/** Services of 1.0 have no `version`. */
function isFrom11(root: IXmlElement): boolean {
  const [major, minor] = (attribute(root, 'version') ?? '1.0').split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 1);
}

/** An address as absolute http or https one; null for anything else. */
function absolute(href: string | undefined, base: string): string | null {
  const text = href?.trim() ?? '';
  if (text === '' || !URL.canParse(text, base)) {
    return null;
  }
  const { protocol, href: url } = new URL(text, base);
  return /^https?:$/.test(protocol) ? url : null;
}

/** Address of a job by its id, below its list. */
export function below(list: string, id: string): string {
  const url = new URL(list);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${encodeURIComponent(id)}`;
  url.hash = '';
  return url.href;
}
