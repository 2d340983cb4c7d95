import type { IArchive, IJobAddress } from '../../archives/archive.js';
import { ProtocolError } from '../../protocol/errors.js';
import type { IUwsJobReference } from '../../protocol/uws/types.js';
import { foundJob } from './entry.js';
import type { IJob, IJobRecord } from './types.js';

/** A service is looked at in somebody's name. */
export type JobPlace = Pick<IJobRecord, 'archive' | 'service' | 'as'>;

/** So many jobs of one list are shown, newest first; lists of portals hold thousands. */
const MOST = 50;

/** Refusals that only mean that the service tells nobody its jobs. */
const NOT_TOLD = ['not-found', 'rejected', 'forbidden', 'not-signed-in', 'expired'];

/**
 * Services at which jobs may have been started elsewhere: those with jobs here, and all of
 * archives where one is signed in.
 *
 * @param everywhere - those of all archives
 */
export function placesToLook(
  archives: readonly IArchive[],
  jobs: readonly IJob[],
  isSignedIn: (archive: string) => boolean,
  everywhere: boolean
): JobPlace[] {
  return archives.flatMap(({ definition: { id, services }, discover }) => {
    const as = isSignedIn(id) ? ('me' as const) : undefined;
    const mine = new Set(jobs.map(({ record }) => record.service));
    const places = (discover ? (services.tap ?? []) : []).filter(
      ({ url }) => everywhere || as !== undefined || mine.has(url)
    );
    return places.map(({ url }) => ({
      archive: id,
      service: url,
      ...(as && { as })
    }));
  });
}

/** The jobs of a service's list that are not known here; empty where it tells nobody. */
export async function lookFor(
  place: JobPlace,
  archive: IArchive,
  known: readonly IJobAddress[],
  now: number
): Promise<readonly IJob[]> {
  const urls = new Set(known.map(({ url }) => url));
  const list = await ask(place, archive);
  return [...list]
    .filter(({ url }) => !urls.has(url))
    .sort((a, b) => (b.created ?? 0) - (a.created ?? 0))
    .slice(0, MOST)
    .map(reference => foundJob(reference, place, now));
}

async function ask(
  { service, as }: JobPlace,
  { discover }: IArchive
): Promise<readonly IUwsJobReference[]> {
  try {
    return (await discover?.jobs.list(service, as)) ?? [];
  } catch (error) {
    if (error instanceof ProtocolError && NOT_TOLD.includes(error.kind)) {
      return [];
    }
    throw error;
  }
}
