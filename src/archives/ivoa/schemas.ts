import type { TapService } from '../../protocol/tap.js';
import {
  isStandard,
  TAP_STANDARD,
  type ICapability,
  type ITableSet,
  type ITapCapability
} from '../../protocol/vosi.js';
import type { IQueryExample, ISchemaSource } from '../archive.js';

/** What TAP services tell of themselves, by VOSI and DALI. */
export class TapSchemas implements ISchemaSource {
  /** @param _service - the service of that address */
  constructor(private readonly _service: (url: string) => Promise<TapService>) {}

  /** All tables; `min` without columns, where the service can. */
  async tables(
    service: string,
    detail: 'min' | 'max',
    signal?: AbortSignal
  ): Promise<ITableSet> {
    return (await this._service(service)).tables(signal, detail);
  }

  /** What the service can do; null where it does not say. */
  async capability(
    service: string,
    signal?: AbortSignal
  ): Promise<ITapCapability | null> {
    const all = await (await this._service(service)).capabilities(signal);
    return tapOf(all);
  }

  /** The queries the service gives as examples. */
  async examples(
    service: string,
    signal?: AbortSignal
  ): Promise<readonly IQueryExample[]> {
    return (await this._service(service)).examples(signal);
  }
}

/** A service may list TAP twice, as itself and for other services' sake. */
function tapOf(capabilities: readonly ICapability[]): ITapCapability | null {
  const known = capabilities.filter(({ tap }) => tap !== null);
  const own = known.find(capability => isStandard(capability, TAP_STANDARD));
  return (own ?? known[0])?.tap ?? null;
}
