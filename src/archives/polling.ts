import type { IPolledJob } from '../protocol/uws/poll.js';
import type { IJobAddress, IJobService } from './archive.js';

/** A job as what polls it asks for it. */
export function polledJob(
  jobs: Pick<IJobService, 'status' | 'run'>,
  address: IJobAddress
): IPolledJob {
  return {
    status: (wait, signal) => jobs.status(address, wait, signal),
    run: () => jobs.run(address)
  };
}
