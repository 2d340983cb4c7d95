import { asProtocolError, type ProtocolError } from '../protocol/errors.js';
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
    const titles = this._resolvers.map(({ title }) => title);
    const last = titles[titles.length - 1];
    return titles.length === 1 ? last : `${titles.slice(0, -1).join(', ')} and ${last}`;
  }

  /** Throws only where nobody could be asked. */
  async resolve(
    name: string,
    signal?: AbortSignal
  ): Promise<readonly IResolvedTarget[]> {
    if (parsePosition(name) !== null || explainPosition(name) !== null) {
      return [];
    }
    const failures: ProtocolError[] = [];
    for (const resolver of this._resolvers) {
      try {
        const found = await resolver.resolve(name, signal);
        if (found.length > 0) {
          return found;
        }
      } catch (error) {
        if (signal?.aborted) {
          throw error;
        }
        failures.push(asProtocolError(error));
      }
    }
    if (failures.length === this._resolvers.length) {
      throw failures[0];
    }
    return [];
  }
}
