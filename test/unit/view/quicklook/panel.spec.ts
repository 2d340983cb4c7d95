import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { CutoutShape, ICutoutShape } from '../../../../src/model/cutout/types.js';
import type { IQuickLookClient } from '../../../../src/model/quicklook/client.js';
import { LinkedPictures } from '../../../../src/model/quicklook/linked.js';
import { QuickLookModel } from '../../../../src/model/quicklook/model.js';
import type { IRemoteMeans } from '../../../../src/model/quicklook/remote.js';
import type {
  IRowTarget,
  QuickLookTarget
} from '../../../../src/model/quicklook/types.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { QuickLookPanel } from '../../../../src/view/quicklook/panel.js';
import type { ICutoutFactory } from '../../../../src/view/quicklook/types.js';
import {
  axis,
  fakeClient,
  fakeDecode,
  imageHdu,
  plateOf,
  tableHdu
} from '../../model/quicklook/fake.js';

const trans = nullTranslator.load('obsdeck');
const AT = { ra: 55.75, dec: -32.3 };
const FILE: QuickLookTarget = { kind: 'file', path: 'data/calexp.fits' };

const ROW: IRowTarget = {
  kind: 'row',
  archive: 'x',
  id: 'ivo://x/1',
  title: 'obs-1',
  source: null,
  file: {
    url: 'https://x.example/1.fits',
    size: 58_600_000,
    contentType: null,
    semantics: null
  },
  preview: 'https://x.example/1.png',
  sky: { region: null, ra: null, dec: null, fov: null }
};

const panels: QuickLookPanel[] = [];

interface IShowOptions {
  readonly target?: QuickLookTarget;
  readonly client?: Partial<IQuickLookClient>;
  readonly cutouts?: ICutoutFactory;
  readonly remote?: IRemoteMeans;
  readonly links?: LinkedPictures;
  readonly isRead?: boolean;
}

function show(options: IShowOptions = {}) {
  const { target = FILE, remote, cutouts, isRead = true } = options;
  const { client, pictures } = fakeClient(options.client);
  const panel = new QuickLookPanel(
    target,
    {
      ...remote,
      createModel: path => new QuickLookModel({ client, path, decode: fakeDecode }),
      links: options.links ?? new LinkedPictures(),
      cutouts: () => cutouts ?? null
    },
    trans
  );
  panels.push(panel);
  Widget.attach(panel, document.body);
  if (isRead) {
    panel.read();
  }
  MessageLoop.flush();
  return { panel, client, pictures };
}

/** A picture with coordinates, drawn. */
async function showPicture(options: IShowOptions = {}) {
  const shown = show({
    ...options,
    client: {
      info: async () => ({ hdus: [imageHdu({ hasSky: true })], best: 1 }),
      sky: async () => plateOf(AT, 1e-4, { width: 4000, height: 2000 }),
      ...options.client
    }
  });
  const picture = await screen.findByRole('img', { name: 'calexp.fits, SCI' });
  await waitFor(() => expect(shown.pictures).toHaveLength(1));
  shown.pictures[0].answer();
  const part = shown.panel.model?.shown;
  const model = part?.kind === 'picture' ? part.picture : null;
  await waitFor(() => expect(model?.parts.held).toHaveLength(1));
  return { ...shown, picture, model: model! };
}

/** Choose an entry of the menu that a button opens, by its first letters. */
async function choose(button: string, entry: string): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: button }));
  const label = await screen.findByText(entry, { selector: '.lm-Menu-itemLabel' });
  const menu = label.closest<HTMLElement>('.lm-Menu')!;
  const items = [...menu.querySelectorAll('[data-type="command"]')];
  const place = items.indexOf(label.closest('.lm-Menu-item')!);
  for (let step = 0; step <= place; step++) {
    fireEvent.keyDown(menu, { keyCode: 40 });
  }
  fireEvent.keyDown(menu, { keyCode: 13 });
  await waitFor(() => expect(document.querySelector('.lm-Menu')).toBeNull());
}

/** A canvas that takes everything and shows nothing. */
function blankCanvas(): void {
  const createImageData = (width: number, height: number) => ({
    data: new Uint8ClampedArray(4 * width * height)
  });
  const context = new Proxy(
    { createImageData },
    {
      get: (target, key) =>
        key in target ? target[key as keyof typeof target] : () => undefined,
      set: () => true
    }
  );
  Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
    value: () => context,
    configurable: true,
    writable: true
  });
}

beforeAll(blankCanvas);

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 0));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
});

afterEach(() => {
  panels.splice(0).forEach(panel => panel.dispose());
  cleanup();
  vi.unstubAllGlobals();
});

describe('QuickLookPanel', () => {
  it('reads nothing by itself in a tab of the last layout', async () => {
    const info = vi.fn(async () => ({ hdus: [imageHdu()], best: 1 }));
    show({ client: { info }, isRead: false });
    await screen.findByText('Not read yet.');
    expect(info).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Read the file' }));
    await screen.findByRole('img', { name: 'calexp.fits, SCI' });
  });

  it('is a region with a toolbar and a picture that keys move and magnify', async () => {
    const { picture, model } = await showPicture();
    screen.getByRole('region', { name: 'Quick look' });
    const tools = within(screen.getByRole('toolbar', { name: 'Quick look' }));
    for (const name of [
      'Stretch',
      'Colour map',
      'HDU',
      'Headers',
      'Link views',
      'Fit'
    ]) {
      tools.getByRole('button', { name });
    }
    // Nothing here can be cut out.
    expect(tools.queryByRole('button', { name: 'Cut out' })).toBeNull();
    const { centre, scale } = model.viewport;
    fireEvent.keyDown(picture, { key: '+' });
    expect(model.viewport.scale).toBeCloseTo(1.25 * scale);
    fireEvent.keyDown(picture, { key: 'ArrowRight' });
    expect(model.viewport.centre.x).toBeGreaterThan(centre.x);
    fireEvent.keyDown(picture, { key: 'ArrowUp' });
    expect(model.viewport.centre.y).toBeGreaterThan(centre.y);
    fireEvent.keyDown(picture, { key: '0' });
    expect(model.viewport).toEqual({ centre, scale });
    fireEvent.keyDown(picture, { key: '+', ctrlKey: true });
    expect(model.viewport.scale).toBe(scale);
    fireEvent.wheel(picture, { deltaY: -200 });
    expect(model.viewport.scale).toBeGreaterThan(1.5 * scale);
  });

  it('tells position and value below the pointer, in degrees and hours', async () => {
    const { picture, model } = await showPicture();
    const { width, height } = model.screen;
    fireEvent.pointerMove(picture, { clientX: width / 2, clientY: height / 2 });
    const status = screen.getByRole('status', { name: 'Position' });
    await waitFor(() =>
      expect(status.textContent).toMatch(/55\.75\d{3} −32\.\d{5} deg/)
    );
    expect(status.textContent).toMatch(/03:4[23]:\d\d\.\d\d −32:\d\d:\d\d\.\d/);
    await waitFor(() => expect(status.textContent).toMatch(/x \d+, y \d+: 12\.5 adu/));
    fireEvent.pointerLeave(picture);
    await waitFor(() => expect(status.textContent).toBe(''));
  });

  it('chooses stretch, interval and colour map from menus', async () => {
    const { model, pictures } = await showPicture();
    await choose('Stretch', 'log');
    expect(pictures.at(-1)?.request.stretch).toBe('log');
    await choose('Stretch', '99 %');
    expect(pictures.at(-1)?.request.interval).toBe('99');
    await choose('Colour map', 'Heat');
    await choose('Colour map', 'Inverted');
    expect(model.look).toMatchObject({ map: 'heat', inverted: true });
  });

  it('sets limits by hand, and says what is wrong with them', async () => {
    const { pictures } = await showPicture();
    await choose('Stretch', 'Limits …');
    const low = await screen.findByRole('textbox', { name: /^Low/ });
    const button = screen.getByRole('button', { name: 'Set limits' });
    fireEvent.change(low, { target: { value: '30' } });
    await screen.findByText('The lower limit must be below the upper one.');
    expect((button as HTMLButtonElement).disabled).toBe(true);
    fireEvent.change(low, { target: { value: '−3.5' } });
    fireEvent.click(button);
    expect(pictures.at(-1)?.request.limits).toEqual({ low: -3.5, high: 20 });
  });

  it('says that a large picture is shown smaller', async () => {
    const { model } = await showPicture();
    expect(model.reduction).toBeGreaterThan(1);
    await screen.findByText(`Shown at 1/${model.reduction} of its size.`);
  });

  it('waits with a bar and “Cancel”, and offers to try again', async () => {
    const info = vi.fn(() => new Promise<never>(() => undefined));
    show({ client: { info } });
    await screen.findByRole('progressbar', { name: 'Quick look' }, { timeout: 2000 });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await screen.findByText('Stopped.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(info).toHaveBeenCalledTimes(2);
  });

  it('says in an alert that the file is gone', async () => {
    const error = new ProtocolError('not-found', 'calexp.fits is not there.', {
      archive: '',
      hint: 'Open it again.'
    });
    show({ client: { info: () => Promise.reject(error) } });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('calexp.fits is not there.');
    expect(alert.textContent).toContain('Open it again.');
  });

  it('says what is in a file without an image, and opens its table', async () => {
    const hdus = [tableHdu(1), tableHdu(2)];
    show({ client: { info: async () => ({ hdus, best: 1 }) } });
    await screen.findByText('This file has no image: 2 tables.');
    expect(screen.queryByRole('table')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Open table' }));
    const table = await screen.findByRole('table', { name: 'calexp.fits, CAT' });
    expect(table.getAttribute('aria-rowcount')).toBe('1001');
    within(table).getByRole('columnheader', { name: /MAG/ });
    await within(table).findByText('20.5', {
      exact: true,
      selector: '[aria-rowindex="2"] *'
    });
    expect(within(table).getAllByLabelText('no value').length).toBeGreaterThan(0);
    // A million rows would be no more rows in the page.
    expect(within(table).getAllByRole('row').length).toBeLessThan(60);
  });

  it('plots a spectrum with its axes, and magnifies it by keys', async () => {
    const spectrum = {
      x: axis([500, 600, 700], 'WAVE', 'nm'),
      y: [axis([1, NaN, 3], 'FLUX', 'Jy')],
      count: 3
    };
    const hdu = { ...tableHdu(), kind: 'spectrum' as const, name: 'SPEC' };
    show({
      client: {
        info: async () => ({ hdus: [hdu], best: 1 }),
        spectrum: async () => spectrum
      }
    });
    const plot = await screen.findByRole('img', { name: 'calexp.fits, SPEC' });
    expect(plot.textContent).toContain('WAVE, nm');
    expect(plot.textContent).toContain('FLUX, Jy');
    expect(plot.textContent).toContain('600');
    // The curve breaks where there is no value.
    const curve = plot.querySelector('[data-curve]')?.getAttribute('d') ?? '';
    expect(curve.match(/M/g)).toHaveLength(2);
    fireEvent.keyDown(plot, { key: '+' });
    await waitFor(() => expect(within(plot).queryByText('500')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: 'Fit' }));
    await within(plot).findByText('500');
    await choose('HDU', 'As table');
    await screen.findByRole('table', { name: 'calexp.fits, SPEC' });
  });

  it('steps through the planes of a cube, and tells what they stand for', async () => {
    const planeAxis = axis([500, 510, 520]);
    const hdu = imageHdu({ planes: 3, planeAxis });
    const { pictures } = await showPicture({
      client: { info: async () => ({ hdus: [hdu], best: 1 }) }
    });
    const slider = await screen.findByRole('slider', { name: /^Plane/ });
    expect(slider.getAttribute('aria-valuetext')).toBe('1 of 3, WAVE 500 nm');
    fireEvent.change(slider, { target: { value: '3' } });
    await waitFor(() => expect(pictures.at(-1)?.request.plane).toBe(2));
    expect(slider.getAttribute('aria-valuetext')).toBe('3 of 3, WAVE 520 nm');
  });

  it('moves another picture along once both are linked', async () => {
    const links = new LinkedPictures();
    const one = await showPicture({ links });
    panels[0].node.remove();
    const other = await showPicture({ links });
    document.body.append(panels[0].node);
    for (const button of screen.getAllByRole('button', { name: 'Link views' })) {
      fireEvent.click(button);
      await waitFor(() => expect(button.getAttribute('aria-pressed')).toBe('true'));
    }
    fireEvent.keyDown(other.picture, { key: '+' });
    expect(one.model.viewport.scale).toBeCloseTo(other.model.viewport.scale, 6);
  });
});

describe('Headers of Quick look', () => {
  const HOSTILE = '<img src=x onerror="document.title=\'owned\'">';
  const cards = [
    { keyword: 'OBJECT', value: HOSTILE, comment: '</td><script>1</script>' },
    { keyword: 'EXPTIME', value: '30.0', comment: 'seconds' }
  ];

  it('are searched, and show hostile text as text', async () => {
    await showPicture({ client: { header: async () => cards } });
    fireEvent.click(screen.getByRole('button', { name: 'Headers' }));
    const table = await screen.findByRole('table', { name: 'Headers' });
    within(table).getByText(HOSTILE);
    expect(table.querySelector('img, script')).toBeNull();
    const search = screen.getByRole('searchbox', { name: 'Filter headers' });
    fireEvent.change(search, { target: { value: 'SECOND' } });
    await waitFor(() => expect(within(table).queryByText(HOSTILE)).toBeNull());
    within(table).getByText('EXPTIME');
    fireEvent.change(search, { target: { value: 'nothing' } });
    await screen.findByText('No card has “nothing”.');
  });

  it('keep the page small however many cards there are', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      keyword: `K${index}`,
      value: '',
      comment: ''
    }));
    await showPicture({ client: { header: async () => many } });
    fireEvent.click(screen.getByRole('button', { name: 'Headers' }));
    await screen.findByText(/^The first 1,000 of 20,000 cards\./);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'K19999' } });
    await screen.findByText('1 card');
  });
});

describe('Cutting out in Quick look', () => {
  function factoryOf(reason: string | null = null) {
    const shape = {
      changed: new Signal<object, void>({}),
      kinds: ['circle', 'polygon'] as const,
      kind: 'circle' as const,
      shape: { kind: 'circle', at: AT, radius: 0.01 } as CutoutShape | null,
      shapeProblem: null,
      bounds: null,
      setKind: vi.fn(),
      setShape: vi.fn((next: CutoutShape) => {
        shape.shape = next;
        shape.changed.emit();
      })
    };
    const form = new Widget();
    form.node.textContent = 'The form';
    const part = {
      shape: shape as unknown as ICutoutShape,
      form,
      isDisposed: false,
      dispose: vi.fn()
    };
    const create = vi.fn(() => part);
    return { factory: { reason: () => reason, create }, shape, create };
  }

  it('says why nothing can be cut out', async () => {
    const { factory } = factoryOf('Nothing is known of where this file came from.');
    await showPicture({ cutouts: factory });
    const button = screen.getByRole('button', { name: 'Cut out' });
    expect((button as HTMLButtonElement).disabled).toBe(true);
    expect(button.title).toBe('Nothing is known of where this file came from.');
  });

  it('opens its form below the picture, and draws the shape by dragging', async () => {
    const { factory, shape, create } = factoryOf();
    const { picture, model } = await showPicture({ cutouts: factory });
    expect(create).not.toHaveBeenCalled();
    const button = screen.getByRole('button', { name: 'Cut out' });
    fireEvent.click(button);
    await waitFor(() => expect(button.getAttribute('aria-pressed')).toBe('true'));
    screen.getByText('The form');
    const kinds = screen.getByRole('radiogroup', { name: 'Cutout shape' });
    fireEvent.click(within(kinds).getByRole('radio', { name: 'Polygon' }));
    expect(shape.setKind).toHaveBeenCalledWith('polygon');
    const { width, height } = model.screen;
    const corner = { clientX: width / 8, clientY: height / 2 };
    fireEvent.pointerDown(picture, { ...corner, button: 0 });
    fireEvent.pointerMove(picture, { clientX: width / 8 + 20, clientY: height / 2 });
    const before = model.viewport;
    fireEvent.pointerUp(picture, corner);
    expect(shape.setShape).toHaveBeenCalledTimes(1);
    const drawn = shape.setShape.mock.calls[0][0];
    expect(drawn).toMatchObject({ kind: 'circle' });
    const sides = drawn.kind === 'circle' ? drawn.radius : 0;
    expect(sides).toBeCloseTo((20 / model.viewport.scale) * 1e-4, 5);
    // Drawing does not move the picture, and a moving pointer draws nothing.
    expect(model.viewport).toEqual(before);
    fireEvent.pointerMove(picture, { clientX: 40, clientY: 40 });
    expect(shape.setShape).toHaveBeenCalledTimes(1);
  });

  it('moves the shape by its middle, and gives it back on Escape', async () => {
    const { factory, shape } = factoryOf();
    const { picture, model } = await showPicture({ cutouts: factory });
    fireEvent.click(screen.getByRole('button', { name: 'Cut out' }));
    const first = shape.shape;
    const { width, height } = model.screen;
    fireEvent.pointerDown(picture, {
      clientX: width / 2,
      clientY: height / 2,
      button: 0
    });
    fireEvent.pointerMove(picture, { clientX: width / 2 - 30, clientY: height / 2 });
    const moved = shape.shape;
    expect(moved).toMatchObject({ kind: 'circle', radius: 0.01 });
    expect(moved?.kind === 'circle' && moved.at.ra).toBeGreaterThan(AT.ra);
    fireEvent.keyDown(picture, { key: 'Escape' });
    expect(shape.shape).toBe(first);
  });
});

describe('A row whose file is not on disk', () => {
  const blob = new Blob(['png'], { type: 'image/png' });

  it('shows its preview, and the file once it is downloaded', async () => {
    const preview = vi.fn(async () => ({ blob, width: 10, height: 10 }));
    let done: (path: string) => void = () => undefined;
    const download = vi.fn(
      (_: IRowTarget, progress: (received: number, total: number | null) => void) => {
        progress(1_000_000, 58_600_000);
        return new Promise<string>(resolve => (done = resolve));
      }
    );
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: () => 'blob:1',
        revokeObjectURL: () => undefined
      })
    );
    const { panel } = show({ target: ROW, remote: { preview, download } });
    await screen.findByRole('img', { name: 'obs-1, preview' });
    const button = screen.getByRole('button', { name: 'Download 58.6 MB' });
    fireEvent.click(button);
    expect((button as HTMLButtonElement).disabled).toBe(false);
    await screen.findByText('1 MB saved', {}, { timeout: 2000 });
    done('obsdeck/1.fits');
    await screen.findByRole('img', { name: '1.fits, SCI' });
    expect(panel.target).toMatchObject({ kind: 'file', origin: ROW });
  });

  it('asks for nothing in a tab of the last layout', async () => {
    const preview = vi.fn();
    show({ target: ROW, remote: { preview }, isRead: false });
    await screen.findByText('Not read yet.');
    expect(preview).not.toHaveBeenCalled();
    screen.getByRole('button', { name: 'Show preview' });
    // There is no queue here.
    expect(screen.queryByRole('button', { name: /^Download/ })).toBeNull();
  });
});
