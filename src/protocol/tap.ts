/** TAP 1.1: requests, answers and one service as an object. */
export { refusal } from './answer.js';
export {
  buildQueryRequest,
  buildSyncRequest,
  queryParameters,
  tapUrl,
  type ITapOptions,
  type ITapQuery,
  type ITapRequest,
  type TapResource
} from './tap/request.js';
export { TapService, type ITapArchive } from './tap/service.js';
export { TapJobs, type ITapJobsOptions } from './tap/job.js';
export type { ITapUpload } from './tap/upload.js';
