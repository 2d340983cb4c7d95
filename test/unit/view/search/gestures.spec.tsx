import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { SearchForm } from '../../../../src/view/search/form.js';
import { button, propsOf, show } from './support.js';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('SearchForm gestures', () => {
  it('search by the button and by Ctrl or Cmd Enter from any field', () => {
    const { onSearch } = show();
    fireEvent.click(button('Search'));
    const order = screen.getByRole('combobox', { name: 'Order by' });
    fireEvent.keyDown(order, { key: 'Enter', ctrlKey: true });
    fireEvent.keyDown(order, { key: 'Enter', metaKey: true });
    fireEvent.keyDown(order, { key: 'Enter' });
    expect(onSearch).toHaveBeenCalledTimes(3);
  });

  it('run as a job where the service has any', () => {
    const onJob = vi.fn();
    show({ onJob });
    fireEvent.click(button('Run as job'));
    expect(onJob).toHaveBeenCalledOnce();
    cleanup();
    show();
    expect(screen.queryByRole('button', { name: 'Run as job' })).toBeNull();
  });

  it('count when asked', () => {
    const { onCount, onSearch } = show();
    fireEvent.click(button('Count'));
    expect(onCount).toHaveBeenCalledOnce();
    expect(onSearch).not.toHaveBeenCalled();
  });

  it('say what an empty form does, and only then', () => {
    const props = propsOf();
    const { rerender } = render(<SearchForm {...props} />);
    const sentence =
      'An empty form lists the first 1,000 observations. Nothing is sent before you press Search.';
    expect(screen.getByText(sentence)).toBeTruthy();
    rerender(<SearchForm {...props} isEmpty={false} />);
    expect(screen.queryByText(sentence)).toBeNull();
  });

  it('do nothing, and say why, while the server cannot be asked', () => {
    const { onSearch } = show({ blocked: 'No connection to the Jupyter server.' });
    const search = button('Search') as HTMLButtonElement;
    expect(search.disabled).toBe(true);
    expect(search.title).toBe('No connection to the Jupyter server.');
    fireEvent.keyDown(search, { key: 'Enter', ctrlKey: true });
    expect(onSearch).not.toHaveBeenCalled();
  });

  it('show the ADQL and open its editor', () => {
    const { onEdit } = show();
    const region = within(screen.getByRole('region', { name: 'ADQL' }));
    expect(region.getByText(/FROM ivoa.ObsCore/)).toBeTruthy();
    fireEvent.click(region.getByRole('link', { name: 'Edit ADQL' }));
    expect(onEdit).toHaveBeenCalledOnce();
  });

  it('go back from ADQL edited by hand', () => {
    const { onRevert } = show({ handEdited: true });
    const words = 'The ADQL was edited by hand; the form cannot show it.';
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByText(/FROM ivoa.ObsCore/)).toBeNull();
    fireEvent.click(button('Go back to the form'));
    expect(onRevert).toHaveBeenCalledOnce();
  });
});
