/** What is done with bytes that were fetched, and what is imported for it. */
export interface IHandling {
  /** Import statements. */
  readonly imports: readonly string[];
  readonly lines: readonly string[];
}

/** How the bytes in `content` are used: by their media type. */
export function handlingOf(contentType: string): IHandling {
  const found = HANDLINGS.find(([type]) => type.test(contentType));
  return found?.[1] ?? SAVE;
}

const SAVE: IHandling = {
  imports: ['from pathlib import Path'],
  lines: ['Path("obsdeck.dat").write_bytes(content)']
};

const HANDLINGS: readonly (readonly [type: RegExp, handling: IHandling])[] = [
  [
    /fits/i,
    {
      imports: ['from io import BytesIO', 'from astropy.io import fits'],
      lines: ['hdus = fits.open(BytesIO(content))', 'hdus.info()']
    }
  ],
  [
    /votable/i,
    {
      imports: ['from io import BytesIO', 'from astropy.table import Table'],
      lines: ['table = Table.read(BytesIO(content), format="votable")', 'table']
    }
  ],
  [/^text\//i, { imports: [], lines: ['print(content.decode(errors="replace"))'] }],
  [
    /^image\//i,
    { imports: ['from IPython.display import Image'], lines: ['Image(content)'] }
  ]
];

/** Import statements, each once, in the order of Python's style: its own first, a blank line, others. */
export function importLines(statements: readonly string[]): readonly string[] {
  const isPlain = (line: string): boolean => line.startsWith('import ');
  const sorted = (lines: readonly string[]): readonly string[] => [
    ...lines.filter(isPlain).sort(),
    ...lines.filter(line => !isPlain(line)).sort()
  ];
  const all = [...new Set(statements)];
  const own = all.filter(line => OWN.test(line));
  const others = all.filter(line => !OWN.test(line));
  return own.length > 0 ? [...sorted(own), '', ...sorted(others)] : sorted(others);
}

const OWN = /^(from (io|pathlib) |import time$)/;
