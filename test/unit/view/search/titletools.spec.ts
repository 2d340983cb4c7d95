import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { fireEvent, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { titleTools } from '../../../../src/view/search/titletools.js';

afterEach(() => document.body.replaceChildren());

it('opens the history and saves from the title, without staying pressed', async () => {
  const actions = { history: vi.fn(), save: vi.fn() };
  const tools = titleTools(
    actions,
    nullTranslator.load('obsdeck'),
    new Widget({ node: document.createElement('span') })
  );
  Widget.attach(tools, document.body);
  const tool = (title: string) => tools.node.querySelector(`[title="${title}"]`);
  await waitFor(() => expect(tool('Save search')).not.toBeNull());
  fireEvent.click(tool('History')!);
  expect(actions.history).toHaveBeenCalledOnce();
  fireEvent.click(tool('Save search')!);
  expect(actions.save).toHaveBeenCalledOnce();
  await waitFor(() => {
    expect(tool('History')?.getAttribute('aria-pressed')).not.toBe('true');
  });
  tools.dispose();
});
