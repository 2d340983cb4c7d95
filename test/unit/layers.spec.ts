import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

/** Layers are a lint error when broken (docs/architecture.md); this breaks them. */
describe('layer rule', () => {
  let eslint: ESLint;

  beforeAll(() => {
    eslint = new ESLint({ cwd: new URL('../..', import.meta.url).pathname });
  });

  async function messages(filePath: string, code: string): Promise<string[]> {
    const [result] = await eslint.lintText(code, { filePath });
    return result.messages
      .filter(({ ruleId }) => ruleId?.includes('restricted'))
      .map(({ message }) => message);
  }

  it.each([
    ['src/protocol/x.ts', "import { A } from '../archives/archive.js'; A;"],
    ['src/protocol/x.ts', "import { A } from '@lumino/signaling'; A;"],
    ['src/protocol/votable/x.ts', "import { A } from '../../model/query.js'; A;"],
    ['src/archives/x.ts', "import { A } from '../model/query.js'; A;"],
    ['src/archives/x.ts', "import { A } from 'react'; A;"],
    ['src/model/x.ts', "import { A } from '../view/results/panel.js'; A;"],
    ['src/model/x.ts', "import { A } from '@jupyterlab/application'; A;"],
    ['src/view/x.ts', "import { A } from '../transport/server.js'; A;"],
    ['src/view/x.ts', "import { A } from '../worker/engine.js'; A;"],
    ['src/worker/x.ts', "import { A } from '../model/result.js'; A;"],
    ['src/worker/x.ts', "import { A } from '@lumino/signaling'; A;"],
    ['src/view/x.ts', "import { A } from '@jupyterlab/services'; A;"],
    ['src/view/x.ts', "import { A } from '../tokens.js'; A;"],
    [
      'src/model/x.ts',
      "const archive = { id: '' }; if (archive.id === 'eso') { throw 1; }"
    ],
    [
      'src/plugins/x.ts',
      "const a = { definition: { kind: '' } }; if (a.definition.kind === 'eso') { throw 1; }"
    ]
  ])('refuses in %s: %s', async (path, code) => {
    expect(await messages(path, code)).toHaveLength(1);
  });

  it.each([
    ['src/protocol/x.ts', "import { A } from 'apache-arrow'; A;"],
    ['src/model/x.ts', "import { A } from '../protocol/errors.js'; A;"],
    ['src/view/results/x.ts', "import { A } from '../../model/query.js'; A;"],
    ['src/view/results/x.ts', "import { A } from '../shared/format.js'; A;"],
    ['src/worker/x.ts', "import { A } from '../model/table/tasks.js'; A;"],
    ['src/plugins/x.ts', "import { A } from '../transport/server.js'; A;"],
    ['src/archives/eso/x.ts', "const a = { id: '' }; if (a.id === 'eso') { throw 1; }"]
  ])('allows in %s: %s', async (path, code) => {
    expect(await messages(path, code)).toEqual([]);
  });
});
