/** A way of signing an address: whoever has it may fetch the file, for a while. */
interface ISigning {
  /** Parameter that holds the signature, lower case. */
  readonly signature: string;
  /** Parameters that belong to it, all in lower case. */
  readonly own: RegExp;
  /** When it ends, milliseconds since 1970; null where it does not say. */
  expires(parameter: (name: string) => string | null): number | null;
}

/** What is told of a signed address. */
export interface ISignature {
  /** When it ends, milliseconds since 1970; null where the address does not say. */
  readonly expires: number | null;
}

/** Signatures of Google's and Amazon's stores, fourth version, old forms, and Microsoft's. */
const SIGNINGS: readonly ISigning[] = [
  {
    signature: 'x-goog-signature',
    own: /^x-goog-/,
    expires: parameter => since(parameter('x-goog-date'), parameter('x-goog-expires'))
  },
  {
    signature: 'x-amz-signature',
    own: /^x-amz-/,
    expires: parameter => since(parameter('x-amz-date'), parameter('x-amz-expires'))
  },
  {
    signature: 'signature',
    own: /^(signature|expires|awsaccesskeyid|googleaccessid|key-pair-id|policy|x-amz-.*)$/,
    expires: parameter => seconds(parameter('expires'))
  },
  {
    signature: 'sig',
    own: /^(sig|se|st|sv|sp|spr|sr|sip|ss|srt|sks?[a-z]*)$/,
    expires: parameter => instant(parameter('se'))
  }
];

/** Milliseconds for which a signature is believed that does not say for how long (Rubin: 1 h). */
const USUAL_LIFE = 3600_000;

/** Milliseconds before its end from which a signature is not used: clocks differ. */
const MARGIN = 60_000;

/** The signature of an address; null where it has none. */
export function signatureOf(url: string): ISignature | null {
  const signing = signingOf(url);
  return signing && { expires: signing.expires(parameterOf(url)) };
}

/**
 * When a signed address is no longer to be used, milliseconds since 1970; null for one that
 * is not signed.
 *
 * @param readAt - when it was read, milliseconds since 1970
 */
export function goodUntil(url: string, readAt: number): number | null {
  const signature = signatureOf(url);
  return signature && (signature.expires ?? readAt + USUAL_LIFE) - MARGIN;
}

/**
 * The address without what is a credential in it, for display, code and manifests. One that
 * is not signed stays as it is.
 */
export function withoutSignature(url: string): string {
  const signing = signingOf(url);
  if (signing === null) {
    return url;
  }
  const [before, ...rest] = url.split('#', 1)[0].split('?');
  const kept = rest
    .join('?')
    .split('&')
    .filter(part => !signing.own.test(nameOf(part)));
  return kept.length === 0 ? before : `${before}?${kept.join('&')}`;
}

function signingOf(url: string): ISigning | null {
  const names = new Set(parts(url).map(nameOf));
  return SIGNINGS.find(({ signature }) => names.has(signature)) ?? null;
}

function parameterOf(url: string): (name: string) => string | null {
  const values = new Map(
    parts(url).map(part => [
      nameOf(part),
      new URLSearchParams(part).values().next().value ?? null
    ])
  );
  return name => values.get(name) ?? null;
}

function parts(url: string): readonly string[] {
  return url.split('#', 1)[0].split('?').slice(1).join('?').split('&');
}

function nameOf(part: string): string {
  const [name] = new URLSearchParams(part).keys();
  return name?.toLowerCase() ?? '';
}

/** `20261122T101500Z` and seconds after it. */
function since(date: string | null, life: string | null): number | null {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date ?? '');
  const length = seconds(life);
  if (basic === null || length === null) {
    return null;
  }
  const [year, month, day, hour, minute, second] = basic.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) + length;
}

/** Seconds as milliseconds. */
function seconds(text: string | null): number | null {
  return /^\d{1,12}$/.test(text ?? '') ? Number(text) * 1000 : null;
}

function instant(text: string | null): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
