import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { IAskerAccount } from '../../../../src/view/search/asker.js';
import { button, show } from './support.js';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('SearchForm search as', () => {
  const ESO: IAskerAccount = {
    archive: 'ESO',
    host: 'archive.eso.org',
    isNeeded: false,
    isSignedIn: true,
    note: 'Me: also rows only you may see; slower at ESO, better as a job.',
    off: ''
  };
  const group = () => screen.getByRole('radiogroup', { name: 'Search as' });
  const radio = (name: string) =>
    within(group()).getByRole<HTMLInputElement>('radio', { name });
  const note = () => {
    const id = group().getAttribute('aria-describedby');
    return id === null ? '' : document.getElementById(id)?.textContent;
  };

  it('is left out where there can be no account', () => {
    show();
    expect(screen.queryByRole('radiogroup')).toBeNull();
  });

  it('offers anyone first and reports the choice', () => {
    const { onAsker } = show({ account: ESO });
    expect(radio('Anyone').checked).toBe(true);
    expect(note()).toBe('');
    fireEvent.click(radio('Me'));
    expect(onAsker).toHaveBeenCalledWith('me');
  });

  it('says what “Me” brings, and what is sent to whom', () => {
    show({ account: ESO, asker: 'me' });
    expect(note()).toBe(
      'Me: also rows only you may see; slower at ESO, better as a job.'
    );
    expect(screen.getByText('Sent to archive.eso.org, as you.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Sign in to ESO' })).toBeNull();
  });

  it('has words of its own for archives without any', () => {
    show({ account: { ...ESO, note: '' }, asker: 'me' });
    expect(note()).toBe('Me: also rows only you may see.');
  });

  it('offers to sign in before anything is sent', () => {
    const { onSignIn, onSearch } = show({
      account: { ...ESO, isSignedIn: false },
      asker: 'me'
    });
    expect(screen.queryByText(/Sent to/)).toBeNull();
    fireEvent.click(button('Sign in to ESO'));
    expect(onSignIn).toHaveBeenCalledOnce();
    expect(onSearch).not.toHaveBeenCalled();
  });

  it('says which archive needs an account', () => {
    const account = {
      ...ESO,
      archive: 'Rubin DP0.2',
      isNeeded: true,
      isSignedIn: false
    };
    show({ account, asker: 'me' });
    expect(note()).toBe('Rubin DP0.2 needs an account.');
    expect(button('Sign in to Rubin DP0.2')).toBeTruthy();
  });

  it('says so, too, to those who choose anyone although they are signed in', () => {
    show({ account: { ...ESO, isNeeded: true } });
    expect(note()).toBe('ESO needs an account.');
  });

  it('says why nobody can sign in', () => {
    const off = 'Sign-in is off: this server cannot tell its users apart.';
    show({ account: { ...ESO, isSignedIn: false, off } });
    expect(radio('Me').disabled).toBe(true);
    expect(note()).toBe(off);
  });

  it('comes after the row limit and before the ADQL', () => {
    show({ account: ESO });
    const limit = screen.getByRole('spinbutton', { name: 'Row limit' });
    const adql = screen.getByRole('link', { name: 'Edit ADQL' });
    const { DOCUMENT_POSITION_FOLLOWING: follows } = Node;
    expect(limit.compareDocumentPosition(group()) & follows).toBeTruthy();
    expect(group().compareDocumentPosition(adql) & follows).toBeTruthy();
  });
});
