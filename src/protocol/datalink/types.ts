import type { IVOTableParam } from '../votable/types.js';

/** Words a {links} service begins its errors with (DataLink 1.1 §3.4.1). */
export type LinkFault =
  'NotFoundFault' | 'UsageFault' | 'TransientFault' | 'FatalFault' | 'DefaultFault';

/** Why there is no link. */
export interface ILinkError {
  /** Null where the message begins with no word of the standard. */
  readonly fault: LinkFault | null;
  /** The service's words, without the fault's. */
  readonly message: string;
}

/** One row of a {links} answer (DataLink 1.1 §3.3). What the service did not say is null. */
export interface ILink {
  /** What was asked for. */
  readonly id: string;
  /** Absolute; sent byte for byte, as signed addresses break otherwise. */
  readonly accessUrl: string | null;
  /** `ID` of the RESOURCE that describes a service. */
  readonly serviceDef: string | null;
  readonly error: ILinkError | null;
  readonly description: string | null;
  /** As written: `#this`, a URI, a bare word. */
  readonly semantics: string;
  readonly localSemantics: string | null;
  readonly contentType: string | null;
  /** Bytes. */
  readonly contentLength: number | null;
  /** Term of the product-type vocabulary, or a URI. */
  readonly contentQualifier: string | null;
  /** Whether the link needs an account. */
  readonly auth: 'false' | 'optional' | 'true' | null;
  /** Whether whoever asked may follow it; `readable` of older services says the same. */
  readonly authorized: boolean | null;
  /** One sentence where the row breaks the standard; null where it does not. */
  readonly flaw: string | null;
  /** Further columns by name, as text: `eso_category`, `eso_origfile` … Empty cells are left out. */
  readonly extras: Readonly<Record<string, string>>;
}

/** A parameter of a service descriptor (DataLink 1.1 §4.2). */
export interface IServiceParameter extends Omit<IVOTableParam, 'ref'> {
  /** fixed: sent as it is; bound: a value of the row; free: the user's. */
  readonly kind: 'fixed' | 'bound' | 'free';
  /** Column (XML ID or name) whose value a bound one takes; null for the others. */
  readonly ref: string | null;
}

/** A service that a document describes (`adhoc:service`, DataLink 1.1 §4). */
export interface IServiceDescriptor {
  /** `ID` of its RESOURCE, which `service_def` names. */
  readonly id: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** Where it is, or the column (XML ID or name) of the row that says so. */
  readonly accessUrl: string | { readonly ref: string };
  /** As written, e.g. `ivo://ivoa.net/std/SODA#sync-1.0`. */
  readonly standardId: string | null;
  readonly contentType: string | null;
  /** Addresses of examples. */
  readonly exampleUrls: readonly string[];
  readonly parameters: readonly IServiceParameter[];
}

/** What a {links} service answered. */
export interface ILinks {
  /** Rows of one id are consecutive, ids in the order of the answer. */
  readonly links: readonly ILink[];
  /** By `ID`; those without one by their place, `#0`, `#1` … */
  readonly services: ReadonlyMap<string, IServiceDescriptor>;
  /** More ids were asked for than it answers at once (OVERFLOW). */
  readonly isPartial: boolean;
  /** When it was read, milliseconds since 1970: signed addresses grow old. */
  readonly readAt: number;
  /** Things repaired on the way, one sentence each. */
  readonly warnings: readonly string[];
}

/** Column of a row by XML ID or name, as text; null where it has none or is empty. */
export type RowValue = (ref: string) => string | null;

/** A request to a described service. */
export interface IServiceRequest {
  /** GET with the parameters appended to those that `accessURL` has. */
  readonly url: string;
  /** What is sent, name by name, for display and code. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}
