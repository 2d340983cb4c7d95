import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { describe, expect, it, vi } from 'vitest';

import { LinkTabs } from '../../../src/plugins/links/linktabs.js';
import { QuickLookTabs } from '../../../src/plugins/quicklook/quicklooktabs.js';
import type { IArchiveRegistry } from '../../../src/tokens.js';
import { archiveOf, documentAt, FakeLinks } from '../model/links/support.js';

const trans = nullTranslator.load('obsdeck');

/** A shell whose tabs are closed as soon as they are there. */
function hastyShell(): JupyterFrontEnd.IShell {
  return {
    add: (tab: Widget) => tab.dispose(),
    activateById: () => undefined
  } as unknown as JupyterFrontEnd.IShell;
}

describe('A tab that is closed before its parts are loaded', () => {
  it('of links asks nobody', async () => {
    const service = new FakeLinks({});
    const archive = archiveOf(service);
    const tabs = new LinkTabs({
      app: { shell: hastyShell() } as JupyterFrontEnd,
      archives: {} as IArchiveRegistry,
      trans,
      deeds: () => ({ open: () => undefined })
    });
    const source = documentAt('https://x.example/links?ID=1');
    await tabs.open({ archive, as: 'anyone', subjects: [{ name: '1', source }] });
    expect(service.asked).toEqual([]);
  });

  it('of Quick look reads nothing, and is no error', async () => {
    const fetch = vi.fn();
    const tabs = new QuickLookTabs({ shell: hastyShell(), trans, fetch, remote: {} });
    await tabs.open({ kind: 'file', path: 'a.fits' }, true);
    expect(fetch).not.toHaveBeenCalled();
  });
});
