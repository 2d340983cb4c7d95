import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { SearchForm } from '../../../../src/view/search/form.js';
import { button, propsOf, show, textbox } from './support.js';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('SearchForm while a search runs', () => {
  const running = { rows: 3200, bytes: 2_100_000, seconds: 1.4, isWaiting: false };
  /** What is said of a long silence; the cost is a status, too. */
  const slowness = () => screen.queryByRole('status', { name: '' });
  const wait = (milliseconds: number) =>
    act(() => vi.advanceTimersByTime(milliseconds));

  it('shows nothing of a short wait', () => {
    vi.useFakeTimers();
    show({ running });
    wait(299);
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(button('Search')).toBeTruthy();
  });

  it('shows how far it is and turns Search into Cancel, with the focus on it', () => {
    vi.useFakeTimers();
    const props = propsOf();
    const { rerender } = render(<SearchForm {...props} />);
    button('Search').focus();
    rerender(<SearchForm {...props} running={running} />);
    wait(300);
    const bar = screen.getByRole('progressbar', { name: 'Search' });
    expect(bar.getAttribute('aria-valuetext')).toBe('3,200 rows, 2.1 MB, 1.4 s');
    expect(document.activeElement).toBe(button('Cancel'));
    fireEvent.click(button('Cancel'), { detail: 1 });
    expect(props.onCancel).toHaveBeenCalledOnce();
    rerender(<SearchForm {...props} running={null} />);
    expect(document.activeElement).toBe(button('Search'));
  });

  it('keeps the focus while a job starts', () => {
    vi.useFakeTimers();
    const props = { ...propsOf(), onJob: vi.fn() };
    const { rerender } = render(<SearchForm {...props} />);
    button('Run as job').focus();
    rerender(<SearchForm {...props} waiting={{ for: 'job' }} />);
    wait(300);
    expect(document.activeElement).toBe(button('Cancel'));
    rerender(<SearchForm {...props} waiting={null} />);
    expect(document.activeElement).toBe(button('Search'));
  });

  it('does not take the second click of a double click for Cancel', () => {
    vi.useFakeTimers();
    const { onCancel } = show({ running });
    wait(300);
    fireEvent.click(button('Cancel'), { detail: 2 });
    expect(onCancel).not.toHaveBeenCalled();
  });

  it('blames nobody for a silence while it waits for a sign-in', () => {
    vi.useFakeTimers();
    show({ running: { ...running, isWaiting: true } });
    wait(300);
    wait(60_000);
    expect(button('Cancel')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(slowness()).toBeNull();
  });

  it('says which of several slices runs', () => {
    vi.useFakeTimers();
    show({ running: { ...running, slice: { number: 2, of: 5 } } });
    wait(300);
    expect(screen.getByRole('progressbar').getAttribute('aria-valuetext')).toBe(
      'slice 2 of 5, 3,200 rows, 2.1 MB, 1.4 s'
    );
  });

  it('can be cancelled while a name is looked up, or a job starts', () => {
    vi.useFakeTimers();
    const props = show({ waiting: { for: 'name', name: 'M 83' } });
    wait(300);
    expect(screen.getByText('Looking up ‘M 83’ …')).toBeTruthy();
    fireEvent.click(button('Cancel'), { detail: 1 });
    expect(props.onCancel).toHaveBeenCalledOnce();
  });

  it('cancels by Escape', () => {
    const { onCancel } = show({ running });
    fireEvent.keyDown(textbox('Radius'), { key: 'Escape' });
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('puts a long silence into words, until bytes come', () => {
    vi.useFakeTimers();
    const props = propsOf({
      running: { rows: 0, bytes: 0, seconds: 0, isWaiting: false }
    });
    const { rerender } = render(<SearchForm {...props} />);
    wait(300);
    wait(9000);
    expect(slowness()).toBeNull();
    wait(3000);
    expect(slowness()?.textContent).toBe(
      'Sandbox (works offline) has not answered for 12 s. It may take two minutes.'
    );
    expect(screen.getByRole('progressbar').getAttribute('aria-valuetext')).toBe(
      '0 rows, 0 byte, 12.0 s'
    );
    rerender(<SearchForm {...props} running={running} />);
    expect(slowness()).toBeNull();
  });
});
