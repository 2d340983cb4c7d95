import type { Asker } from '../../archives/account.js';
import type {
  ILinkService,
  IServiceAnswer,
  IServiceCall
} from '../../archives/links.js';
import type { IServiceJobs } from '../../archives/servicejobs.js';
import { readBytes } from '../../protocol/answer.js';
import { accessUrlOf, type IServiceRequest } from '../../protocol/datalink/index.js';
import { asProtocolError } from '../../protocol/errors.js';
import { isSoda, isSodaJob } from '../../protocol/soda/index.js';
import type { IUwsResult } from '../../protocol/uws.js';
import { fetchFile, type FileQueue } from '../downloads/fetchfile.js';
import type { IDownload, IDownloadRequest } from '../downloads/types.js';
import type { AsMe } from '../signingate.js';
import {
  isMultiValued,
  refusesMany,
  singleRequests,
  wholeRequest,
  type IFilledService
} from './request.js';
import type { CutoutResult } from './types.js';

/** What described services of an archive are run with. */
export interface IServiceMeans {
  /** Id of the archive. */
  readonly archive: string;
  readonly queue: FileQueue;
  readonly links: ILinkService;
  readonly jobs: IServiceJobs;
  /** As whom the archive is asked. */
  asker(): Asker;
  /** Waits for a sign-in where it has run out. */
  readonly asMe: AsMe;
  /** Show a VOTable as rows. */
  openTable(call: IServiceCall, answer: IServiceAnswer, title: string): Promise<void>;
}

/** What is run, and about what. */
export interface IServiceTask extends IFilledService {
  /** Identifier of the data, for the folder and the manifest. */
  readonly id: string;
  /** A name proposed for the file. */
  readonly name: string;
  /** What the link means: the folder of layout “by category”. */
  readonly category: string;
}

/** How it goes on. */
export interface IRunNews {
  readonly received: number;
  readonly total: number | null;
  /** What it waits for, one sentence; empty where it works. */
  readonly note: string;
  /** It waits for a sign-in. */
  readonly isSignedOut: boolean;
}

/** Told how it goes on. */
export type HearNews = (news: IRunNews) => void;

/** Bytes of a text that is shown. */
const TEXT_BYTES = 256 * 1024;

/**
 * Run a described service. One that refuses several values at once is asked for each.
 *
 * @throws ProtocolError in the service's words; `cancelled` by the signal
 */
export async function runService(
  means: IServiceMeans,
  task: IServiceTask,
  signal: AbortSignal,
  heard: HearNews
): Promise<readonly CutoutResult[]> {
  const whole = wholeRequest(task);
  try {
    return await runRequest(means, task, whole, signal, heard);
  } catch (reason) {
    const error = asProtocolError(reason);
    if (!refusesMany(error) || !isMultiValued(whole)) {
      throw error;
    }
  }
  const results: CutoutResult[] = [];
  for (const single of singleRequests(task)) {
    results.push(...(await runRequest(means, task, single, signal, heard)));
  }
  return results;
}

function runRequest(
  means: IServiceMeans,
  task: IServiceTask,
  request: IServiceRequest,
  signal: AbortSignal,
  heard: HearNews
): Promise<readonly CutoutResult[]> {
  const { service } = task;
  if (isSodaJob(service)) {
    return runJob(means, task, request, signal, heard);
  }
  const givesFile = isSoda(service) || isFile(service.contentType);
  return givesFile
    ? save(means, task, request.url, signal, heard)
    : ask(means, task, request, signal, heard);
}

/** The address goes to the queue, which reads what came instead of a file. */
async function save(
  means: IServiceMeans,
  task: IServiceTask,
  url: string,
  signal: AbortSignal,
  heard: HearNews,
  result?: IUwsResult
): Promise<readonly CutoutResult[]> {
  const request: IDownloadRequest = {
    archive: means.archive,
    url,
    name: task.name,
    observation: task.id,
    category: task.category,
    ...(result?.size && { size: result.size }),
    ...(result?.mime && { contentType: result.mime }),
    ...asOf(means)
  };
  const path = await fetchFile(means.queue, request, signal, item =>
    heard(newsOf(item))
  );
  return [{ kind: 'file', path }];
}

/** Results of a job are fetched one after the other; a text says what had no pixels. */
async function runJob(
  means: IServiceMeans,
  task: IServiceTask,
  request: IServiceRequest,
  signal: AbortSignal,
  heard: HearNews
): Promise<readonly CutoutResult[]> {
  const { jobs, archive, asMe } = means;
  const start = (): ReturnType<IServiceJobs['run']> =>
    jobs.run(
      accessUrlOf(task.service, task.row),
      request.parameters,
      signal,
      asOf(means),
      ({ phase }) => heard({ ...NO_NEWS, note: JOB_NOTES[phase] ?? '' })
    );
  const job = await (means.asker() === 'me' ? asMe(archive, start, signal) : start());
  const results: CutoutResult[] = [];
  for (const result of job.results) {
    results.push(
      ...(await (result.mime?.startsWith('text/plain')
        ? ask(means, task, { ...request, url: result.href }, signal, heard)
        : save(means, task, result.href, signal, heard, result)))
    );
  }
  await job.remove();
  return results;
}

/** Whatever the service gives, by its content type. */
async function ask(
  means: IServiceMeans,
  task: IServiceTask,
  { url }: IServiceRequest,
  signal: AbortSignal,
  heard: HearNews
): Promise<readonly CutoutResult[]> {
  const { links, archive, asMe } = means;
  heard(NO_NEWS);
  const call = { service: task.service, url };
  const run = (): Promise<IServiceAnswer> => links.run(call, signal, asOf(means));
  const answer = await (means.asker() === 'me' ? asMe(archive, run, signal) : run());
  if (isTable(answer.contentType)) {
    await means.openTable(call, answer, task.name);
    return [{ kind: 'table' }];
  }
  if (isText(answer.contentType)) {
    const bytes = await readBytes(answer.body, TEXT_BYTES);
    return [{ kind: 'text', text: new TextDecoder().decode(bytes) }];
  }
  await answer.body.cancel();
  return save(means, task, url, signal, heard);
}

const NO_NEWS: IRunNews = { received: 0, total: null, note: '', isSignedOut: false };

/** Phases of a job that take long, in words. */
const JOB_NOTES: Readonly<Record<string, string>> = {
  PENDING: 'The job is not started yet.',
  QUEUED: 'The job is queued.',
  EXECUTING: 'The job runs.',
  HELD: 'The job is held by the service.',
  SUSPENDED: 'The job is paused by the service.'
};

function newsOf({ received, total, message, state }: IDownload): IRunNews {
  return { received, total, note: message, isSignedOut: state === 'sign-in' };
}

function asOf(means: IServiceMeans): { as?: 'me' } {
  return means.asker() === 'me' ? { as: 'me' } : {};
}

function isFile(contentType: string | null): boolean {
  return /fits|octet-stream|^image\/|zip|\btar\b|pdf/i.test(contentType ?? '');
}

function isTable(contentType: string): boolean {
  return /^(application\/x-votable\+xml|text\/xml|application\/xml)$/.test(contentType);
}

function isText(contentType: string): boolean {
  return /^text\/|^application\/(json|ecsv)|\+json$/.test(contentType);
}
