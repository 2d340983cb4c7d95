/** One way of signing in that an answer offers (RFC 9110 §11.3). */
export interface IChallenge {
  /** Lower case: schemes ignore it. */
  readonly scheme: string;
  /** Names in lower case; of a name that is there twice, the first. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The one value of schemes that have no parameters; null elsewhere. */
  readonly token68: string | null;
}
