import { commentText } from './python.js';

/** What was asked, and what came: for the methods section of a paper. */
export interface IMethodNote {
  readonly archiveName: string;
  /** Base URL of the TAP service. */
  readonly serviceUrl: string;
  readonly table: string;
  /** The queries, in the order in which they were asked. */
  readonly adql: readonly string[];
  /** When it was asked, milliseconds since 1970, UTC; null where it was not. */
  readonly asked: number | null;
  /** Rows that came; null where nothing came yet. */
  readonly rows: number | null;
  /** Rows chosen among them. */
  readonly selected: number;
  /** True where the service has more rows than it sent. */
  readonly overflow: boolean;
  /** True where it was asked in the user's name. */
  readonly asMe: boolean;
  /** Sentence that the archive wants to be quoted with. */
  readonly acknowledgement?: string;
}

/** Markdown that says what was asked of whom, when, with which result. */
export function methodNote(note: IMethodNote): string {
  const { archiveName, serviceUrl, table, adql, acknowledgement } = note;
  const questions = adql.length > 1 ? 'these queries' : 'this query';
  const parts = [
    `**Method note.** ${plain(archiveName)}, table ${code(table)} of the TAP service at ` +
      `${code(serviceUrl)}, was ${when(note)} with ${questions}:`,
    ...adql.map(fenced),
    result(note),
    ...(acknowledgement ? [`Acknowledgement: ${plain(acknowledgement)}`] : [])
  ];
  return parts.filter(Boolean).join('\n\n');
}

function when({ asked, asMe }: IMethodNote): string {
  const how = asMe ? ' in the user\u2019s name' : '';
  if (asked === null) {
    return `to be searched${how}`;
  }
  const iso = new Date(asked).toISOString();
  return `searched${how} on ${iso.slice(0, 10)} at ${iso.slice(11, 16)} UTC`;
}

function result({ rows, selected, overflow }: IMethodNote): string {
  if (rows === null) {
    return '';
  }
  const count = (value: number): string => value.toLocaleString('en-US');
  const words = [`${count(rows)} ${rows === 1 ? 'row' : 'rows'} came.`];
  if (overflow) {
    words.push('The service has more.');
  }
  if (selected > 0) {
    words.push(`${count(selected)} of them ${selected === 1 ? 'was' : 'were'} chosen.`);
  }
  return words.join(' ');
}

/** A text in one line that Markdown leaves as it is. */
function plain(text: string): string {
  return commentText(text)
    .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A text in one line as code: within more backticks than it has in a row. */
function code(text: string): string {
  const line = commentText(text);
  const ticks = fence(line, 1);
  return ticks.length > 1 ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

function fenced(adql: string): string {
  const ticks = fence(adql, 3);
  return `${ticks}sql\n${adql}\n${ticks}`;
}

function fence(text: string, least: number): string {
  const longest = [...text.matchAll(/`+/g)].reduce(
    (most, [run]) => Math.max(most, run.length),
    0
  );
  return '`'.repeat(Math.max(least, longest + 1));
}
