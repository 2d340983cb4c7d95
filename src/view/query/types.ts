import type { IChange, ICompletions, IProblem } from '../../protocol/adql/index.js';

/** How the user wants the editor to be. */
export interface IEditorSettings {
  /** Names are offered while they are typed, else only when asked for. */
  readonly completeWhileTyping: boolean;
  /** A query with errors is sent only when the user insists. */
  readonly errorsStopRun: boolean;
}

/** The editor as it is unless the user wants it otherwise. */
export const USUAL_SETTINGS: IEditorSettings = {
  completeWhileTyping: true,
  errorsStopRun: true
};

/** What helps while ADQL is typed. */
export interface IEditorHelp {
  /** Accessible name of the text box. */
  readonly label: string;
  /** What can stand at the cursor. */
  complete(text: string, cursor: number): ICompletions | null;
  /** Resolves once more is known to complete by; null where nothing is waited for. */
  ready(): Promise<void> | null;
  /** True where the list opens by itself while a name is typed. */
  opensByItself(): boolean;
  /** Words for the list of completions. */
  readonly words: ICompletionWords;
  /** The user asks for the next problem. */
  nextProblem(): void;
}

/** Words for the list of completions. */
export interface ICompletionWords {
  /** What kind of name it is, or the type of a column: “table”, “text, key”, “number, deg”. */
  detail(item: ICompletions['items'][number]): string;
  /** Where there is nothing to say of a unit: “no unit”. */
  readonly noUnit: string;
}

/** An editor for ADQL inside an element of ours. */
export interface IQueryEditor {
  /** The text as it stands; setting it does not call `onChange`. */
  text: string;
  focus(): void;
  dispose(): void;
  /** Close the list of completions, which would hide what comes below. */
  closeList?(): void;
  /** Mark these places of the text. */
  showProblems?(problems: readonly IProblem[]): void;
  /** Replace pieces of the text; the cursor stays where it is in the rest. */
  change?(changes: readonly IChange[]): void;
  /** Put a text where the cursor is, or instead of what is selected. */
  insert?(text: string): void;
  /** Bring a place into sight and put the cursor there. */
  select?(from: number, to: number): void;
}

/**
 * Makes an ADQL editor.
 *
 * @param host - empty element to put it in; it gives the size
 * @param text - text at the beginning
 * @param onChange - called with the text after each edit by the user
 * @param help - what helps while typing; an editor need not make use of it
 */
export type QueryEditorFactory = (
  host: HTMLElement,
  text: string,
  onChange: (text: string) => void,
  help?: IEditorHelp
) => IQueryEditor;
