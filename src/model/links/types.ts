import type { LinkSource } from '../../archives/links.js';
import type { LinkGroup } from '../../protocol/datalink/vocabulary.js';
import type { ILink, IServiceDescriptor } from '../../protocol/datalink/types.js';
import type { ProtocolError } from '../../protocol/errors.js';
import type { ISkyFacts } from '../quicklook/types.js';

/** A row whose links are shown. */
export interface ILinkSubject {
  /** What people know it by; the identifier where it has no other name. */
  readonly name: string;
  readonly source: LinkSource;
  /** Where on the sky the row says that it is; missing where it is an identifier alone. */
  readonly sky?: ISkyFacts;
}

/**
 * What opening a link does.
 *
 * - `fits`, `text`, `picture`: the file is shown
 * - `service`: its form is shown
 * - `links`: it leads to further links and to nothing else
 * - `page`: a page for a browser
 * - `file`: a file that can only be fetched
 * - `none`: there is nothing to open
 */
export type LinkUse =
  'fits' | 'text' | 'picture' | 'service' | 'links' | 'page' | 'file' | 'none';

/** A link as it is shown. */
export interface IShownLink {
  readonly kind: 'link';
  readonly link: ILink;
  /** That of `service_def`; null where it has none or the document does not describe it. */
  readonly service: IServiceDescriptor | null;
  readonly use: LinkUse;
  readonly group: LinkGroup;
  /** File name, or what the archive calls it. */
  readonly name: string;
}

/** What a node of the tree stands for. */
export type LinkThing =
  | { readonly kind: 'row'; readonly subject: ILinkSubject }
  | {
      readonly kind: 'group';
      readonly group: LinkGroup;
      /** Semantics of its links as they were written, each once. */
      readonly terms: readonly string[];
    }
  | IShownLink
  /** The service says that there is no link. */
  | { readonly kind: 'fault'; readonly link: ILink }
  /** The further links are those of a node above. */
  | { readonly kind: 'loop'; readonly id: string }
  /** The answer had no links. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly error: ProtocolError };

/** How far the links are read to which a node leads. */
export type LinkReading = 'unread' | 'reading' | 'read' | ProtocolError;

/** A row of the tree as it is shown. */
export interface ILinkRow {
  /** Stays the same while the links are read again. */
  readonly id: string;
  readonly thing: LinkThing;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  /** Place among its siblings, from 1, and how many these are. */
  readonly position: number;
  readonly count: number;
  /** Null for what cannot be unfolded. */
  readonly expanded: boolean | null;
  /** Null for what cannot be ticked. */
  readonly ticked: 'true' | 'false' | 'mixed' | null;
  /** How far its further links are read; null where it leads to none. */
  readonly reading: LinkReading | null;
}

/** Files that were ticked. */
export interface IChosenFiles {
  readonly files: number;
  /** Bytes of those whose size the archive gave. */
  readonly bytes: number;
  /** Files whose size it did not give. */
  readonly unsized: number;
}
