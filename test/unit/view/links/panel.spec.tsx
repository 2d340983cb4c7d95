import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { LinksModel } from '../../../../src/model/links/model.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { LinksPanel } from '../../../../src/view/links/panel.js';
import type { ILinksDeeds } from '../../../../src/view/links/types.js';
import type { IRightsMeans } from '../../../../src/view/results/runner.js';
import { Rights } from '../../../support/rights.js';
import {
  FakeLinks,
  link,
  links,
  LINKS_TYPE,
  modelOf
} from '../../model/links/support.js';

const HERE = 'https://x.example/links?ID=1';
const FLAT = 'https://x.example/links?ID=flat';

const ROW = links(
  [
    link({ contentLength: 58_600_000, contentQualifier: 'image' }),
    link({
      semantics: '#calibration',
      accessUrl: FLAT,
      contentType: LINKS_TYPE,
      description: 'flat r, detector 175'
    }),
    link({
      semantics: '#cutout',
      accessUrl: null,
      serviceDef: 'soda',
      description: 'Image pixels only'
    }),
    link({
      semantics: '#progenitor',
      accessUrl: null,
      error: { fault: 'NotFoundFault', message: 'raw 413 is not in this collection' }
    })
  ],
  [['soda', {}]]
);

const panels: LinksPanel[] = [];

function show(
  model: LinksModel,
  deeds: Partial<ILinksDeeds> = {},
  rights?: IRightsMeans
): LinksPanel {
  const panel = new LinksPanel({
    model,
    trans: nullTranslator.load('obsdeck'),
    deeds: { open: vi.fn(), ...deeds },
    ...(rights && { rights })
  });
  Widget.attach(panel, document.body);
  panels.push(panel);
  MessageLoop.flush();
  return panel;
}

function meansOf(signIn = vi.fn(() => Promise.resolve(true))): IRightsMeans {
  return {
    rights: new Rights([]),
    definition: () => undefined,
    signIn,
    editArchive: vi.fn()
  };
}

beforeEach(() => {
  URL.createObjectURL = () => 'blob:picture';
  URL.revokeObjectURL = () => undefined;
});

afterEach(() => {
  panels.splice(0).forEach(panel => panel.dispose());
  cleanup();
});

const tree = (): Promise<HTMLElement> => screen.findByRole('tree', { name: 'Links' });

const item = (name: string | RegExp): Promise<HTMLElement> =>
  screen.findByRole('treeitem', { name });

async function press(...keys: readonly string[]): Promise<void> {
  const list = await tree();
  keys.forEach(key => fireEvent.keyDown(list, { key }));
}

async function focused(): Promise<string> {
  const id = (await tree()).getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.getAttribute('aria-label') ?? '';
}

describe('LinksPanel', () => {
  it('names each link with its type and size, in groups with their terms', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: ROW }));
    show(model);
    await model.load();
    expect((await item('The file itself, #this')).getAttribute('aria-level')).toBe('1');
    const file = await item('a.fits, FITS image, 58.6 MB');
    expect(file.getAttribute('aria-level')).toBe('2');
    expect(file.getAttribute('aria-setsize')).toBe('1');
    expect(file.getAttribute('aria-checked')).toBe('false');
    const service = await item('Image pixels only, service, FITS');
    expect(service.hasAttribute('aria-checked')).toBe(false);
    await item('NotFoundFault: raw 413 is not in this collection');
    expect(screen.getByRole('status', { name: 'Links status' }).textContent).toBe(
      '3 links1 link failed'
    );
  });

  it('is worked by keys alone', async () => {
    const service = new FakeLinks({
      [HERE]: ROW,
      [FLAT]: links([link({ accessUrl: 'https://x.example/flat.fits' })])
    });
    const model = modelOf(service);
    const open = vi.fn();
    const panel = show(model, { open });
    await model.load();
    await item(/^a\.fits/);
    await press('ArrowDown', ' ');
    await waitFor(async () =>
      expect((await item(/^a\.fits/)).getAttribute('aria-checked')).toBe('true')
    );
    expect((await item(/^The file/)).getAttribute('aria-checked')).toBe('true');
    await press('Enter');
    expect(open).toHaveBeenCalledWith(model.rows[1].id);
    await press('f');
    await waitFor(async () => expect(await focused()).toMatch(/^flat r/));
    await press('Enter');
    const flat = await item(/^flat\.fits/);
    expect(flat.getAttribute('aria-level')).toBe('3');
    await press('ArrowRight');
    await waitFor(async () => expect(await focused()).toMatch(/^flat\.fits/));
    await press('ArrowLeft', 'ArrowLeft');
    await waitFor(() =>
      expect(screen.queryByRole('treeitem', { name: /^flat\.fits/ })).toBeNull()
    );
    await press('Home');
    await waitFor(async () => expect(await focused()).toMatch(/^The file/));
    await press('End');
    await waitFor(async () => expect(await focused()).toMatch(/^NotFoundFault/));
    fireEvent.keyDown(panel.node, { key: 'Escape' });
    expect(model.reading.state).toBe('done');
  });

  it('opens siblings by *', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: ROW }));
    show(model);
    await model.load();
    await item(/^a\.fits/);
    await press('Home', 'ArrowLeft', 'ArrowDown', 'ArrowLeft');
    await waitFor(() =>
      expect(screen.queryByRole('treeitem', { name: /^a\.fits/ })).toBeNull()
    );
    await press('*');
    await item(/^a\.fits/);
    await item(/^Image pixels/);
  });

  it('fetches what is ticked, and says how much that is', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: ROW }));
    const download = vi.fn();
    const insert = vi.fn();
    show(model, { download, insert });
    await model.load();
    const bar = within(screen.getByRole('toolbar', { name: 'Links' }));
    const none = bar.getByRole<HTMLButtonElement>('button', { name: 'Download' });
    expect(none.disabled).toBe(true);
    expect(none.title).toBe('No files are ticked. Tick files first.');
    fireEvent.click((await item(/^a\.fits/)).querySelector('.jp-Obsdeck-Links-tick')!);
    fireEvent.click(await screen.findByRole('button', { name: 'Download 1' }));
    expect(download).toHaveBeenCalledWith(model.chosenIds);
    expect(screen.getByRole('status', { name: 'Links status' }).textContent).toContain(
      '1 chosen, 58.6 MB'
    );
    fireEvent.click(screen.getByRole('button', { name: 'Insert as cell' }));
    expect(insert).toHaveBeenCalledWith(model.chosenIds);
  });

  it('has no buttons for what nobody does', async () => {
    show(modelOf(new FakeLinks({})));
    await screen.findByRole('toolbar', { name: 'Links' });
    expect(screen.queryByRole('button', { name: /Download/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Insert/ })).toBeNull();
  });

  it('filters, and says where nothing fits', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: ROW }));
    show(model);
    await model.load();
    const search = screen.getByRole('searchbox', { name: 'Filter links' });
    fireEvent.change(search, { target: { value: 'detector' } });
    await waitFor(() => expect(screen.getAllByRole('treeitem')).toHaveLength(2));
    fireEvent.change(search, { target: { value: 'zzz' } });
    await screen.findByText('No link has “zzz”.');
  });

  it('asks nobody after a reload before a button is pressed', async () => {
    const service = new FakeLinks({ [HERE]: ROW });
    show(modelOf(service));
    await screen.findByText('Not read yet.');
    expect(service.asked).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Read links' }));
    await item(/^a\.fits/);
    expect(screen.queryByText('Not read yet.')).toBeNull();
  });

  it('RUBIN-28: says that a row has no links, which is no error', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: links([]) }));
    show(model);
    await model.load();
    await item('This row has no links.');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('ESO-19, RUBIN-27: offers no file where the service has an error instead', async () => {
    const error = { fault: 'NotFoundFault', message: 'no such file' } as const;
    const refused = link({ accessUrl: null, error });
    const model = modelOf(new FakeLinks({ [HERE]: links([refused]) }));
    show(model, { download: vi.fn() });
    await model.load();
    const row = await item('NotFoundFault: no such file');
    expect(row.hasAttribute('aria-checked')).toBe(false);
    await press('Home', ' ', 'End', ' ');
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Download' });
    expect(button.disabled).toBe(true);
  });

  it('ESO-21: opens what has a service, and does not fetch it', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: ROW }));
    const open = vi.fn();
    show(model, { open, download: vi.fn() });
    await model.load();
    const row = await item(/^Image pixels only/);
    fireEvent.click(row);
    await press(' ', 'Enter');
    expect(open).toHaveBeenCalledTimes(1);
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Download' });
    expect(button.disabled).toBe(true);
  });

  it('shows text of archives as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202etxt.exe';
    const model = modelOf(
      new FakeLinks({
        [HERE]: links([
          link({
            description: hostile,
            semantics: `https://x.example/#${hostile}`,
            accessUrl: 'https://x.example/no'
          }),
          link({ accessUrl: null, error: { fault: null, message: hostile } })
        ])
      })
    );
    const panel = show(model);
    await model.load();
    await waitFor(() =>
      expect(screen.getAllByRole('treeitem').length).toBeGreaterThan(2)
    );
    expect(panel.node.querySelector('img')).toBeNull();
    expect(panel.node.textContent).toContain('<img src=x');
  });

  it('keeps only the rows in sight of 10,000 links in the page', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      link({ semantics: '#calibration', accessUrl: `https://x.example/${n}.fits` })
    );
    const model = modelOf(new FakeLinks({ [HERE]: links(many) }));
    show(model);
    await model.load();
    const first = await item(/^0\.fits/);
    expect(first.getAttribute('aria-setsize')).toBe('10000');
    expect(screen.getAllByRole('treeitem').length).toBeLessThan(60);
    await press('End');
    await waitFor(async () => expect(await focused()).toMatch(/^9999\.fits/));
  });
});

describe('states of a LinksPanel', () => {
  it('says how many rows are read, and stops when told', async () => {
    const urls = [1, 2, 3].map(n => `https://x.example/links?ID=${n}`);
    const service = new FakeLinks(Object.fromEntries(urls.map(url => [url, ROW])));
    service.before = (index, signal) =>
      index === 0
        ? Promise.resolve()
        : new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason as Error))
          );
    const now = vi.spyOn(Date, 'now').mockReturnValue(5000);
    const model = modelOf(service, urls);
    show(model);
    const loaded = model.load();
    const bar = await screen.findByRole('progressbar', { name: 'Links' });
    expect(bar.getAttribute('aria-valuetext')).toBe('1 of 3 rows read');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await loaded;
    await screen.findByText('Stopped: 1 of 3 rows read.');
    expect(screen.queryByRole('progressbar')).toBeNull();
    service.before = () => Promise.resolve();
    fireEvent.click(screen.getByRole('button', { name: 'Read the rest' }));
    await waitFor(() => expect(model.reading.state).toBe('done'));
    now.mockRestore();
  });

  it('tells what went wrong in the words of the archive, and asks again', async () => {
    const error = new ProtocolError('rejected', 'Bad.', {
      serviceMessage: 'UsageFault: no such table'
    });
    const service = new FakeLinks({ [HERE]: error });
    const model = modelOf(service);
    show(model);
    await model.load();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Archive X: “UsageFault: no such table”');
    service.answers = { [HERE]: ROW };
    fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    await item(/^a\.fits/);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('asks as the user once they have signed in, where an account is needed', async () => {
    const service = new FakeLinks({
      [HERE]: new ProtocolError('not-signed-in', 'No.', { as: 'anyone' })
    });
    const model = modelOf(service);
    show(model, {}, meansOf());
    await model.load();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Archive X needs an account for this.');
    service.answers = { [HERE]: ROW };
    fireEvent.click(within(alert).getByRole('button', { name: 'Sign in' }));
    await item(/^a\.fits/);
    expect(service.askedAs).toEqual([undefined, 'me']);
  });

  it('explains an error row in its place', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: ROW }));
    show(model, {}, meansOf());
    await model.load();
    await item(/^NotFoundFault/);
    await press('End', 'Enter');
    const why = await screen.findByRole('region', { name: /Why can’t I see it/ });
    expect(why.textContent).toContain('raw 413 is not in this collection');
  });

  it('says for how long signed addresses hold', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 22, 15, 7));
    const signed =
      'https://s.example/a.fits?X-Goog-Date=20261122T150000Z&X-Goog-Expires=3600&X-Goog-Signature=invented';
    const model = modelOf(
      new FakeLinks({ [HERE]: links([link({ accessUrl: signed })]) })
    );
    const panel = show(model);
    await model.load();
    await screen.findByText('good for 52 min');
    expect(panel.node.outerHTML).not.toContain('invented');
  });
});

describe('preview', () => {
  const PICTURE = links([
    link(),
    link({
      semantics: '#preview',
      accessUrl: 'https://x.example/p.png',
      contentType: 'image/png'
    })
  ]);

  it('of the only row is shown by itself', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: PICTURE }));
    const picture = vi.fn(() =>
      Promise.resolve({ blob: new Blob(['x']), width: 1, height: 1 })
    );
    show(model, { picture });
    await model.load();
    const image = await screen.findByRole('img', { name: 'Preview of p.png' });
    expect(image.getAttribute('src')).toBe('blob:picture');
    expect(picture).toHaveBeenCalledTimes(1);
  });

  it('that does not come is told', async () => {
    const model = modelOf(new FakeLinks({ [HERE]: PICTURE }));
    show(model, {
      picture: () => Promise.reject(new Error('What came is no picture.'))
    });
    await model.load();
    await screen.findByText(/could not be shown: What came is no picture\./);
  });
});
