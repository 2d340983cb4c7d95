import {
  isLinksType,
  isOfStandard,
  LINKS_STANDARD,
  readAddress,
  serviceRequest,
  withoutSignature,
  type IServiceDescriptor,
  type RowValue
} from '../../../protocol/datalink/index.js';
import { ProtocolError } from '../../../protocol/errors.js';
import { estimatedSize, type LinkSource, type RowCell } from '../../links.js';

/** How the rows of one kind of archive lead to links; what is not given is as ObsCore has it. */
export interface ILinkRules {
  /** Columns with the address of a {links} document, before `access_url`. */
  readonly documentColumns?: readonly string[];
  /** Column by which the {links} service of the definition knows a row. */
  readonly idColumn?: string;
  /** What comes before its values, and before what a user types. */
  readonly idPrefix?: string;
  /** Column of {links} with the address of the links of the linked file. */
  readonly besideColumn?: string;
  /** Values of `content_length` that stand for “not known”. */
  readonly nominalLengths?: readonly number[];
  /** Semantics (last part, lower case) whose document is a {links} one, whatever its type. */
  readonly listSemantics?: readonly string[];
}

/** What leads to the files of rows and identifiers. */
export class LinkSources {
  /**
   * @param _rules - of the kind of archive
   * @param _service - the {links} service of the definition; null where it has none
   */
  constructor(
    private readonly _rules: ILinkRules,
    private readonly _service: string | null
  ) {}

  /** See {@link ILinkService.sourceOf}. */
  ofRow(row: RowCell, services: readonly IServiceDescriptor[] = []): LinkSource | null {
    const access = text(row('access_url'));
    const did = text(row('obs_publisher_did'));
    const document =
      (this._rules.documentColumns ?? [])
        .map(column => text(row(column)))
        .find(url => url !== null) ??
      (isLinks(text(row('access_format')), access) ? access : null);
    if (document !== null && isFollowed(document)) {
      const id = did ?? idOf(document) ?? withoutSignature(document);
      return { kind: 'document', url: document, id };
    }
    return (
      this._ofColumn(row) ??
      ofServices(row, services, did) ??
      (access !== null && isFollowed(access) ? fileOf(access, did, row) : null)
    );
  }

  /** See {@link ILinkService.sourceOfId}. */
  ofId(typed: string): LinkSource | null {
    const id = typed.trim();
    if (this._service === null || id === '') {
      return null;
    }
    const { idPrefix = '' } = this._rules;
    const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(id) ? id : idPrefix + id;
    return { kind: 'service', url: this._service, id: full };
  }

  private _ofColumn(row: RowCell): LinkSource | null {
    const { idColumn } = this._rules;
    const id = idColumn === undefined ? null : text(row(idColumn));
    return id === null ? null : this.ofId(id);
  }
}

/** A described {links} service that is bound to the row; it may need a cell that is empty. */
function ofServices(
  row: RowCell,
  services: readonly IServiceDescriptor[],
  did: string | null
): LinkSource | null {
  const value: RowValue = column => text(row(column));
  for (const service of services.filter(one => isOfStandard(one, LINKS_STANDARD))) {
    try {
      const { url, parameters } = serviceRequest(service, value);
      const asked = parameters.find(([name]) => name.toLowerCase() === 'id');
      return { kind: 'document', url, id: asked?.[1] ?? did ?? withoutSignature(url) };
    } catch (error) {
      if (!(error instanceof ProtocolError)) {
        throw error;
      }
      // The row has nothing that the service knows it by; another one may.
    }
  }
  return null;
}

function fileOf(url: string, did: string | null, row: RowCell): LinkSource {
  return {
    kind: 'file',
    url,
    // An identifier is shown and written down, which an address that is a key must not be.
    id: did ?? withoutSignature(url),
    contentType: text(row('access_format')),
    size: estimatedSize(row)
  };
}

/** By its type or, where that was cut off by the width of its column (ALMA), by its address. */
function isLinks(format: string | null, url: string | null): boolean {
  const isCut = format === null || !format.includes('/');
  return (
    isLinksType(format) || (isCut && url !== null && /\/datalink\/.*[?&]id=/i.test(url))
  );
}

function isFollowed(url: string): boolean {
  return 'url' in readAddress(url, 'about:blank');
}

/** The identifier in the address of a {links} document. */
function idOf(url: string): string | null {
  const query = url.split('#', 1)[0].split('?').slice(1).join('?');
  const found = [...new URLSearchParams(query)].find(
    ([name]) => name.toLowerCase() === 'id'
  );
  return found?.[1] ?? null;
}

function text(cell: ReturnType<RowCell>): string | null {
  const trimmed = cell === null || cell === undefined ? '' : String(cell).trim();
  return trimmed === '' ? null : trimmed;
}
