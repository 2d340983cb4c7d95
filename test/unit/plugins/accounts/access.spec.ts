import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { beforeEach, expect, it, vi } from 'vitest';

import { addAccessCommand } from '../../../../src/plugins/accounts/access.js';
import { CommandIDs } from '../../../../src/plugins/commands.js';
import type { ResultTabs } from '../../../../src/plugins/results/resulttabs.js';
import type { IArchiveRegistry } from '../../../../src/tokens.js';
import { archiveOf } from '../../model/rows.js';

const archive = archiveOf(async function* () {});
const { explainAccess } = CommandIDs;

let commands: CommandRegistry;
let asked: boolean;
const explain = vi.fn<ResultTabs['explain']>(() => Promise.resolve());

beforeEach(() => {
  commands = new CommandRegistry();
  asked = false;
  explain.mockClear();
  const tabs = {
    explain,
    get query() {
      return { result: { asked: asked ? {} : null } };
    }
  };
  addAccessCommand({
    app: { commands } as unknown as JupyterFrontEnd,
    tabs: tabs as unknown as ResultTabs,
    archives: {
      get: (id: string) => (id === 'test' ? archive : undefined)
    } as unknown as IArchiveRegistry,
    trans: nullTranslator.load('obsdeck'),
    palette: null
  });
});

it('explains what its arguments name', async () => {
  const args = { archive: 'test', id: 'SPHER.1' };
  expect(commands.label(explainAccess)).toBe('Why can’t I see it?');
  expect(commands.isEnabled(explainAccess, args)).toBe(true);
  await commands.execute(explainAccess, args);
  expect(explain).toHaveBeenCalledWith({
    archive: archive.definition,
    subject: 'SPHER.1'
  });
});

it('explains what is in front without arguments, once there is something', async () => {
  expect(commands.isEnabled(explainAccess)).toBe(false);
  asked = true;
  expect(commands.isEnabled(explainAccess)).toBe(true);
  await commands.execute(explainAccess);
  expect(explain).toHaveBeenCalledWith(undefined);
});

it('explains nothing of an archive that is not there', () => {
  expect(commands.isEnabled(explainAccess, { archive: 'gone', id: 'x' })).toBe(false);
});
