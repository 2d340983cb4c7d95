import { ProtocolError } from './errors.js';
import { readVOTable } from './votable/index.js';
import { htmlTitle } from './xmltext.js';

/** What a service says in the body of an answer that is an error. */
export interface IServiceWords {
  /** Its own sentence; null where there is none. */
  readonly sentence: string | null;
  /** Its word for the kind of error (`error_code` of AuroraX, `type` of Rubin). */
  readonly code: string | null;
  /** Title of a web page that came instead. */
  readonly pageTitle: string | null;
}

/**
 * Read what a service says, be it an error VOTable (DALI 1.1 §4.4.2), JSON in one of the
 * shapes in use, or plain text of whatever declared type.
 */
export async function serviceWords(bytes: Uint8Array): Promise<IServiceWords> {
  const nothing = { sentence: null, code: null, pageTitle: null };
  const told = await votableMessage(bytes);
  if (told !== null) {
    return { ...nothing, sentence: told };
  }
  const text = new TextDecoder().decode(bytes).trim();
  if (text.startsWith('<')) {
    return { ...nothing, pageTitle: htmlTitle(text) };
  }
  const json = parseJson(text);
  if (json === undefined) {
    return { ...nothing, sentence: text === '' ? null : text };
  }
  return { ...nothing, sentence: sentenceOf(json) || text, code: codeOf(json) };
}

/** The words of an error VOTable; null for anything else. */
async function votableMessage(bytes: Uint8Array): Promise<string | null> {
  try {
    const { status, message } = await readVOTable(bytes);
    return status === 'ERROR' && message !== '' ? message : null;
  } catch (error) {
    if (error instanceof ProtocolError) {
      // Not a VOTable: its text is tried next.
      return null;
    }
    throw error;
  }
}

/** Objects and lists only: a bare number or word is a plain text. */
function parseJson(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keys that hold a sentence, the most telling first: the MMODA dispatcher, AuroraX, OAuth
 * (RFC 6749 §5.2), Gafaelfawr and Django REST framework, and what others use.
 */
const SENTENCE_KEYS = [
  'debug_message',
  'error_message',
  'error_description',
  'detail',
  'msg',
  'message',
  'non_field_errors',
  'error'
];

/** Deepest nesting that is looked into; errors are flat. */
const DEEPEST = 4;

/** The sentences of a JSON error, one after the other; empty where there is none. */
function sentenceOf(json: unknown, depth = 0): string {
  if (typeof json === 'string') {
    return json.trim();
  }
  if (typeof json !== 'object' || json === null || depth > DEEPEST) {
    return '';
  }
  if (Array.isArray(json)) {
    return joined(json.map(item => sentenceOf(item, depth + 1)));
  }
  const object = json as Record<string, unknown>;
  const said = SENTENCE_KEYS.filter(key => Object.hasOwn(object, key))
    .map(key => sentenceOf(object[key], depth + 1))
    .find(sentence => sentence !== '');
  return said ?? '';
}

function joined(sentences: readonly string[]): string {
  return [...new Set(sentences)].filter(sentence => sentence !== '').join(' ');
}

/** The code of the error, or of the first of several, or of its `detail`. */
function codeOf(json: object, depth = 0): string | null {
  const first: unknown = Array.isArray(json) ? json[0] : json;
  if (typeof first !== 'object' || first === null || depth > DEEPEST) {
    return null;
  }
  const { error_code, type, detail } = first as Record<string, unknown>;
  const code = error_code ?? type;
  if (typeof code === 'string') {
    return code;
  }
  return typeof detail === 'object' && detail !== null
    ? codeOf(detail, depth + 1)
    : null;
}
