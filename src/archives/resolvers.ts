import { asProtocolError, ProtocolError } from '../protocol/errors.js';
import { explainPosition, parsePosition } from '../protocol/position.js';
import type { IResolvedTarget } from '../protocol/form.js';
import type { IArchive, IResolver } from './archive.js';

/**
 * The archives, each that can be searched with a resolver for the names that are searched
 * for in it: its own first, then those of the others by rank, until one knows the name.
 * What has the form of a position is sent to nobody.
 */
export function withResolvers(archives: readonly IArchive[]): readonly IArchive[] {
  const byRank = [...archives].sort((a, b) => a.definition.rank - b.definition.rank);
  return archives.map(archive => {
    const others = byRank.filter(other => other !== archive);
    const resolvers = [archive, ...others].flatMap(({ resolve }) => resolve ?? []);
    return archive.discover && resolvers.length > 0
      ? { ...archive, resolve: new ResolverChain(resolvers) }
      : archive;
  });
}

/** Resolvers asked one after the other, until one knows the name. */
class ResolverChain implements IResolver {
  constructor(private readonly _resolvers: readonly IResolver[]) {}

  /** Who is asked, for messages: “Sandbox and CDS Sesame”. */
  get title(): string {
    return listed(this._resolvers);
  }

  /**
   * Throws where nobody knows the name and somebody could not be asked: that one may know
   * it, and nobody is to believe otherwise.
   */
  async resolve(
    name: string,
    signal?: AbortSignal
  ): Promise<readonly IResolvedTarget[]> {
    if (parsePosition(name) !== null || explainPosition(name) !== null) {
      return [];
    }
    const answered: IResolver[] = [];
    let failure: ProtocolError | null = null;
    for (const resolver of this._resolvers) {
      try {
        const found = await resolver.resolve(name, signal);
        if (found.length > 0) {
          return found;
        }
        answered.push(resolver);
      } catch (error) {
        if (signal?.aborted) {
          throw error;
        }
        failure ??= asProtocolError(error);
      }
    }
    if (failure) {
      throw answered.length > 0 ? halfAnswered(failure, name, answered) : failure;
    }
    return [];
  }
}

/** What went wrong, and who did answer that the name is unknown there. */
function halfAnswered(
  { kind, message, details }: ProtocolError,
  name: string,
  answered: readonly IResolver[]
): ProtocolError {
  const know = answered.length === 1 ? 'does' : 'do';
  const others = `${listed(answered)} ${know} not know \u2018${name}\u2019.`;
  return new ProtocolError(kind, `${message} ${others}`, details);
}

function listed(resolvers: readonly IResolver[]): string {
  const titles = resolvers.map(({ title }) => title);
  const last = titles[titles.length - 1];
  return titles.length === 1 ? last : `${titles.slice(0, -1).join(', ')} and ${last}`;
}
