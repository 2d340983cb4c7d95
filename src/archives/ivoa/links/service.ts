import { Channel } from '../../../protocol/channel.js';
import {
  furtherLinks,
  linkValue,
  meaningOf,
  serviceRequest,
  type ILink,
  type ILinks,
  type IServiceDescriptor
} from '../../../protocol/datalink/index.js';
import { ProtocolError } from '../../../protocol/errors.js';
import { COMPUTER_CLOCK, type IWaitClock } from '../../../protocol/patience.js';
import type { IAskOptions } from '../../../protocol/transport.js';
import type { IArchiveDefinition, IArchiveMeans } from '../../archive.js';
import type {
  ILinkService,
  IServiceAnswer,
  IServiceCall,
  ISourceLinks,
  LinkSource,
  RowCell
} from '../../links.js';
import { runService } from './answer.js';
import type { IWanted } from './batches.js';
import { placeOf } from './place.js';
import { type IAskedService, LinksReader, urlOfId } from './reading.js';
import { type ILinkRules, LinkSources } from './sources.js';

/** DataLink of an archive: its definition says where, rules say how its rows lead there. */
export class DataLinkService implements ILinkService {
  /**
   * @param definition - the archive
   * @param means - the way to its services
   * @param _rules - of its kind
   */
  constructor(
    definition: IArchiveDefinition,
    means: IArchiveMeans,
    private readonly _rules: ILinkRules = {}
  ) {
    const { datalink } = definition.services;
    this._sources = new LinkSources(_rules, datalink?.url ?? null);
    this._channel = new Channel(means.transport, definition);
    this._clock = means.clock ?? COMPUTER_CLOCK;
    this._reader = new LinksReader(this._channel, this._clock);
  }

  sourceOf(
    row: RowCell,
    services: readonly IServiceDescriptor[] = []
  ): LinkSource | null {
    return this._sources.ofRow(row, services);
  }

  sourceOfId(id: string): LinkSource | null {
    return this._sources.ofId(id);
  }

  furtherOf(link: ILink, answer: ILinks): LinkSource | null {
    const { besideColumn = null, listSemantics = [] } = this._rules;
    const isList = listSemantics.includes(meaningOf(link.semantics).term);
    if (isList && link.accessUrl !== null) {
      return documentOf(link.accessUrl, link.id);
    }
    const further = furtherLinks(link, answer, besideColumn);
    if (further === null) {
      return null;
    }
    switch (further.kind) {
      case 'service':
        return boundTo(further.service, link);
      case 'address':
        return documentOf(further.url, further.url);
      case 'beside':
        return otherDocument(further.url, link);
    }
  }

  async *read(
    sources: readonly LinkSource[],
    signal: AbortSignal,
    how: IAskOptions = {}
  ): AsyncGenerator<ISourceLinks> {
    for (const [index, source] of sources.entries()) {
      if (source.kind === 'file') {
        yield { index, answer: this._file(source) };
      }
    }
    for await (const read of this._reader.read(grouped(sources), signal, how)) {
      yield { ...read, answer: this._withoutNominal(read.answer) };
    }
  }

  run(
    request: IServiceCall,
    signal: AbortSignal,
    how: IAskOptions = {}
  ): Promise<IServiceAnswer> {
    return runService(this._channel, request, signal, how);
  }

  private _withoutNominal(answer: ILinks | ProtocolError): ILinks | ProtocolError {
    const { nominalLengths = [] } = this._rules;
    if (answer instanceof ProtocolError || nominalLengths.length === 0) {
      return answer;
    }
    const links = answer.links.map(link =>
      nominalLengths.includes(link.contentLength ?? -1)
        ? { ...link, contentLength: null }
        : link
    );
    return { ...answer, links };
  }

  /** A file is the one link of its row; nobody needs to be asked for it. */
  private _file(source: LinkSource & { kind: 'file' }): ILinks {
    const link: ILink = {
      id: source.id,
      accessUrl: source.url,
      serviceDef: null,
      error: null,
      description: null,
      semantics: '#this',
      localSemantics: null,
      contentType: source.contentType,
      contentLength: source.size,
      contentQualifier: null,
      auth: null,
      authorized: null,
      flaw: null,
      extras: {}
    };
    return {
      links: [link],
      services: new Map(),
      isPartial: false,
      readAt: this._clock.now(),
      warnings: []
    };
  }

  private readonly _sources: LinkSources;
  private readonly _channel: Channel;
  private readonly _clock: IWaitClock;
  private readonly _reader: LinksReader;
}

/** What is asked of each service; a document without an identifier is one by itself. */
function grouped(sources: readonly LinkSource[]): readonly IAskedService[] {
  const services = new Map<string, IWanted[]>();
  const others: IAskedService[] = [];
  for (const [index, source] of sources.entries()) {
    const place = source.kind === 'file' ? undefined : whereIs(source);
    if (place === null) {
      others.push({ base: null, wanted: [{ index, id: source.id, url: source.url }] });
    } else if (place !== undefined) {
      const wanted = services.get(place.base) ?? [];
      wanted.push({ index, id: place.id, url: place.url });
      services.set(place.base, wanted);
    }
  }
  return [...[...services].map(([base, wanted]) => ({ base, wanted })), ...others];
}

/** Null for a document that can only be asked for by its own address. */
function whereIs(
  source: LinkSource
): { readonly base: string; readonly id: string; readonly url: string } | null {
  if (source.kind === 'service') {
    return {
      base: source.url,
      id: source.id,
      url: urlOfId(source.url, source.id)
    };
  }
  const place = placeOf(source.url, source.id);
  // An identifier that stands unencoded in the address would be cut at its first “&”.
  const isWhole =
    place !== null && !(/[&#+]/.test(place.id) && source.url.endsWith(place.id));
  return (
    place && {
      ...place,
      url: isWhole ? source.url : urlOfId(place.base, place.id)
    }
  );
}

function documentOf(url: string, id: string): LinkSource {
  return { kind: 'document', url, id: placeOf(url, '')?.id ?? id };
}

/** Null for the document of the very thing that the link is: it is the one being read. */
function otherDocument(url: string, link: ILink): LinkSource | null {
  const source = documentOf(url, url);
  return source.id === link.id && meaningOf(link.semantics).term === 'this'
    ? null
    : source;
}

/** Null where the row lacks what the service needs. */
function boundTo(service: IServiceDescriptor, link: ILink): LinkSource | null {
  try {
    const { url } = serviceRequest(service, linkValue(link));
    return documentOf(url, link.id);
  } catch (error) {
    if (error instanceof ProtocolError) {
      return null;
    }
    throw error;
  }
}
