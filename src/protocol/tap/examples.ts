import { ProtocolError } from '../errors.js';
import { decodeEntities } from '../xmltext.js';

/** An example query of a service (DALI 1.1 §2.3, TAP 1.1 §2.7.7). */
export interface ITapExample {
  /** In a few words; empty where the page gives none. */
  readonly name: string;
  readonly adql: string;
  /** What the page says of it beside name and query. */
  readonly description: string;
}

/** Beyond these, a page of examples is not one. */
const MOST_EXAMPLES = 200;
const LONGEST = 20_000;

/**
 * Comments and declarations, CDATA, and tags with what is in them. A quote within a tag may
 * hold a `>`.
 */
const MARKUP =
  /<!--[^]*?-->|<!\[CDATA\[(?<data>[^]*?)\]\]>|<[!?][^>]*>|<(?<close>\/)?(?<name>[A-Za-z][\w:.-]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^'">])*)>/g;

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

/** Elements of HTML without an end. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

/** Elements whose text is for nobody to read. */
const UNSEEN = /^(?:script|style|head|title)$/i;

/** An element that is open while the page is read. */
interface IOpen {
  readonly name: string;
  /** The example that it is; null for other elements. */
  readonly example: IDraft | null;
  /** The property whose text it has; null for other elements. */
  readonly property: 'name' | 'query' | null;
}

interface IDraft {
  name: string;
  adql: string;
  description: string;
}

/**
 * Read a page of examples: XHTML with RDFa, where an element of the type `example` has
 * properties `name` and `query`. Tolerant, as such pages are made for people: any prefix,
 * any vocabulary, elements that are not closed. Nothing it refers to is fetched.
 *
 * @throws {@link ProtocolError} `bad-answer` for a page without a single element
 */
export function parseExamples(page: string): readonly ITapExample[] {
  const reader = new ExampleReader();
  let at = 0;
  let isMarkup = false;
  for (const match of page.matchAll(MARKUP)) {
    reader.text(page.slice(at, match.index));
    at = match.index + match[0].length;
    const { data, close, name, attributes } = match.groups ?? {};
    if (data !== undefined) {
      reader.text(data);
    } else if (name !== undefined) {
      isMarkup = true;
      const isClosed = VOID.test(name) || /\/\s*$/.test(attributes);
      reader.tag(name, close === undefined ? attributes : null, isClosed);
    }
  }
  if (!isMarkup) {
    throw new ProtocolError('bad-answer', 'The answer is not a page of examples.');
  }
  return reader.examples();
}

class ExampleReader {
  /** What stands between tags. */
  text(raw: string): void {
    const example = this._last(({ example }) => example !== null)?.example;
    if (!example || raw === '' || this._open.some(({ name }) => UNSEEN.test(name))) {
      return;
    }
    const property = this._last(open => open.property !== null)?.property;
    const key = property === 'query' ? 'adql' : (property ?? 'description');
    if (example[key].length < LONGEST) {
      example[key] += decodeEntities(raw);
    }
  }

  /** @param attributes - null for the end of an element */
  tag(name: string, attributes: string | null, isClosed: boolean): void {
    if (attributes === null) {
      this._close(name);
      return;
    }
    const said = attributesOf(attributes);
    const isExample = words(said.get('typeof')).includes('example');
    const example = isExample ? { name: '', adql: '', description: '' } : null;
    if (example && this._drafts.length < MOST_EXAMPLES) {
      this._drafts.push(example);
    }
    const properties = words(said.get('property'));
    const property = (['query', 'name'] as const).find(key => properties.includes(key));
    const opened = { name, example, property: property ?? null };
    this._open.push(opened);
    // Where an attribute has the value, the element's text is only for people.
    this.text(property ? (said.get('content') ?? '') : '');
    if (isClosed) {
      this._open.pop();
      this.text(' ');
    }
  }

  examples(): ITapExample[] {
    return this._drafts
      .map(({ name, adql, description }) => ({
        name: squeeze(name),
        adql: adql.replace(/\r\n?/g, '\n').trim(),
        description: squeeze(description)
      }))
      .filter(({ adql }) => adql !== '');
  }

  /** End the nearest element of that name with all that stands open in it. */
  private _close(name: string): void {
    const wanted = name.toLowerCase();
    for (let at = this._open.length - 1; at >= 0; at -= 1) {
      if (this._open[at].name.toLowerCase() === wanted) {
        this._open.length = at;
        return;
      }
    }
  }

  private _last(holds: (open: IOpen) => boolean): IOpen | undefined {
    for (let at = this._open.length - 1; at >= 0; at -= 1) {
      if (holds(this._open[at])) {
        return this._open[at];
      }
    }
    return undefined;
  }

  private readonly _open: IOpen[] = [];
  private readonly _drafts: IDraft[] = [];
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name, double, single, bare]) => [
      name.toLowerCase(),
      decodeEntities(double ?? single ?? bare ?? '')
    ])
  );
}

/** The terms of an attribute without their prefixes, in lower case. */
function words(value = ''): string[] {
  return value
    .toLowerCase()
    .split(/\s+/)
    .map(term => term.replace(/^.*[:#/]/, ''));
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
