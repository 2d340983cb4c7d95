import type { WidgetModel } from '@jupyter-widgets/base';
import { Widget } from '@lumino/widgets';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  type BrowserModel,
  BrowserView,
  obsCoreBrowser
} from '../../../src/widgets/obscorebrowser.js';
import { settled } from '../../support/settled.js';
import { FakePage } from './page.js';

type ModelClass = new (
  attributes: object,
  options: { model_id: string; widget_manager: object }
) => BrowserModel;

/** A widget as the manager makes it, of a state that a kernel sent or a notebook kept. */
function widget(page: FakePage): BrowserModel {
  const Model = obsCoreBrowser(page)['ObsCoreBrowserModel'] as unknown as ModelClass;
  const state = { archive: 'test', table: '', adql: 'SELECT 1', maxrec: 5 };
  return new Model(state, { model_id: 'one', widget_manager: {} });
}

function view(model: BrowserModel): BrowserView {
  const shown = new BrowserView({ model: model as WidgetModel });
  shown.render();
  Widget.attach(shown.luminoWidget, document.body);
  views.push(shown.luminoWidget);
  return shown;
}

/** What is shown in the document, which other files of tests have, too. */
const views: Widget[] = [];

afterEach(() => {
  views.splice(0).forEach(view => view.dispose());
});

describe('ObsCoreBrowser', () => {
  it('asks when the kernel says that a cell was executed', async () => {
    const page = new FakePage();
    const model = widget(page);
    model.trigger('msg:custom', { type: 'run', run: 1 });
    await settled();
    expect(page.asked).toEqual([]);
    view(model);
    await settled();
    expect(page.asked).toEqual(['SELECT 1']);
  });

  it('asks nobody when it is restored, or shown a second time', async () => {
    const page = new FakePage();
    const model = widget(page);
    view(model);
    view(model);
    await settled();
    expect(page.asked).toEqual([]);
  });

  it.each([
    {},
    { type: 'run' },
    { type: 'run', run: '2' },
    { type: 'run', run: Infinity },
    { type: 'select' },
    { type: 'select', rows: 'all' },
    { type: 'select', rows: [null, '0', { length: 1 }, -1, 0.5] }
  ])('leaves a message that is none: %j', async message => {
    const page = new FakePage();
    const model = widget(page);
    view(model);
    await settled();
    expect(() => model.trigger('msg:custom', message)).not.toThrow();
    await settled();
    expect(page.asked).toEqual([]);
  });

  it('follows what the kernel changes without asking', async () => {
    const page = new FakePage();
    const model = widget(page);
    view(model);
    await settled();
    model.set('adql', 'SELECT 2');
    expect(model.browser.query.adql).toBe('SELECT 2');
    expect(page.asked).toEqual([]);
  });

  it('sends the selection to the kernel, and takes one from there', async () => {
    const page = new FakePage();
    const model = widget(page);
    model.comm_live = true;
    const send = vi.spyOn(model, 'send').mockImplementation(() => undefined);
    view(model);
    await settled();
    model.trigger('msg:custom', { type: 'run', run: 1 });
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
    model.trigger('msg:custom', { type: 'select', rows: [1] });
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
    expect(send.mock.calls[1][0]).toMatchObject({ type: 'selection', count: 1 });
    expect(send.mock.calls[1][2]).toHaveLength(1);
  });

  it('is gone with its view', async () => {
    const page = new FakePage();
    const shown = view(widget(page));
    await settled();
    shown.luminoWidget.dispose();
    expect(page.panels[0].isDisposed).toBe(true);
  });
});
