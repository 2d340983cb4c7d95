import { asProtocolError } from '../../protocol/errors.js';
import type { IResolvedTarget } from '../../protocol/form.js';
import type {
  IArchiveDefinition,
  IArchiveMeans,
  IResolver,
  IServiceAddress
} from '../archive.js';

/** Positions of names by the resolvers of a definition: mirrors of one another. */
export class SesameResolver implements IResolver {
  /**
   * @param _definition - on whose behalf they are asked
   * @param _addresses - at least one; a later one is asked only where those before failed
   */
  constructor(
    private readonly _definition: IArchiveDefinition,
    private readonly _addresses: readonly IServiceAddress[],
    private readonly _means: IArchiveMeans
  ) {
    this.title = _definition.name;
  }

  /** Who is asked, for messages. */
  readonly title: string;

  /** Best match first; empty when nobody knows the name. Throws ProtocolError. */
  async resolve(
    name: string,
    signal?: AbortSignal
  ): Promise<readonly IResolvedTarget[]> {
    const { askSesame } = await import('../../protocol/sesame.js');
    const { transport } = this._means;
    let failure: unknown = null;
    for (const { url } of this._addresses) {
      try {
        return await askSesame(transport, this._definition, url, name, signal);
      } catch (error) {
        if (signal?.aborted) {
          throw error;
        }
        // The first one's words count: mirrors are less well kept.
        failure ??= error;
      }
    }
    throw asProtocolError(failure);
  }
}
