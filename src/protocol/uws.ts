/** UWS 1.1: asynchronous jobs. */
export { UwsClient, type ICreatedJob, type IJobSettings } from './uws/client.js';
export { parseJob, parseJobList } from './uws/document.js';
export { canStop, isActive, isOver } from './uws/phases.js';
export {
  followJob,
  JobPoller,
  type IPolledJob,
  type IPollOptions
} from './uws/poll.js';
export type * from './uws/types.js';
