import type { Asker } from '../../archives/account.js';
import type { Cost } from '../../model/cost.js';
import type { ISearchProgress } from '../../model/search.js';
import type { FlowWait } from '../../model/searchflow.js';
import type { IAskerAccount } from './asker.js';
import type { IFormBinding } from './binding.js';
import type { ISourceProps } from './source.js';
import type { ITableFieldsProps } from './tablefields.js';

/** Values and callbacks of the search form. */
export interface ISearchFormProps
  extends IFormBinding, ISourceProps, Omit<ITableFieldsProps, 'bind'> {
  /** Keys of the columns that rows can be ordered by. */
  readonly orderColumns: readonly string[];
  /** As whom the archive is asked. */
  readonly asker: Asker;
  /** The account at the archive; null where it can have none. */
  readonly account: IAskerAccount | null;
  /** No field leaves rows out. */
  readonly isEmpty: boolean;
  /** The query the form stands for; null while it cannot be read. */
  readonly adql: string | null;
  /** True while nothing but the target's position is missing for a query. */
  readonly isNameOpen: boolean;
  readonly handEdited: boolean;
  readonly running: ISearchProgress | null;
  /** What is waited for before the search runs; null where nothing is. */
  readonly waiting: FlowWait | null;
  readonly cost: Cost;
  /** The archive's service runs queries as jobs. */
  readonly hasJobs: boolean;
  /** Why nothing can be searched now; undefined where it can. */
  readonly blocked?: string;
  onAsker(asker: Asker): void;
  onSignIn(): void;
  /** Search; the problems that stand in the way are in the next `problems`. */
  onSearch(): void;
  /** Count rows and values; problems as for `onSearch`. */
  onCount(): void;
  /** Let the service search by itself; missing where it cannot. */
  onJob?(): void;
  onCancel(): void;
  /** Open the ADQL in the editor, with the same condition. */
  onEdit(): void;
  /** Drop what was edited by hand. */
  onRevert(): void;
}
