import { signatureOf } from '../../protocol/datalink/signed.js';
import type { ILink } from '../../protocol/datalink/types.js';
import { ProtocolError } from '../../protocol/errors.js';
import type { IAskOptions } from '../../protocol/transport.js';
import type { LinksModel } from './model.js';

/** A link's file, and as whom it is asked for. */
export interface IFollowed extends Pick<IAskOptions, 'as'> {
  readonly link: ILink;
  /** Absolute; sent byte for byte. */
  readonly url: string;
}

/** What stores answer to an address whose signature is over (rubin.md §7). */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 401, 403]);

/**
 * Ask for the file of a link: a signed address that is old is read again before, and one that
 * is refused once more.
 *
 * @throws ProtocolError where there is no address, and what `ask` throws
 */
export async function followLink<T>(
  model: LinksModel,
  id: string,
  signal: AbortSignal,
  ask: (followed: IFollowed) => Promise<T>
): Promise<T> {
  const followed = followedOf(model, await model.fresh(id, signal));
  try {
    return await ask(followed);
  } catch (reason) {
    if (!isRefused(reason, followed.url) || signal.aborted) {
      throw reason;
    }
    return await ask(followedOf(model, await model.fresh(id, signal, true)));
  }
}

/** As whom the links were read, where the address is not a key by itself. */
export function followedOf(model: LinksModel, link: ILink): IFollowed {
  const { accessUrl: url } = link;
  if (url === null) {
    throw new ProtocolError('not-found', link.flaw ?? 'The link has no address.', {
      archive: model.archive.definition.name
    });
  }
  const isMine = model.reading.as === 'me' && link.auth !== 'false';
  return { link, url, ...(isMine && !signatureOf(url) && { as: 'me' }) };
}

function isRefused(reason: unknown, url: string): boolean {
  return (
    reason instanceof ProtocolError &&
    REFUSED.has(reason.details.status) &&
    signatureOf(url) !== null
  );
}
