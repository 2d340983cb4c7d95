/** A JSON value with the line it begins in, counted from 1. */
export type JsonNode =
  | {
      readonly kind: 'object';
      readonly line: number;
      readonly members: ReadonlyMap<string, JsonNode>;
    }
  | {
      readonly kind: 'array';
      readonly line: number;
      readonly items: readonly JsonNode[];
    }
  | {
      readonly kind: 'scalar';
      readonly line: number;
      readonly value: string | number | boolean | null;
    };

/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A text that cannot be read, with the line where that shows. */
export class LineError extends Error {
  /**
   * @param line - counted from 1
   * @param reason - what is wrong there, without a full stop
   */
  constructor(
    readonly line: number,
    readonly reason: string
  ) {
    super(`Line ${line}: ${reason}.`);
    this.name = 'LineError';
  }
}

/** Deeper nesting than any document of ours has; more is no mistake but an attack. */
const DEEPEST = 32;

const BLANK = /[ \t\r\n]*/y;
/** Each turn of the loop begins with a backslash, so that there is one way to read a text. */
const STRING =
  /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const SCALAR =
  /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null)\b/y;
const CONFLICT = /^(?:<{7}|={7}|>{7})/;

/**
 * Read a JSON text and keep what `JSON.parse` forgets: in which line everything is.
 *
 * Refuses a key that is there twice, since which of the two holds is nobody's intention.
 *
 * @throws LineError for what is no JSON
 */
export function parseJson(text: string): JsonNode {
  return new Parser(text).parse();
}

/** The plain value of a node. */
export function valueOf(node: JsonNode): JsonValue {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(
        [...node.members].map(([key, member]) => [key, valueOf(member)])
      );
    case 'array':
      return node.items.map(valueOf);
    case 'scalar':
      return node.value;
  }
}

class Parser {
  constructor(private readonly _text: string) {}

  parse(): JsonNode {
    this._skip();
    const node = this._value(0);
    if (this._at < this._text.length) {
      throw this._error('the document ends before this');
    }
    return node;
  }

  private _value(depth: number): JsonNode {
    if (depth > DEEPEST) {
      throw this._error('too many brackets inside of each other');
    }
    const line = this._line;
    if (this._take('{')) {
      return { kind: 'object', line, members: this._members(depth) };
    }
    if (this._take('[')) {
      return { kind: 'array', line, items: this._items(depth) };
    }
    const literal = this._match(STRING) ?? this._match(SCALAR);
    if (literal === null) {
      throw this._error('a value is missing or no JSON');
    }
    this._skip();
    const value = JSON.parse(literal) as string | number | boolean | null;
    return { kind: 'scalar', line, value };
  }

  private _members(depth: number): Map<string, JsonNode> {
    const members = new Map<string, JsonNode>();
    this._list('}', () => {
      const literal = this._match(STRING);
      if (literal === null) {
        throw this._error('a name in double quotes is missing');
      }
      const key = JSON.parse(literal) as string;
      if (members.has(key)) {
        throw this._error(`“${key}” is there twice`);
      }
      this._skip();
      this._expect(':');
      members.set(key, this._value(depth + 1));
    });
    return members;
  }

  private _items(depth: number): JsonNode[] {
    const items: JsonNode[] = [];
    this._list(']', () => items.push(this._value(depth + 1)));
    return items;
  }

  /** What stands between brackets, parted by commas. */
  private _list(close: string, read: () => void): void {
    if (this._take(close)) {
      return;
    }
    do {
      read();
    } while (this._take(','));
    this._expect(close, `“,” or “${close}” is missing`);
  }

  private _expect(mark: string, reason = `“${mark}” is missing`): void {
    if (!this._take(mark)) {
      throw this._error(reason);
    }
  }

  private _take(mark: string): boolean {
    if (this._text[this._at] !== mark) {
      return false;
    }
    this._at += 1;
    this._skip();
    return true;
  }

  private _skip(): void {
    const blank = this._match(BLANK) ?? '';
    this._line += blank.split('\n').length - 1;
  }

  private _match(pattern: RegExp): string | null {
    pattern.lastIndex = this._at;
    const found = pattern.exec(this._text)?.[0] ?? null;
    this._at += found?.length ?? 0;
    return found;
  }

  private _error(reason: string): LineError {
    const isConflict = CONFLICT.test(this._text.slice(this._at));
    return new LineError(
      this._line,
      isConflict ? 'Git left a conflict here; choose one of the two sides' : reason
    );
  }

  private _at = 0;
  private _line = 1;
}
