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

/** Beyond these, a page of examples is not one; the last are characters. */
const MOST_EXAMPLES = 200;
const LONGEST = 20_000;
const LONGEST_PAGE = 4_000_000;

/** A tag with what is in it; a quote within it may hold a `>`. */
const TAG =
  /<(?<close>\/)?(?<name>[A-Za-z][\w:.-]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^'"<>])*)>/y;

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

/** Elements of HTML without an end. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

/** Elements whose text is for nobody to read. */
const UNSEEN = /^(?:script|style|head|title)$/i;

/** An element that is open while the page is read. */
interface IOpen {
  /** In lower case. */
  readonly name: string;
  /** The nearest example that it is or is in; null outside of all. */
  readonly example: IDraft | null;
  /** The nearest property whose text it has, or is part of; null for other elements. */
  readonly property: 'name' | 'query' | null;
  /** Its text is for nobody to read. */
  readonly isUnseen: boolean;
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
 * Takes time in proportion to the page, whatever is in it.
 *
 * @throws {@link ProtocolError} `bad-answer` for a page without a single element, and for
 * one that is too long
 */
export function parseExamples(page: string): readonly ITapExample[] {
  if (page.length > LONGEST_PAGE) {
    throw new ProtocolError('bad-answer', 'The page of examples is too long.');
  }
  const reader = new ExampleReader();
  let isMarkup = false;
  for (const piece of piecesOf(page)) {
    if (typeof piece === 'string') {
      reader.text(piece);
    } else {
      isMarkup = true;
      const { close, name, attributes } = piece;
      const isClosed = VOID.test(name) || /\/\s*$/.test(attributes);
      reader.tag(name, close === undefined ? attributes : null, isClosed);
    }
  }
  if (!isMarkup) {
    throw new ProtocolError('bad-answer', 'The answer is not a page of examples.');
  }
  return reader.examples();
}

/** What is between `<` and `>`. */
interface ITag {
  readonly close?: string;
  readonly name: string;
  readonly attributes: string;
}

/** The texts and tags of a page, without comments and declarations. */
function* piecesOf(page: string): Generator<string | ITag, void> {
  for (let at = 0; at < page.length;) {
    const start = page.indexOf('<', at);
    if (start !== at) {
      yield page.slice(at, start < 0 ? page.length : start);
      at = start < 0 ? page.length : start;
    } else if (page.startsWith(CDATA, at)) {
      const end = endOf(page, ']]>', at);
      yield page.slice(at + CDATA.length, end);
      at = end + 3;
    } else if (page.startsWith('<!--', at)) {
      at = endOf(page, '-->', at) + 3;
    } else if (/[!?]/.test(page.charAt(at + 1))) {
      at = endOf(page, '>', at) + 1;
    } else {
      TAG.lastIndex = at;
      const tag = TAG.exec(page);
      yield tag ? (tag.groups as unknown as ITag) : '<';
      at = tag ? TAG.lastIndex : at + 1;
    }
  }
}

const CDATA = '<![CDATA[';

/** Where something ends; the end of the page where it never does, as in a browser. */
function endOf(page: string, end: string, from: number): number {
  const at = page.indexOf(end, from);
  return at < 0 ? page.length : at;
}

class ExampleReader {
  /** What stands between tags. */
  text(raw: string): void {
    const { example, property, isUnseen } = this._here;
    if (!example || raw === '' || isUnseen) {
      return;
    }
    const key = property === 'query' ? 'adql' : (property ?? 'description');
    if (example[key].length < LONGEST) {
      example[key] += decodeEntities(raw);
    }
  }

  /** @param attributes - null for the end of an element */
  tag(name: string, attributes: string | null, isClosed: boolean): void {
    if (attributes === null) {
      this._close(name.toLowerCase());
      return;
    }
    const said = attributesOf(attributes);
    const property = this._enter(name.toLowerCase(), said);
    // Where an attribute has the value, the element's text is only for people.
    this.text(property ? (said.get('content') ?? '') : '');
    if (isClosed) {
      this._leave();
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

  /** Open an element; returns the property that it has itself. */
  private _enter(
    name: string,
    said: ReadonlyMap<string, string>
  ): IOpen['property'] | undefined {
    const isExample = words(said.get('typeof')).includes('example');
    const example = isExample ? { name: '', adql: '', description: '' } : null;
    if (example && this._drafts.length < MOST_EXAMPLES) {
      this._drafts.push(example);
    }
    const properties = words(said.get('property'));
    const property = (['query', 'name'] as const).find(key => properties.includes(key));
    const around = this._here;
    this._open.push({
      name,
      example: example ?? around.example,
      property: property ?? around.property,
      isUnseen: around.isUnseen || UNSEEN.test(name)
    });
    this._counts.set(name, (this._counts.get(name) ?? 0) + 1);
    return property;
  }

  /** End the nearest element of that name with all that stands open in it. */
  private _close(name: string): void {
    if (!this._counts.get(name)) {
      return;
    }
    while (this._leave() !== name) {
      // What was not closed ends with what it is in.
    }
  }

  private _leave(): string | undefined {
    const name = this._open.pop()?.name;
    if (name !== undefined) {
      this._counts.set(name, (this._counts.get(name) ?? 1) - 1);
    }
    return name;
  }

  /** The innermost element that is open. */
  private get _here(): IOpen {
    return this._open.at(-1) ?? OUTSIDE;
  }

  private readonly _open: IOpen[] = [];
  /** How many elements of each name are open. */
  private readonly _counts = new Map<string, number>();
  private readonly _drafts: IDraft[] = [];
}

const OUTSIDE: IOpen = { name: '', example: null, property: null, isUnseen: false };

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
