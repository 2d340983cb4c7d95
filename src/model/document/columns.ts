import { type IColumnLayout, USUAL_LAYOUT } from '../columnlayout.js';
import { listOf, members, type Reader, recordOf, text } from './fields.js';
import { type JsonValue, LineError } from './json.js';

const PARTS: {
  readonly [Part in keyof IColumnLayout]: Reader<IColumnLayout[Part]>;
} = {
  order: listOf(text),
  hidden: listOf(text),
  pinned: listOf(text),
  units: recordOf(text)
};

/** How columns are shown, as the document has it; what is not there is as usual. */
export const readColumns: Reader<IColumnLayout> = (node, name) => {
  const entries = [...members(node, name)].map(([key, part]) => {
    if (!Object.hasOwn(PARTS, key)) {
      throw new LineError(part.line, `“${key}” is nothing that columns have`);
    }
    return [key, PARTS[key as keyof IColumnLayout](part, key)];
  });
  return { ...USUAL_LAYOUT, ...Object.fromEntries(entries) } as IColumnLayout;
};

/** What of a layout is not as usual. */
export function writeColumns(layout: IColumnLayout): Record<string, JsonValue> {
  const parts = Object.keys(PARTS) as (keyof IColumnLayout)[];
  return Object.fromEntries(
    parts
      .filter(part => Object.keys(layout[part]).length > 0)
      .map(part => [part, layout[part]])
  );
}
