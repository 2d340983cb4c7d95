import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type IEnding, statusItem } from '../../../../src/view/accounts/statusitem.js';
import { NOW, signedIn } from './fakes.js';

let ending: IEnding | null;
let item: Widget;
const onClick = vi.fn();

beforeEach(async () => {
  ending = null;
  item = statusItem(() => ending, onClick, nullTranslator);
  await act(async () => Widget.attach(item, document.body));
});

afterEach(() => act(() => item.dispose()));

const tell = (left: number | null, soon = false) =>
  act(async () => {
    const account = signedIn({ expires: left === null ? null : NOW + left });
    ending = { account, name: 'Rubin', now: NOW, soon };
    item.update();
  });

describe('The item of the status bar', () => {
  it('tells which account ends next, and shows the accounts', async () => {
    await tell(360, true);
    const button = screen.getByRole('button', {
      name: 'Account that ends next: Rubin, 6 min'
    });
    expect(button.textContent).toBe('Rubin 6 min');
    expect(button.querySelector('[data-icon="soon"]')).toBeTruthy();
    fireEvent.click(button);
    expect(onClick).toHaveBeenCalledOnce();
  });

  it('warns only where it ends soon', async () => {
    await tell(26_000);
    expect(screen.getByRole('button').querySelector('[data-icon="user"]')).toBeTruthy();
  });

  it('is absent when there is nothing to say', async () => {
    expect(screen.queryByRole('button')).toBeNull();
    await tell(null);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
