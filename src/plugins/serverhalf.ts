import type { IArchiveRegistry } from '../tokens.js';
import { VERSION } from '../version.js';
import type { ServerHalf } from '../view/shared/notice.js';

/** How the page and its server half get along, as the notices tell it. */
export function serverHalf({ handshake, error }: IArchiveRegistry): ServerHalf {
  switch (handshake?.state) {
    case 'missing':
      return { state: 'missing' };
    case 'older':
    case 'newer':
      return { state: handshake.state, server: handshake.version, page: VERSION };
    case 'offline':
      return { state: 'offline' };
    default:
      return { state: error ? 'offline' : 'ready' };
  }
}
