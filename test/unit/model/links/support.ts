import type { IArchive } from '../../../../src/archives/archive.js';
import type { ILinkService, LinkSource } from '../../../../src/archives/links.js';
import { LinksModel } from '../../../../src/model/links/model.js';
import type { ILinkRow } from '../../../../src/model/links/types.js';
import type {
  ILink,
  ILinks,
  IServiceDescriptor
} from '../../../../src/protocol/datalink/types.js';
import { furtherLinks } from '../../../../src/protocol/datalink/recursion.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';

export const LINKS_TYPE = 'application/x-votable+xml;content=datalink';

/** A link to a FITS file unless told otherwise. */
export function link(part: Partial<ILink> = {}): ILink {
  return {
    id: 'ivo://x/1',
    accessUrl: 'https://x.example/files/a.fits',
    serviceDef: null,
    error: null,
    description: null,
    semantics: '#this',
    localSemantics: null,
    contentType: 'application/fits',
    contentLength: null,
    contentQualifier: null,
    auth: null,
    authorized: null,
    flaw: null,
    extras: {},
    ...part
  };
}

export function links(
  rows: readonly ILink[],
  services: readonly (readonly [string, Partial<IServiceDescriptor>])[] = [],
  readAt = 0
): ILinks {
  return {
    links: rows,
    services: new Map(services.map(([id, part]) => [id, service(id, part)])),
    isPartial: false,
    readAt,
    warnings: []
  };
}

function service(id: string, part: Partial<IServiceDescriptor>): IServiceDescriptor {
  return {
    id,
    name: null,
    description: null,
    accessUrl: 'https://x.example/soda',
    standardId: 'ivo://ivoa.net/std/SODA#sync-1.0',
    contentType: null,
    exampleUrls: [],
    parameters: [],
    ...part
  };
}

export function documentAt(url: string, id = url): LinkSource {
  return { kind: 'document', url, id };
}

/** Answers by address; an answer may be made anew for each question. */
export type Answers = Readonly<
  Record<string, ILinks | ProtocolError | (() => ILinks | ProtocolError)>
>;

/** A service of links that answers what it was given, and notes what it was asked. */
export class FakeLinks implements ILinkService {
  constructor(public answers: Answers) {}

  /** Addresses, one list for each question. */
  readonly asked: string[][] = [];

  /** As whom, one for each question. */
  readonly askedAs: (string | undefined)[] = [];

  /** Called before each answer. */
  before: (index: number, signal: AbortSignal) => Promise<void> = () =>
    Promise.resolve();

  sourceOf = (): null => null;

  sourceOfId = (id: string): LinkSource =>
    documentAt(`https://x.example/links?ID=${id}`, id);

  furtherOf = (one: ILink, answer: ILinks): LinkSource | null => {
    const further = furtherLinks(one, answer, 'x_datalink');
    return further && further.kind !== 'service' ? documentAt(further.url) : null;
  };

  async *read(
    ...[sources, signal, how]: Parameters<ILinkService['read']>
  ): ReturnType<ILinkService['read']> {
    this.asked.push(sources.map(({ url }) => url));
    this.askedAs.push(how?.as);
    for (const [index, { url }] of sources.entries()) {
      await this.before(index, signal);
      signal.throwIfAborted();
      const answer = this.answers[url];
      yield {
        index,
        answer:
          (typeof answer === 'function' ? answer() : answer) ??
          new ProtocolError('not-found', `Nothing at ${url}.`)
      };
    }
  }

  run = (): never => {
    throw new Error('Nothing is run here.');
  };
}

export function archiveOf(service: ILinkService): IArchive {
  return {
    definition: {
      id: 'x',
      name: 'Archive X',
      services: {},
      signIn: { kind: 'bearer' },
      origins: [],
      editable: false
    },
    links: service
  } as unknown as IArchive;
}

/** A model of rows at these addresses. */
export function modelOf(
  service: ILinkService,
  urls: readonly string[] = ['https://x.example/links?ID=1'],
  options: Partial<ConstructorParameters<typeof LinksModel>[0]> = {}
): LinksModel {
  return new LinksModel({
    archive: archiveOf(service),
    subjects: urls.map(url => ({ name: nameOf(url), source: documentAt(url) })),
    as: 'anyone',
    now: () => 0,
    ...options
  });
}

function nameOf(url: string): string {
  return new URL(url).searchParams.get('ID') ?? url;
}

/** What the tree shows, one line a row, two blanks a level. */
export function drawn(model: LinksModel): string[] {
  return model.rows.map(row => '  '.repeat(row.level - 1) + lineOf(row));
}

function lineOf({ thing, ticked }: ILinkRow): string {
  const box = { true: '[x] ', false: '[ ] ', mixed: '[-] ' };
  return (ticked ? box[ticked] : '') + nameOfThing(thing);
}

function nameOfThing(thing: ILinkRow['thing']): string {
  switch (thing.kind) {
    case 'row':
      return thing.subject.name;
    case 'group':
      return thing.group;
    case 'link':
      return `${thing.name} (${thing.use})`;
    case 'fault':
      return `! ${thing.link.error?.message ?? thing.link.flaw}`;
    case 'loop':
      return `loop ${thing.id}`;
    case 'nothing':
      return 'nothing';
    case 'failed':
      return `! ${thing.error.message}`;
  }
}

/** Id of the row of the tree whose line ends so. */
export function idOf(model: LinksModel, end: string): string {
  const at = drawn(model).findIndex(line => line.endsWith(end));
  if (at < 0) {
    throw new Error(`No row ends with ${end}: ${drawn(model).join('; ')}`);
  }
  return model.rows[at].id;
}
