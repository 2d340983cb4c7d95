import type { IWaitClock } from '../../src/protocol/patience.js';
import type {
  ITransport,
  ITransportRequest,
  ITransportResponse
} from '../../src/protocol/transport.js';
import { FetchResponse } from '../../src/transport/response.js';
import { votable } from './transport.js';

/** A request as the service saw it, after the redirects before it. */
export interface ISeenCall {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Form parameters of the body, in order: `PHASE=RUN`. */
  readonly form: string;
  readonly as?: 'me';
  /** Milliseconds. */
  readonly at: number;
}

/** How the service behaves; a well-behaved UWS 1.1 unless told otherwise. */
export interface IUwsHabits {
  /** Phases of a job by milliseconds since RUN. */
  readonly plan: readonly (readonly [number, string])[];
  /** Phases since the second RUN; the first plan unless told. */
  readonly planAfterHeld?: readonly (readonly [number, string])[];
  readonly version: '1.0' | '1.1';
  /** Answers at once whatever WAIT says. */
  readonly ignoresWait: boolean;
  /** Answer to a POST that makes a job. */
  readonly created: (job: string) => Response;
  /** Most seconds a job may run. */
  readonly longest: number;
  /** Milliseconds for which a job is kept at most. */
  readonly keptAtMost: number;
  /** Child of a job to which POST gets 403. */
  readonly refuses: string;
  /** Status of DELETE; 303 to the list when it works. */
  readonly onDelete: number;
  readonly error: () => Response;
  readonly result: () => Response;
  /** XML behind everything else in a job document. */
  readonly extra: string;
}

const HABITS: IUwsHabits = {
  plan: [
    [0, 'QUEUED'],
    [2000, 'EXECUTING'],
    [5000, 'COMPLETED']
  ],
  version: '1.1',
  ignoresWait: false,
  created: job => redirect(job),
  longest: 3600,
  keptAtMost: 180 * 86_400_000,
  refuses: '',
  onDelete: 303,
  error: () => new Response(votable({ status: 'ERROR', message: 'Unknown column x.' })),
  result: () => new Response(votable({ rows: [1, 2, 3] })),
  extra: ''
};

interface IJobState {
  readonly created: number;
  ran: number | null;
  runs: number;
  aborted: boolean;
  duration: number;
  destruction: number;
  readonly parameters: URLSearchParams;
}

/** A redirect, as services answer to nearly everything. */
export function redirect(location: string, status = 303): Response {
  return new Response(null, { status, headers: { Location: location } });
}

/** A UWS service in memory, behind a gateway that follows redirects. */
export class FakeUws implements ITransport {
  /** @param base - base URL of the TAP service; without slash at its end */
  constructor(
    readonly clock: IWaitClock,
    habits: Partial<IUwsHabits> = {},
    readonly base = 'https://tap.example/tap'
  ) {
    this.habits = { ...HABITS, ...habits };
  }

  habits: IUwsHabits;
  readonly seen: ISeenCall[] = [];
  /** By id. */
  readonly jobs = new Map<string, IJobState>();

  /** Methods and paths below the service, without queries: `POST /async`. */
  get calls(): string[] {
    return this.seen.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
  }

  /** What polled a job: `GET /async/1` with its query. */
  get polls(): ISeenCall[] {
    return this.seen.filter(
      ({ method, path }) => method === 'GET' && /^\/async\/\d+(\?|$)/.test(path)
    );
  }

  async request(
    _archive: string,
    request: ITransportRequest
  ): Promise<ITransportResponse> {
    let { url, method = 'GET', body } = request;
    for (let hops = 0; hops < 5; hops++) {
      const response = await this._answer(url, method, body, request.as);
      const location = response.headers.get('Location');
      if (location === null || ![301, 302, 303].includes(response.status)) {
        return new FetchResponse(response, url);
      }
      [url, method, body] = [new URL(location, url).href, 'GET', undefined];
    }
    throw new Error('redirects in a circle');
  }

  private async _answer(
    url: string,
    method: string,
    body: ITransportRequest['body'],
    as: 'me' | undefined
  ): Promise<Response> {
    const { origin, pathname, search, searchParams } = new URL(url);
    const path = pathname.replace(new URL(this.base).pathname, '');
    const form = body instanceof URLSearchParams ? body : new URLSearchParams();
    const at = this.clock.now();
    const seen = {
      method,
      path: path + search,
      form: decodeURIComponent(`${form}`),
      at
    };
    this.seen.push({ ...seen, ...(as && { as }) });
    if (origin !== new URL(this.base).origin) {
      return new Response('somebody else', { status: 200 });
    }
    if (path === '/sync') {
      return this.habits.result();
    }
    const [, , id, child] = path.split('/');
    if (id === undefined) {
      return method === 'POST' ? this._create(form) : this._list();
    }
    const job = this.jobs.get(id);
    if (job === undefined) {
      return new Response('no such job', { status: 404 });
    }
    if (method === 'DELETE' || form.get('ACTION') === 'DELETE') {
      return this._delete(id, method);
    }
    if (method === 'POST' && child === this.habits.refuses) {
      return new Response('You may not.', { status: 403 });
    }
    if (method === 'POST') {
      this._change(job, child, form);
      return redirect(`${this.base}/async/${id}`);
    }
    return this._read(id, job, path.split('/').slice(3).join('/'), searchParams);
  }

  private _create(parameters: URLSearchParams): Response {
    const id = String(this.jobs.size + 1);
    const created = this.clock.now();
    this.jobs.set(id, {
      created,
      ran: null,
      runs: 0,
      aborted: false,
      duration: 60,
      destruction: created + 86_400_000,
      parameters
    });
    return this.habits.created(`${this.base}/async/${id}`);
  }

  private _change(job: IJobState, child: string, form: URLSearchParams): void {
    const { longest, keptAtMost } = this.habits;
    if (form.get('PHASE') === 'RUN') {
      job.ran = this.clock.now();
      job.runs += 1;
    }
    job.aborted ||= form.get('PHASE') === 'ABORT';
    if (child === 'executionduration') {
      job.duration = Math.min(Number(form.get('EXECUTIONDURATION')), longest);
    }
    if (child === 'destruction') {
      const asked = Date.parse(form.get('DESTRUCTION') ?? '');
      job.destruction = Math.min(asked, job.created + keptAtMost);
    }
  }

  private _delete(id: string, method: string): Response {
    const { onDelete } = this.habits;
    if (method === 'DELETE' && onDelete !== 303) {
      return new Response('Method Not Allowed', { status: onDelete });
    }
    this.jobs.delete(id);
    return redirect(`${this.base}/async`);
  }

  private async _read(
    id: string,
    job: IJobState,
    child: string,
    query: URLSearchParams
  ): Promise<Response> {
    if (child === 'error') {
      return this.habits.error();
    }
    if (child === 'results/result') {
      return this.habits.result();
    }
    const wait = Number(query.get('WAIT') ?? 0);
    for (let second = 0; second < wait && !this.habits.ignoresWait; second++) {
      if (this._phase(job) !== query.get('PHASE')) {
        break;
      }
      await this.clock.sleep(1000);
    }
    return new Response(this._document(id, job), {
      headers: { Date: new Date(this.clock.now()).toUTCString() }
    });
  }

  private _phase(job: IJobState): string {
    if (job.aborted) {
      return 'ABORTED';
    }
    if (job.ran === null) {
      return 'PENDING';
    }
    const { plan, planAfterHeld = plan } = this.habits;
    const since = this.clock.now() - job.ran;
    const steps = job.runs > 1 ? planAfterHeld : plan;
    return steps.filter(([from]) => from <= since).at(-1)?.[1] ?? 'PENDING';
  }

  private _document(id: string, job: IJobState): string {
    const phase = this._phase(job);
    const iso = (time: number): string => new Date(time).toISOString();
    const version = this.habits.version === '1.1' ? ' version="1.1"' : '';
    const parameters = [...job.parameters]
      .map(
        ([name, value]) => `<parameter id="${name}"><![CDATA[${value}]]></parameter>`
      )
      .join('');
    const results =
      phase === 'COMPLETED'
        ? `<result id="result" xlink:href="${this.base}/async/${id}/results/result"/>`
        : '';
    const error =
      phase === 'ERROR'
        ? '<errorSummary type="fatal" hasDetail="true"><message>It failed.</message></errorSummary>'
        : '';
    return (
      `<job xmlns="http://www.ivoa.net/xml/UWS/v1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"${version}>` +
      `<jobId>${id}</jobId><ownerId xsi:nil="true"/><phase>${phase}</phase>` +
      `<quote xsi:nil="true"/><creationTime>${iso(job.created)}</creationTime>` +
      (job.ran === null
        ? '<startTime xsi:nil="true"/>'
        : `<startTime>${iso(job.ran)}</startTime>`) +
      `<endTime xsi:nil="true"/><executionDuration>${job.duration}</executionDuration>` +
      `<destruction>${iso(job.destruction)}</destruction>` +
      `<parameters>${parameters}</parameters><results>${results}</results>` +
      `${error}${this.habits.extra}</job>`
    );
  }

  private _list(): Response {
    const entries = [...this.jobs].map(
      ([id, job]) =>
        `<uws:jobref id="${id}"><uws:phase>${this._phase(job)}</uws:phase>` +
        `<uws:creationTime>${new Date(job.created).toISOString()}</uws:creationTime></uws:jobref>`
    );
    return new Response(
      `<uws:jobs xmlns:uws="http://www.ivoa.net/xml/UWS/v1.0" version="1.1">${entries.join('')}</uws:jobs>`
    );
  }
}
