import type { IArchiveDefinition } from '../../archives/archive.js';
import type { QueryModel } from '../../model/query.js';
import { type IRights, isSignedIn } from '../shared/rights.js';
import { accountSnapshot } from './accountsnapshot.js';
import type { IAccountSnapshot } from './bannerrights.js';

/** What a Results panel needs to ask in the user's name. */
export interface IRightsMeans {
  readonly rights: IRights;
  /** The definition as it is now; undefined for an archive that is not there any more. */
  definition(archive: string): IArchiveDefinition | undefined;
  /** Ask for what signing in needs; resolves to false when the user gave up. */
  signIn(archive: string): Promise<boolean>;
  /** Let the user change how one signs in to an archive of their own. */
  editArchive(archive: string): void;
}

/** Runs the query of a panel; one in the user's name only once there is a sign-in. */
export class QueryRunner {
  /** @param _means - the accounts; missing where there are none */
  constructor(
    private readonly _model: QueryModel,
    private readonly _means?: IRightsMeans
  ) {
    _model.result.tableChanged.connect(this._noteWho, this);
  }

  /** The accounts; null where there are none. */
  get rights(): IRights | null {
    return this._means?.rights ?? null;
  }

  /**
   * As whom the rows that are shown were fetched, by the name the archive knew the user by
   * at that time: it stays when they sign in as someone else. Null for anyone; empty where
   * the archive told no name. Kept in memory only, as a name may be an e-mail address.
   */
  get who(): string | null {
    return this._who;
  }

  /** Run the query as it stands; resolves when it has ended, or the user gave up. */
  async run(): Promise<void> {
    const { current } = this._model;
    const archive = current?.archive.definition.id ?? '';
    if (
      current?.as !== 'me' ||
      this._canAsk(archive) ||
      (await this._signIn(archive))
    ) {
      await this._model.run();
    }
  }

  /** Ask for a sign-in; what waits for it goes on by itself. */
  async signIn(archive: string): Promise<void> {
    await this._signIn(archive);
  }

  /** Sign in; what waits for that goes on, and what has ended is run again. */
  async signInAndGo(): Promise<void> {
    const archive = this._definition?.id ?? '';
    if (
      (await this._signIn(archive)) &&
      !this._model.isDisposed &&
      this._model.result.state !== 'loading'
    ) {
      await this._model.run();
    }
  }

  /** Ask the same in the user's name, after a sign-in where there is none. */
  async runAsMe(): Promise<void> {
    const archive = this._definition?.id ?? '';
    if (this._canAsk(archive) || (await this._signIn(archive))) {
      this._model.setAs('me');
      await this._model.run();
    }
  }

  /** Let the user say how one signs in to the archive. */
  editArchive(): void {
    if (this._definition) {
      this._means?.editArchive(this._definition.id);
    }
  }

  /**
   * The account at the archive that was asked last; before the first question, at the one
   * that would be. Null where there is neither.
   */
  get account(): IAccountSnapshot | null {
    const about = this._model.result.asked ?? this._model.current;
    if (!about) {
      return null;
    }
    const { definition: known } = about.archive;
    const definition = this._means?.definition(known.id) ?? known;
    return accountSnapshot(definition, about.table.service, this.rights);
  }

  private get _definition(): IArchiveDefinition | undefined {
    return this._model.current?.archive.definition;
  }

  /** Also where the accounts could not be read: then the server half decides. */
  private _canAsk(archive: string): boolean {
    const { rights } = this;
    return !rights?.list || isSignedIn(rights, archive);
  }

  private _noteWho(): void {
    const { provenance } = this._model.result;
    this._who =
      provenance?.as === 'me'
        ? (this.rights?.get(provenance.archive.definition.id)?.who ?? '')
        : null;
  }

  private async _signIn(archive: string): Promise<boolean> {
    const done = await this._means?.signIn(archive);
    return done === true && !this._model.isDisposed;
  }

  private _who: string | null = null;
}
