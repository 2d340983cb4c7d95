/** An editor for ADQL inside an element of ours. */
export interface IQueryEditor {
  /** The text as it stands; setting it does not call `onChange`. */
  text: string;
  focus(): void;
  dispose(): void;
}

/**
 * Makes an ADQL editor.
 *
 * @param host - empty element to put it in; it gives the size
 * @param text - text at the beginning
 * @param onChange - called with the text after each edit by the user
 */
export type QueryEditorFactory = (
  host: HTMLElement,
  text: string,
  onChange: (text: string) => void
) => IQueryEditor;
