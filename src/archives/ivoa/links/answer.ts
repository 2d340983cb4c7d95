import { refusal } from '../../../protocol/answer.js';
import type { Channel } from '../../../protocol/channel.js';
import { ProtocolError } from '../../../protocol/errors.js';
import { sodaRefusal } from '../../../protocol/soda/answer.js';
import type { IAskOptions, ITransportResponse } from '../../../protocol/transport.js';
import type { IServiceAnswer, IServiceCall } from '../../links.js';

/** Run a described service; see {@link ILinkService.run}. */
export function runService(
  channel: Channel,
  { url }: IServiceCall,
  signal: AbortSignal,
  how: IAskOptions
): Promise<IServiceAnswer> {
  return channel.explained(async () => {
    const request = { url, ...how, signal };
    const answer = await channel.request(request);
    if (answer.status === 204) {
      await answer.body.cancel();
      throw new ProtocolError('not-found', 'No pixels there.', { status: 204 });
    }
    if (answer.status < 200 || answer.status > 299) {
      throw sodaRefusal(await refusal(answer, request));
    }
    return toAnswer(answer);
  }, signal);
}

function toAnswer(answer: ITransportResponse): IServiceAnswer {
  const length = Number(answer.header('Content-Length') ?? NaN);
  return {
    contentType: (answer.header('Content-Type') ?? '')
      .split(';', 1)[0]
      .trim()
      .toLowerCase(),
    name: fileName(answer.header('Content-Disposition') ?? ''),
    size: Number.isFinite(length) ? length : null,
    body: answer.body
  };
}

/** The base name that a service proposes (RFC 6266), whatever path comes with it. */
function fileName(disposition: string): string {
  const encoded = /filename\*\s*=\s*[\w-]*'[^']*'([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]+))/i.exec(disposition);
  const name = decoded(encoded) ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
  return (
    name
      ?.trim()
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/[\p{Cc}]/gu, '') ?? ''
  );
}

function decoded(text: string | undefined): string | null {
  try {
    return text === undefined ? null : decodeURIComponent(text.trim());
  } catch {
    return null;
  }
}
