import type {
  IAccount,
  IAccountList,
  ICredentialPlace,
  ISignInRequest
} from '../archives/account.js';
import type {
  IArchiveDefinition,
  IArchiveList,
  INewArchive,
  INewSignIn
} from '../archives/archive.js';
import type { IJobRecord, IJobRecords } from '../archives/jobrecord.js';
import { ERROR_KINDS, type ErrorKind, ProtocolError } from '../protocol/errors.js';

/** A `fetch` that adds what the Jupyter server wants: login and XSRF. */
export type ServerFetch = (url: string, init: RequestInit) => Promise<Response>;

/** How the Jupyter server is reached. */
export interface IServerOptions {
  /** The server's base URL, ending in a slash. */
  readonly baseUrl: string;
  readonly fetch: ServerFetch;
}

/** Answer of `api/hello`: the version handshake. */
export interface IHello {
  readonly version: string;
  /** Version of the interface between page and server half; grows when either must change. */
  readonly api: number;
}

/** An account after something was done with it. */
export interface IAccountAnswer {
  readonly account: IAccount;
  /** Whether it was renewed; only where that was asked. */
  readonly renewed?: boolean;
}

/** A format in which the server half saves rows. */
export type TableFormat = 'votable' | 'fits' | 'parquet' | 'csv' | 'arrow';

/** Rows that are to become a file in the workspace. */
export interface ITableToSave {
  /** Below Jupyter's root folder, parted by slashes. */
  readonly path: string;
  readonly format: TableFormat;
  /**
   * An Arrow IPC stream. A `Blob` and no stream: what is a stream can only be sent by
   * HTTP/2, while of a large Blob the browser keeps all but a piece outside of the page.
   *
   * Metadata of its schema become what the file tells of its origin: `obsdeck.archive`,
   * `obsdeck.service`, `obsdeck.query` and `obsdeck.date` (ISO 8601); of several queries
   * also `obsdeck.queries` and `obsdeck.slices` (see `originOf`).
   */
  readonly rows: Blob;
  /** Whether a file that is there is replaced. */
  readonly overwrite?: boolean;
}

/** A file that was written. */
export interface ISavedTable {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** What the format could not hold as it was, one sentence each. */
  readonly notes: readonly string[];
}

/** Header by which the gateway marks errors of its own. */
export const ERROR_HEADER = 'X-Obsdeck-Error';

const NO_SERVER = 'No connection to the Jupyter server.';
const NO_SERVER_HALF = 'The server half of Obsdeck is missing.';

/** The Jupyter server's own routes, `<base_url>obsdeck/api/…`. */
export class ServerApi {
  constructor(private readonly _options: IServerOptions) {}

  /** Version handshake. Fails with `not-found` where the server half is missing. */
  async hello(): Promise<IHello> {
    return (await this._call('hello')) as IHello;
  }

  /** All archive definitions, and what was wrong with those that could not be used. */
  async archives(): Promise<IArchiveList> {
    return (await this._call('archives')) as IArchiveList;
  }

  /** Add an archive of the user's own; answers its definition. */
  async addArchive(archive: INewArchive): Promise<IArchiveDefinition> {
    return (await this._send('POST', 'archives', archive)) as IArchiveDefinition;
  }

  /** Change how one signs in to an archive of the user's own; answers its definition. */
  async changeArchive(id: string, signIn: INewSignIn): Promise<IArchiveDefinition> {
    const path = `archives/${encodeURIComponent(id)}`;
    return (await this._send('PATCH', path, { signIn })) as IArchiveDefinition;
  }

  /** Remove one of the user's own archives. */
  async removeArchive(id: string): Promise<void> {
    await this._call(`archives/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /** All accounts; keeps what lives as long as the page alive. */
  async accounts(page: string): Promise<IAccountList> {
    return (await this._call(
      `accounts?page=${encodeURIComponent(page)}`
    )) as IAccountList;
  }

  /** Sign in with what was typed. */
  async signIn(
    archive: string,
    request: ISignInRequest,
    page: string,
    signal?: AbortSignal
  ): Promise<IAccountAnswer> {
    return this._account(archive, { action: 'sign-in', ...request, page }, signal);
  }

  /** Take a credential that was found. */
  async useFound(archive: string, place: ICredentialPlace): Promise<IAccountAnswer> {
    const { kind, name } = place;
    return this._account(archive, { action: 'use', place: { kind, name } });
  }

  /** Ask the archive whether it accepts the credential. */
  async checkAccount(archive: string): Promise<IAccountAnswer> {
    return this._account(archive, { action: 'check' });
  }

  /** Renew without asking the user. */
  async renewAccount(archive: string): Promise<IAccountAnswer> {
    return this._account(archive, { action: 'renew' });
  }

  /** Sign out of an archive. */
  async signOut(archive: string): Promise<void> {
    await this._call(`accounts/${encodeURIComponent(archive)}`, { method: 'DELETE' });
  }

  /** The page goes away, or is loaded anew; sent even while it does. */
  async leave(page: string): Promise<void> {
    await this._send('POST', 'accounts', { leaving: page }, { keepalive: true });
  }

  /**
   * Save rows as a file in the workspace.
   *
   * @throws ProtocolError `rejected`, with status 409 where the file is there already and
   * shall not be replaced; `cancelled` by `signal`, and then nothing is left on the disk
   */
  async saveTable(table: ITableToSave, signal?: AbortSignal): Promise<ISavedTable> {
    const { path, format, rows, overwrite } = table;
    const query = new URLSearchParams({ path, format });
    if (overwrite) {
      query.set('overwrite', '1');
    }
    return (await this._call(`tables?${query.toString()}`, {
      method: 'POST',
      body: rows,
      headers: { 'Content-Type': 'application/vnd.apache.arrow.stream' },
      ...(signal && { signal })
    })) as ISavedTable;
  }

  /**
   * Ask what a file on the server's disk looks like.
   *
   * @param query - `path`, `what` and what that needs
   * @throws ProtocolError for any answer but the one that was asked for
   */
  async quickLook(query: URLSearchParams, signal: AbortSignal): Promise<Response> {
    const path = `api/quicklook?${query.toString()}`;
    const response = await reach(this._options, path, { signal });
    if (!response.ok) {
      throw await serverError(response);
    }
    return response;
  }

  /** The jobs that are kept for this user. */
  async jobs(): Promise<IJobRecords> {
    return (await this._call('jobs')) as IJobRecords;
  }

  /** Keep a job, in place of the one of the same id. */
  async keepJob(record: IJobRecord): Promise<IJobRecord> {
    const path = `jobs/${encodeURIComponent(record.id)}`;
    return (await this._send('PUT', path, record)) as IJobRecord;
  }

  /** Forget a job; its service is not asked. */
  async forgetJob(id: string): Promise<void> {
    await this._call(`jobs/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  /**
   * Send JSON, or nothing, to a route and read the JSON it answers.
   *
   * @param path - below `api/`
   */
  async json(method: string, path: string, body?: object): Promise<unknown> {
    return body ? this._send(method, path, body) : this._call(path, { method });
  }

  /** Read the text a route answers, whole. */
  async text(path: string): Promise<string> {
    return (await this._ask(path)).text();
  }

  /** Read what a route answers as it comes. */
  async stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this._ask(path, { signal });
    return body ?? new ReadableStream({ start: controller => controller.close() });
  }

  private async _account(
    archive: string,
    body: object,
    signal?: AbortSignal
  ): Promise<IAccountAnswer> {
    const path = `accounts/${encodeURIComponent(archive)}`;
    return (await this._send('POST', path, body, {
      ...(signal && { signal })
    })) as IAccountAnswer;
  }

  private async _send(
    method: string,
    path: string,
    body: object,
    init: RequestInit = {}
  ): Promise<unknown> {
    return this._call(path, { ...init, method, body: JSON.stringify(body) });
  }

  private async _call(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await this._ask(path, init);
    return response.status === 204 ? undefined : await response.json();
  }

  private async _ask(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await reach(this._options, `api/${path}`, init);
    if (!response.ok) {
      throw await serverError(response);
    }
    return response;
  }
}

/**
 * Send a request to one of our routes.
 *
 * @throws {@link ProtocolError} `unavailable` when the Jupyter server does not answer,
 * `cancelled` when the caller stopped it
 */
export async function reach(
  options: IServerOptions,
  path: string,
  init: RequestInit
): Promise<Response> {
  try {
    return await options.fetch(`${options.baseUrl}obsdeck/${path}`, init);
  } catch (cause) {
    if (init.signal?.aborted) {
      throw new ProtocolError('cancelled', 'Cancelled.', { cause });
    }
    const hint = 'What is on screen stays.';
    const details = { hint, archive: '', cause };
    throw new ProtocolError('unavailable', NO_SERVER, details);
  }
}

/**
 * The error an answer of the Jupyter server stands for: what our half of it tells,
 * otherwise one of the server itself, for which no archive is to blame.
 */
export async function serverError(response: Response): Promise<ProtocolError> {
  const told = errorOf(await response.json().catch(() => null));
  const { status } = response;
  if (told) {
    const { kind, message, hint, archive } = told;
    return new ProtocolError(asKind(kind), message ?? NO_SERVER, {
      status: told.status ?? undefined,
      hint: hint ?? undefined,
      archive: archive ?? undefined
    });
  }
  const details = { status, archive: '' };
  if (status === 404) {
    const hint = 'Install it where JupyterLab runs: pip install obsdeck';
    return new ProtocolError('not-found', NO_SERVER_HALF, { ...details, hint });
  }
  if (status === 401 || status === 403) {
    const hint = 'Reload the page to sign in to Jupyter again.';
    const message = 'The Jupyter server did not accept this page’s login.';
    return new ProtocolError('forbidden', message, { ...details, hint });
  }
  const message = `The Jupyter server answered with an error (HTTP ${status}).`;
  return new ProtocolError('unavailable', message, details);
}

interface IToldError {
  readonly kind?: string;
  readonly message?: string;
  readonly hint?: string | null;
  readonly status?: number | null;
  readonly archive?: string | null;
}

function errorOf(body: unknown): IToldError | null {
  const error = (body as { error?: IToldError } | null)?.error;
  return typeof error === 'object' && error !== null ? error : null;
}

function asKind(kind: string | undefined): ErrorKind {
  return ERROR_KINDS.find(known => known === kind) ?? 'unavailable';
}
