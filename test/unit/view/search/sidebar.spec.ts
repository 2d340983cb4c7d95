import { Clipboard } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import { SearchModel } from '../../../../src/model/search.js';
import { SearchFlow } from '../../../../src/model/searchflow.js';
import type { ISearchCallbacks } from '../../../../src/view/search/callbacks.js';
import { SearchPanel } from '../../../../src/view/search/panel.js';
import { Sidebar } from '../../../../src/view/sidebar.js';
import { queriesOf } from '../../../support/forms.js';
import { archiveOf } from '../../model/rows.js';

let model: SearchModel;
let callbacks: ISearchCallbacks;
let sidebar: Sidebar;
let search: SearchPanel;

/** An archive with one table that is never asked. */
function archive(): IArchive {
  const base = archiveOf(() => {
    throw new Error('The sidebar asked an archive.');
  }, 'Sandbox');
  return { ...base, discover: { ...base.discover!, form: queriesOf() } };
}

beforeEach(async () => {
  model = new SearchModel();
  callbacks = {
    search: vi.fn(),
    cancel: vi.fn(),
    edit: vi.fn(),
    history: vi.fn(),
    save: vi.fn(),
    revert: vi.fn(),
    signIn: vi.fn(),
    addArchive: vi.fn(),
    targets: vi.fn()
  };
  search = new SearchPanel(
    new SearchFlow(model),
    callbacks,
    nullTranslator.load('obsdeck')
  );
  const { addArchive } = callbacks;
  sidebar = new Sidebar({ translator: nullTranslator, addArchive });
  sidebar.addSection('search', search);
  await act(async () => Widget.attach(sidebar, document.body));
});

afterEach(() => act(() => sidebar.dispose()));

const offer = (...archives: IArchive[]) => act(() => model.setArchives(archives));
const press = (control: HTMLElement) => act(async () => void fireEvent.click(control));
const type = (name: string, value: string) =>
  fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });

describe('Sidebar', () => {
  it('is the region Obsdeck with a section Search', () => {
    const panel = within(screen.getByRole('region', { name: 'Obsdeck' }));
    const heading = panel.getByRole('heading', { name: 'Search Section' });
    expect(heading.getAttribute('aria-expanded')).toBe('true');
    expect(panel.getByRole('region', { name: 'Search Section' })).toBeTruthy();
    expect(sidebar.title.caption).toBe('Obsdeck');
  });

  it('asks for an archive from its toolbar', async () => {
    const toolbar = screen.getByRole('toolbar', { name: 'Obsdeck' });
    await waitFor(() =>
      expect(toolbar.querySelector('[title="Add archive"]')).toBeTruthy()
    );
    fireEvent.click(toolbar.querySelector('[title="Add archive"]')!);
    expect(callbacks.addArchive).toHaveBeenCalledOnce();
  });

  it('shows nothing until the archives are known, and one button when there is none', () => {
    expect(screen.queryByText('No archive can be searched.')).toBeNull();
    offer();
    const section = within(screen.getByRole('region', { name: 'Search Section' }));
    fireEvent.click(section.getByRole('button', { name: 'Add archive' }));
    expect(callbacks.addArchive).toHaveBeenCalledOnce();
  });
});

describe('The focus', () => {
  const section = (name: string) => {
    const widget = new Widget();
    widget.title.label = name;
    widget.node.tabIndex = 0;
    vi.spyOn(widget, 'activate').mockImplementation(() => widget.node.focus());
    return widget;
  };

  it('goes into the form, or the section that was asked for', async () => {
    offer(archive());
    const accounts = section('Accounts');
    sidebar.addSection('accounts', accounts);
    expect(sidebar.widgets).toEqual([accounts, search]);
    const heading = screen.getByRole('heading', { name: 'Accounts Section' });
    fireEvent.click(heading);
    expect(heading.getAttribute('aria-expanded')).toBe('false');
    sidebar.showSection('accounts');
    expect(heading.getAttribute('aria-expanded')).toBe('true');
    MessageLoop.sendMessage(sidebar, Widget.Msg.ActivateRequest);
    expect(document.activeElement).toBe(accounts.node);
    MessageLoop.sendMessage(sidebar, Widget.Msg.ActivateRequest);
    await act(async () => MessageLoop.flush());
    expect(document.activeElement).toBe(
      screen.getByRole('combobox', { name: 'Archive' })
    );
  });
});

describe('Search section', () => {
  it('says in its title what is searched', async () => {
    const summary = () =>
      search.toolbar.node.querySelector('.jp-Obsdeck-SectionTools-summary');
    expect(summary()?.textContent).toBe('');
    offer(archive());
    expect(summary()?.textContent).toBe('Sandbox ivoa.ObsCore');
  });

  it('runs what the form stands for, and only when asked', async () => {
    offer(archive());
    type('Target or position', '55.75 -32.29');
    expect(callbacks.search).not.toHaveBeenCalled();
    await press(screen.getByRole('button', { name: 'Search' }));
    const [request] = vi.mocked(callbacks.search).mock.calls[0];
    expect(request.subject).toBe('55.75 -32.29');
    expect(request.query.adql).toContain("CIRCLE('ICRS', 55.75, -32.29, 0.5)");
    expect(request.query.maxrec).toBe(1000);
  });

  it('shows the ADQL as it changes', () => {
    offer(archive());
    type('Instrument', 'OmegaCAM');
    const region = screen.getByRole('region', { name: 'ADQL' });
    expect(region.textContent).toContain("instrument_name = 'OmegaCAM'");
  });

  it('runs nothing while a field cannot be understood, and goes to that field', async () => {
    offer(archive());
    type('Observed from', 'yesterday');
    await press(screen.getByRole('button', { name: 'Search' }));
    expect(callbacks.search).not.toHaveBeenCalled();
    const field = screen.getByRole('textbox', { name: 'Observed from' });
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('opens the ADQL in the editor without running it', async () => {
    offer(archive());
    await press(screen.getByRole('link', { name: 'Edit ADQL' }));
    expect(callbacks.edit).toHaveBeenCalledWith(model.request);
    expect(callbacks.search).not.toHaveBeenCalled();
  });
});

describe('Notice of the server half', () => {
  const become = (server: SearchPanel['server']) =>
    act(async () => {
      search.server = server;
    });
  const sentence = () => screen.getByRole('alert').querySelector('p')?.textContent;
  const button = () =>
    screen.getByRole<HTMLButtonElement>('button', { name: 'Search' });

  it('is absent when all is well', async () => {
    await become({ state: 'ready' });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('gives the line that installs what is missing, and copies it', async () => {
    const copy = vi.spyOn(Clipboard, 'copyToSystem').mockReturnValue();
    await become({ state: 'missing' });
    expect(sentence()).toBe('The server half of Obsdeck is missing.');
    expect(screen.getByText('pip install obsdeck')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(copy).toHaveBeenCalledWith('pip install obsdeck');
  });

  it('names both versions when the server half is older', async () => {
    await become({ state: 'older', server: '0.0.9', page: '0.1.0' });
    expect(sentence()).toBe(
      'The server half of Obsdeck is older (0.0.9) than this page (0.1.0).'
    );
    expect(screen.getByText('pip install --upgrade obsdeck')).toBeTruthy();
  });

  it('asks to reload when the page is the older half', async () => {
    await become({ state: 'newer', server: '0.2.0', page: '0.1.0' });
    expect(sentence()).toBe(
      'The server half of Obsdeck is newer (0.2.0) than this page (0.1.0). Reload the page.'
    );
  });

  it('keeps the form but not the search while there is no connection', async () => {
    offer(archive());
    await become({ state: 'offline' });
    expect(sentence()).toBe(
      'No connection to the Jupyter server. What is on screen stays.'
    );
    expect(button().disabled).toBe(true);
    await become({ state: 'ready' });
    expect(button().disabled).toBe(false);
  });
});
