import { InputDialog } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { QueryModel } from '../../model/query.js';
import { joinBytes } from '../../model/export/bytes.js';
import { packRows } from '../../model/export/ipc.js';
import { originOf } from '../../model/export/origin.js';
import { pausing } from '../../model/table/pause.js';
import { pythonString } from '../../protocol/python.js';

/** Bytes of rows that are sent at most. */
export const SEND_LIMIT = 64_000_000;

/**
 * Letters of one message. Jupyter's server closes a connection on which one of more than
 * 10 MiB comes, and with it the kernel's.
 */
const PART_LETTERS = 4 << 20;

/** What is sent, and where to. */
export interface ISending {
  readonly query: QueryModel | null;
  /** Rows of the store. */
  readonly selectedRows: readonly number[];
}

/**
 * Ask for the name of a variable, and put the selected rows into it, in the kernel of the
 * notebook used last.
 *
 * @returns the name; null where the user gave up
 * @throws Error with what to do
 */
export async function sendSelection(
  trans: TranslationBundle,
  notebooks: INotebookTracker,
  sending: ISending,
  variable?: string
): Promise<string | null> {
  const kernel = notebooks.currentWidget?.sessionContext.session?.kernel;
  if (!kernel) {
    throw new Error(trans.__('No notebook with a running kernel is open.'));
  }
  const name = variable ?? (await askName(trans));
  if (name === null) {
    return null;
  }
  if (!isVariable(name)) {
    throw new Error(
      trans.__('\u201c%1\u201d is no name of a variable in Python.', name)
    );
  }
  const stream = await packed(trans, sending);
  for (const code of sendingCode(name, stream)) {
    await run(trans, kernel, code);
  }
  return name;
}

/** True for what can stand before `=` in Python. */
export function isVariable(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !KEYWORDS.has(name);
}

/** Python that puts an Arrow stream into a variable, piece by piece. */
export function sendingCode(name: string, stream: Uint8Array): string[] {
  const text = base64(stream);
  const parts = Array.from(
    { length: Math.max(1, Math.ceil(text.length / PART_LETTERS)) },
    (_, index) => text.slice(index * PART_LETTERS, (index + 1) * PART_LETTERS)
  );
  return [
    `${PARTS} = []`,
    ...parts.map(part => `${PARTS}.append(${pythonString(part)})`),
    [
      'import base64 as _obsdeck_base64',
      'from obsdeck.tables.astropytable import table_of as _obsdeck_table_of',
      `${name} = _obsdeck_table_of(_obsdeck_base64.b64decode("".join(${PARTS})))`,
      `del ${PARTS}, _obsdeck_base64, _obsdeck_table_of`
    ].join('\n')
  ];
}

const PARTS = '_obsdeck_parts';

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else ' +
    'except finally for from global if import in is lambda nonlocal not or pass raise ' +
    'return try while with yield'
  ).split(' ')
);

async function askName(trans: TranslationBundle): Promise<string | null> {
  const { value, button } = await InputDialog.getText({
    title: trans.__('Send selection'),
    label: trans.__('Name of the variable, which will be an astropy Table'),
    text: 'selection',
    okLabel: trans.__('Send'),
    cancelLabel: trans.__('Cancel')
  });
  return button.accept ? (value ?? '').trim() : null;
}

async function packed(
  trans: TranslationBundle,
  { query, selectedRows }: ISending
): Promise<Uint8Array> {
  const { rows: store, provenance } = query?.result ?? {};
  if (!store || !provenance || selectedRows.length === 0) {
    throw new Error(trans.__('No rows are selected. Select rows first.'));
  }
  const pieces = await packRows(
    {
      schema: store.head.schema,
      batches: store.batches,
      rows: Uint32Array.from(selectedRows),
      columns: null,
      about: originOf(provenance)
    },
    pausing(new AbortController().signal),
    (_, bytes) => checkSize(trans, bytes)
  );
  const stream = joinBytes(pieces);
  checkSize(trans, stream.length);
  return stream;
}

/** @throws Error where so many bytes are too many to be sent */
function checkSize(trans: TranslationBundle, bytes: number): void {
  if (bytes > SEND_LIMIT) {
    throw new Error(
      trans.__('These rows are too many to be sent. Export them, or select fewer rows.')
    );
  }
}

async function run(
  trans: TranslationBundle,
  kernel: Kernel.IKernelConnection,
  code: string
): Promise<void> {
  const { content } = await kernel.requestExecute({
    code,
    silent: true,
    store_history: false,
    allow_stdin: false
  }).done;
  if (content.status === 'error') {
    const { ename, evalue } = content;
    throw new Error(
      trans.__('The kernel did not take the rows: %1', `${ename}: ${evalue}`)
    );
  }
}

function base64(bytes: Uint8Array): string {
  const step = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += step) {
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(text);
}
