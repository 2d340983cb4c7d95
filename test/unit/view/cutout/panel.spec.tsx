import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import { dataFacts } from '../../../../src/model/cutout/facts.js';
import { CutoutSession } from '../../../../src/model/cutout/session.js';
import { readLinks } from '../../../../src/protocol/datalink/index.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { CutoutPanel } from '../../../../src/view/cutout/panel.js';
import { MemoryQueue, meansFor, type Fetcher } from '../../../support/cutouts.js';

const ID = 'ivo://x/1';

/** Links of one cutout service with a circle and a band. */
const LINKS = `<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE type="results"><TABLE>
<FIELD name="ID" datatype="char" arraysize="*"/><FIELD name="service_def" datatype="char" arraysize="*"/>
<FIELD name="semantics" datatype="char" arraysize="*"/><FIELD name="description" datatype="char" arraysize="*"/>
<DATA><TABLEDATA><TR><TD>${ID}</TD><TD>soda</TD><TD>#cutout</TD><TD>Cut the image</TD></TR></TABLEDATA></DATA>
</TABLE></RESOURCE>
<RESOURCE type="meta" utype="adhoc:service" ID="soda">
<PARAM name="accessURL" datatype="char" arraysize="*" value="https://x.example/soda"/>
<PARAM name="standardID" datatype="char" arraysize="*" value="ivo://ivoa.net/std/SODA#sync-1.0"/>
<GROUP name="inputParams">
<PARAM name="ID" datatype="char" arraysize="*" value="${ID}"/>
<PARAM name="CIRCLE" datatype="double" arraysize="3" xtype="circle" unit="deg" value=""/>
<PARAM name="BAND" datatype="double" arraysize="2" xtype="interval" unit="m" value=""><VALUES><MIN value="4e-7"/><MAX value="9e-7"/></VALUES></PARAM>
</GROUP></RESOURCE></VOTABLE>`;

const panels: CutoutPanel[] = [];

function show(fetch: Fetcher = () => Promise.resolve(new Uint8Array([1]))) {
  const read = vi.fn(async function* () {
    const origin = { url: 'https://x.example/links', id: ID, readAt: 0 };
    yield {
      index: 0,
      answer: await readLinks(new Uint8Array(Buffer.from(LINKS)), origin)
    };
  });
  const archive = {
    definition: { id: 'x', name: 'Archive X' },
    links: { read }
  } as unknown as IArchive;
  const queue = new MemoryQueue(fetch);
  const sky = { region: 'POLYGON ICRS 9 -1 11 -1 11 1 9 1', ra: 10, dec: 0, fov: 2 };
  const session = new CutoutSession(
    {
      id: ID,
      title: 'Field 1',
      source: { kind: 'document', url: 'https://x.example/links', id: ID },
      facts: dataFacts({ ...sky, pixels: [1000, 1000], bytes: 4e6 })
    },
    meansFor(archive, queue)
  );
  const actions = {
    copy: vi.fn<(text: string) => void>(),
    insertAsCell: vi.fn<(shown: CutoutSession) => void>(),
    codes: ({ model }: CutoutSession) =>
      model?.request
        ? [
            { id: 'python', label: 'Python', text: 'query()' },
            { id: 'url', label: 'URL', text: model.request.url }
          ]
        : [],
    sentTo: () => 'Sent to x.example.',
    signIn: vi.fn<() => void>(),
    openFile: vi.fn<(path: string) => void>()
  };
  const trans = nullTranslator.load('obsdeck');
  const panel = new CutoutPanel({
    session,
    archive: 'Archive X',
    hasFootprint: true,
    actions,
    trans
  });
  Widget.attach(panel, document.body);
  panels.push(panel);
  MessageLoop.flush();
  return { session, queue, actions, read };
}

async function ready(): Promise<HTMLElement> {
  fireEvent.click(await screen.findByRole('button', { name: 'Read links' }));
  return screen.findByRole('form', { name: 'Cut out' });
}

function type(name: string, value: string): void {
  fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });
}

function valueOf(name: string): string {
  return screen.getByRole<HTMLInputElement>('textbox', { name }).value;
}

afterEach(() => {
  panels.splice(0).forEach(panel => panel.dispose());
  cleanup();
});

describe('CutoutPanel', () => {
  it('asks nobody before it is told to', async () => {
    const { read } = show();
    await screen.findByRole('button', { name: 'Read links' });
    expect(screen.queryByRole('form')).toBeNull();
    expect(read).not.toHaveBeenCalled();
    await ready();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('saves what is typed, tells where it goes, and looks at the file', async () => {
    const { queue, actions } = show();
    const form = await ready();
    type('Right ascension', '10.25');
    type('Declination', '\u22120.5');
    type('Radius', '0.1');
    expect(within(form).getByText('Sent to x.example.')).toBeTruthy();
    expect(within(form).getByText(/^About 100 × 100 pixels, 40 kB$/)).toBeTruthy();
    fireEvent.click(within(form).getByRole('button', { name: 'Cut out' }));
    await waitFor(() => expect(actions.openFile).toHaveBeenCalledTimes(1));
    expect(new URL(queue.asked[0].url).searchParams.get('CIRCLE')).toBe(
      '10.25 -0.5 0.1'
    );
    expect(screen.getByText(/^Saved as data\/.*\.fits\.$/)).toBeTruthy();
  });

  it('shows what is sent as it is, as text that nobody can edit', async () => {
    show();
    await ready();
    expect(screen.getByText(ID)).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'ID' })).toBeNull();
  });

  it('tells at a field what is wrong with it, and sends nothing', async () => {
    const { queue } = show();
    const form = await ready();
    type('Radius', '-1');
    const radius = screen.getByRole('textbox', { name: 'Radius' });
    expect(radius.getAttribute('aria-invalid')).toBe('true');
    const button = within(form).getByRole<HTMLButtonElement>('button', {
      name: 'Cut out'
    });
    expect(button.disabled).toBe(true);
    fireEvent.submit(form);
    expect(queue.asked).toEqual([]);
  });

  it('tells of a circle beside the data before it is sent', async () => {
    show();
    await ready();
    type('Right ascension', '120');
    expect(screen.getByText('The circle is outside this image.')).toBeTruthy();
  });

  it('takes a band in any unit, and tells its range', async () => {
    const { session } = show();
    await ready();
    expect(screen.getByText(/BAND 400 nm–900 nm/)).toBeTruthy();
    type('BAND from', '500');
    fireEvent.change(screen.getByRole('combobox', { name: 'BAND unit' }), {
      target: { value: 'nm' }
    });
    expect(session.model?.request?.parameters).toContainEqual(['BAND', '5e-7 +Inf']);
  });

  it('moves and resizes the shape on the footprint with arrow keys; the fields follow', async () => {
    show();
    await ready();
    type('Right ascension', '10');
    type('Declination', '0');
    type('Radius', '0.1');
    const centre = screen.getByRole('slider', { name: 'Centre of the cutout' });
    fireEvent.keyDown(centre, { key: 'ArrowUp' });
    expect(Number(valueOf('Declination'))).toBeCloseTo(0.01, 4);
    fireEvent.keyDown(centre, { key: 'ArrowLeft' });
    expect(Number(valueOf('Right ascension'))).toBeCloseTo(10.01, 4);
    const rim = screen.getByRole('slider', { name: 'Radius of the cutout' });
    fireEvent.keyDown(rim, { key: 'ArrowRight' });
    expect(Number(valueOf('Radius'))).toBeCloseTo(0.11, 4);
  });

  it('shows the words of a service that refused, and keeps what was typed', async () => {
    show(() =>
      Promise.reject(new ProtocolError('rejected', 'UsageError: No such radius.'))
    );
    const form = await ready();
    type('Radius', '0.125');
    fireEvent.submit(form);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Archive X: UsageError: No such radius.');
    expect(valueOf('Radius')).toBe('0.125');
  });

  it('offers a sign-in where one would help', async () => {
    const { actions } = show(() =>
      Promise.reject(new ProtocolError('expired', 'The sign-in ran out.'))
    );
    fireEvent.submit(await ready());
    fireEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(actions.signIn).toHaveBeenCalledTimes(1);
  });

  it('takes a cutout that is cancelled off the queue', async () => {
    const { queue } = show(() => new Promise(() => undefined));
    fireEvent.submit(await ready());
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(queue.cancelled).toEqual(['1']));
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('shows the request as code and copies the one that is shown', async () => {
    const { actions } = show();
    await ready();
    fireEvent.click(screen.getByRole('tab', { name: 'URL' }));
    expect(screen.getByRole('tabpanel').textContent).toMatch(
      /^https:\/\/x\.example\/soda\?/
    );
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(actions.copy.mock.calls[0][0]).toMatch(/^https:\/\/x\.example\/soda\?/);
  });
});
