import type { CommandRegistry } from '@lumino/commands';

import type { QueryModel } from '../../model/query.js';
import type { IQueryJobs } from '../../tokens.js';
import type { IQueryMeans } from '../../view/query/pane.js';
import type { IEditorSettings } from '../../view/query/types.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import type { ISchemas } from './schema.js';

/** What of the application the tools of an editor use. */
export interface IQueryToolParts {
  readonly schemas: ISchemas;
  readonly jobs: IQueryJobs | null;
  readonly commands: CommandRegistry;
  /** How the user wants the editor to be, now. */
  readonly settings: IEditorSettings;
}

/** What is done with a query beside running it; what nobody provides is missing. */
export class QueryTools implements IQueryMeans {
  constructor(
    private readonly _model: QueryModel,
    private readonly _parts: IQueryToolParts
  ) {}

  get schemas(): ISchemas {
    return this._parts.schemas;
  }

  get settings(): IEditorSettings {
    return this._parts.settings;
  }

  /** Missing also where the archive's service runs no jobs. */
  get runJob(): (() => void) | undefined {
    const { jobs } = this._parts;
    const { current } = this._model;
    return jobs && current?.archive.discover?.jobs
      ? () => attempt(jobs.start(current))
      : undefined;
  }

  get saveSearch(): (() => void) | undefined {
    return this._command(CommandIDs.saveSearch);
  }

  get history(): (() => void) | undefined {
    return this._command(CommandIDs.openHistory);
  }

  get showForm(): (() => void) | undefined {
    return this._command(CommandIDs.showSection, { section: 'search' });
  }

  private _command(id: string, args = {}): (() => void) | undefined {
    const { commands } = this._parts;
    return commands.hasCommand(id)
      ? () => attempt(commands.execute(id, args))
      : undefined;
  }
}
