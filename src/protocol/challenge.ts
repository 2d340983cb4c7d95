/** One way of signing in that an answer offers (RFC 9110 §11.3). */
export interface IChallenge {
  /** Lower case: schemes ignore it. */
  readonly scheme: string;
  /** Names in lower case; of a name that is there twice, the first. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The one value of schemes that have no parameters; null elsewhere. */
  readonly token68: string | null;
}

/**
 * The challenges of a `WWW-Authenticate` header (RFC 9110 §11.6.1), in their order. Several
 * headers are read joined by commas. Never throws: what is no challenge is left out, and
 * values that should have been quoted are read up to the next comma or blank.
 */
export function parseChallenges(header: string): readonly IChallenge[] {
  return new ChallengeReader(header).read();
}

/**
 * Where a challenge of the VO (`ivoa_bearer`, `ivoa_cookie`, `ivoa_x509`) asks to sign in.
 *
 * @returns null where it names no address, or one that nobody should send a password to:
 * other than http(s), or with a user name in it
 */
export function signInAddress({ scheme, parameters }: IChallenge): URL | null {
  const address = parameters['access_url'] ?? '';
  if (!scheme.startsWith('ivoa_') || !URL.canParse(address)) {
    return null;
  }
  const url = new URL(address);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : null;
}

/** Host, with a port that is not the usual one, at which challenges ask to sign in first. */
export function signInHost(challenges: readonly IChallenge[]): string | null {
  const addresses = challenges.map(signInAddress);
  return addresses.find(address => address !== null)?.host ?? null;
}

const SEPARATORS = /[\s,]*/y;
const BLANKS = /[ \t]*/y;
const TOKEN = /[!#$%&'*+.^_`|~\w-]+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const TOKEN68 = /[\w.~+/-]+=*(?=[ \t]*(?:,|$))/y;
/** Without its end, where a header was cut. */
const QUOTED = /"((?:[^"\\]|\\[^])*)"?/y;
const UNQUOTED = /[^\s,]*/y;
const RUBBISH = /[^\s,]+/y;

/** A challenge while it is read. */
interface IDraft {
  readonly scheme: string;
  readonly parameters: Record<string, string>;
  token68: string | null;
}

/** Reads a header from left to right, each character once. */
class ChallengeReader {
  constructor(private readonly _text: string) {}

  read(): readonly IChallenge[] {
    const found: IDraft[] = [];
    this._take(SEPARATORS);
    while (this._position < this._text.length) {
      this._readNext(found);
      this._take(SEPARATORS);
    }
    return found;
  }

  /** A scheme, or a parameter of the last one: only what follows tells them apart. */
  private _readNext(found: IDraft[]): void {
    const name = this._take(TOKEN)?.[0].toLowerCase();
    if (name === undefined) {
      // A quoted text is passed whole, as there may be commas within.
      if (this._take(QUOTED) === null) {
        this._take(RUBBISH);
      }
    } else if (this._take(EQUALS)) {
      const value = this._value();
      const parameters = found.at(-1)?.parameters;
      if (parameters && !(name in parameters)) {
        parameters[name] = value;
      }
    } else {
      found.push(this._scheme(name));
    }
  }

  private _scheme(scheme: string): IDraft {
    const isApart = this._take(BLANKS)?.[0] !== '';
    const token68 = isApart ? (this._take(TOKEN68)?.[0] ?? null) : null;
    // Without a prototype: a parameter may have any name.
    const parameters = Object.create(null) as Record<string, string>;
    return { scheme, parameters, token68 };
  }

  private _value(): string {
    const quoted = this._take(QUOTED);
    return quoted
      ? quoted[1].replace(/\\([^])/g, '$1')
      : (this._take(UNQUOTED)?.[0] ?? '');
  }

  private _take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this._position;
    const match = pattern.exec(this._text);
    this._position = match ? pattern.lastIndex : this._position;
    return match;
  }

  private _position = 0;
}
