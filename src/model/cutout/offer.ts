import type {
  ILink,
  ILinks,
  IServiceDescriptor
} from '../../protocol/datalink/index.js';
import { ProtocolError } from '../../protocol/errors.js';
import { isSoda, isSodaJob } from '../../protocol/soda/index.js';

/** A service that the data can be given to. */
export interface IServiceChoice {
  /** `service_def` of its link. */
  readonly key: string;
  readonly link: ILink;
  readonly service: IServiceDescriptor;
}

/** Services that links offer, and the one to begin with. */
export interface IOffer {
  /** Cutouts at once first, then as jobs; only the wanted service where it is another one. */
  readonly choices: readonly IServiceChoice[];
  readonly first: IServiceChoice;
}

/**
 * What links offer.
 *
 * @param wanted - `service_def` of the service that is wanted; any cutout unless told
 * @throws ProtocolError `not-found` in the archive's words, or with what is missing
 */
export function offerOf({ links, services }: ILinks, wanted?: string): IOffer {
  const all = links.flatMap(link => choiceOf(link, services));
  const asked = all.filter(({ key }) => key === wanted);
  const isOther = asked.some(({ service }) => !isSoda(service));
  const choices = isOther ? asked : cutouts(all);
  const first = wanted === undefined ? choices[0] : asked[0];
  if (first === undefined) {
    throw new ProtocolError('not-found', whyNothing(links, wanted));
  }
  return { choices, first };
}

function choiceOf(
  link: ILink,
  services: ReadonlyMap<string, IServiceDescriptor>
): readonly IServiceChoice[] {
  const { serviceDef } = link;
  const service = serviceDef === null ? undefined : services.get(serviceDef);
  return serviceDef === null || service === undefined
    ? []
    : [{ key: serviceDef, link, service }];
}

/** Those that cut out; at once before as a job. */
function cutouts(all: readonly IServiceChoice[]): readonly IServiceChoice[] {
  const found = all.filter(({ service }) => isSoda(service));
  const isJob = ({ service }: IServiceChoice): boolean => isSodaJob(service);
  return [...found.filter(one => !isJob(one)), ...found.filter(isJob)];
}

/** The archive's own word where it refused the row, otherwise what is missing. */
function whyNothing(links: readonly ILink[], wanted: string | undefined): string {
  const refused = links.find(({ error }) => error !== null)?.error?.message;
  if (refused) {
    return refused;
  }
  return wanted === undefined
    ? 'Nothing can be cut out of these data: their links name no cutout service.'
    : `The links of these data do not describe the service \u2018${wanted}\u2019.`;
}
