import type { ITapCapability } from '../../vosi.js';
import type { NearestNames } from '../nearest.js';
import type { IOutline, ISpan } from '../outline.js';
import type { INameSpace } from '../scope.js';

/** A piece of the text to be replaced. */
export interface IChange extends ISpan {
  readonly insert: string;
}

/** What makes a problem go away. */
export interface IFix {
  /** What is written instead, for the label of the button. */
  readonly text: string;
  /** Apart from each other, in the order of the text. */
  readonly changes: readonly IChange[];
}

/** What is wrong at a place, before line and column are known. */
export interface IFinding extends ISpan {
  /** Errors keep the query from being sent; the user can still insist. */
  readonly severity: 'error' | 'warning';
  /** One or two sentences. */
  readonly message: string;
  /** Only where there is one answer. */
  readonly fix?: IFix;
}

/** What a query is checked against. */
export interface ICheckContext extends INameSpace {
  /** Null where the service does not say what it can. */
  readonly capability: ITapCapability | null;
  /** Row limit that goes along with the query; missing where none does. */
  readonly rowLimit?: number;
}

/** What checks of one query share. */
export interface ICheckTools extends ICheckContext {
  readonly nearest: NearestNames;
}

/** Looks for one sort of problems. */
export type Check = (outline: IOutline, tools: ICheckTools) => Iterable<IFinding>;

/** A fix that replaces a span. */
export function replace({ from, to }: ISpan, insert: string, text = insert): IFix {
  return { text, changes: [{ from, to, insert }] };
}
