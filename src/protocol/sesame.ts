import { readBytes, refusal } from './answer.js';
import { isAbort, isOwnServer, ProtocolError } from './errors.js';
import type { IResolvedTarget } from './form/types.js';
import type { ITransport } from './transport.js';
import { ownText, textOf } from './vosi/document.js';
import { attribute, children, decodeXml, parseXml, type IXmlElement } from './xml.js';

/** Answers are a few kB for each resolver; the bibliography of a famous name is not asked for. */
const ANSWER_BYTES = 1024 * 1024;

const LIMITS = { elements: 20_000, expected: 'an answer of a name resolver' };

/** Longer texts are no names. */
const LONGEST_NAME = 200;

/** On whose behalf a resolver is asked. */
export interface ISesameArchive {
  readonly id: string;
  readonly name: string;
}

/**
 * Where a target is, by a name resolver of CDS Sesame's kind (`-oxp`: XML).
 *
 * @param url - its address, to which the name is appended
 * @returns the resolvers' answers in their order; empty when none knows the name
 * @throws {@link ProtocolError} where it could not be asked or did not answer as it should
 */
export async function askSesame(
  transport: ITransport,
  archive: ISesameArchive,
  url: string,
  name: string,
  signal?: AbortSignal
): Promise<readonly IResolvedTarget[]> {
  const wanted = name.trim();
  if (wanted === '' || wanted.length > LONGEST_NAME) {
    return [];
  }
  try {
    const request = { url: `${url}${encodeURIComponent(wanted)}`, signal };
    const response = await transport.request(archive.id, request);
    if (response.status < 200 || response.status > 299) {
      throw await refusal(response);
    }
    const text = decodeXml(await readBytes(response.body, ANSWER_BYTES));
    return parseSesame(text, wanted);
  } catch (error) {
    throw explain(error, archive, signal);
  }
}

/**
 * Read Sesame's XML: each `Resolver` with `jradeg` and `jdedeg` (degrees, ICRS), `oname`
 * and `otype`. Elements that lack a position, or have none on the sky, count for nothing.
 *
 * @param name - as typed
 * @throws {@link ProtocolError} `bad-answer` for what is no such document
 */
export function parseSesame(text: string, name: string): readonly IResolvedTarget[] {
  const root = parseXml(text, LIMITS);
  if (root.name !== 'Sesame') {
    throw new ProtocolError(
      'bad-answer',
      `The answer is not ${LIMITS.expected}: its root element is \u201c${root.name}\u201d.`
    );
  }
  const targets = children(root, 'Target').flatMap(target =>
    children(target, 'Resolver')
  );
  return [...targets, ...children(root, 'Resolver')].flatMap(resolver => {
    const found = readResolver(resolver, name);
    return found === null ? [] : [found];
  });
}

function readResolver(element: IXmlElement, name: string): IResolvedTarget | null {
  const [ra, dec] = ['jradeg', 'jdedeg'].map(part => degrees(element, part));
  if (!(ra >= 0 && ra <= 360 && Math.abs(dec) <= 90)) {
    return null;
  }
  const known = [textOf(element, 'oname'), textOf(element, 'otype')]
    .filter(text => text !== null)
    .join(', ');
  return {
    name,
    ra: ra === 360 ? 0 : ra,
    dec,
    by: resolverName(attribute(element, 'name') ?? ''),
    ...(known !== '' && { known })
  };
}

/** NaN where there is none. */
function degrees(element: IXmlElement, part: string): number {
  const text = ownText(children(element, part)[0]);
  return text === null ? Number.NaN : Number(text);
}

/** `S=Simbad (CDS, via url)`, `Sc=Simbad …`, `N=NED`: who it is, for people. */
function resolverName(attributeText: string): string {
  const plain = attributeText.replace(/^\s*[A-Za-z]{1,2}=/, '').replace(/\s*\(.*$/, '');
  return plain.trim() || 'Sesame';
}

function explain(
  error: unknown,
  { name: archive }: ISesameArchive,
  signal?: AbortSignal
): unknown {
  if (signal?.aborted || isAbort(error)) {
    return new ProtocolError('cancelled', 'Asking for the name was stopped.', {
      archive
    });
  }
  if (isOwnServer(error)) {
    return error;
  }
  if (error instanceof ProtocolError) {
    const { kind, message, details } = error;
    return new ProtocolError(kind, message, { ...details, archive, cause: error });
  }
  return error instanceof TypeError
    ? new ProtocolError('unavailable', 'The connection broke before the end.', {
        archive,
        cause: error
      })
    : error;
}
