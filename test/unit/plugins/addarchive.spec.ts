import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { addArchive } from '../../../src/plugins/addarchive.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import type { IArchiveRegistry } from '../../../src/tokens.js';
import { FakeTransport } from '../../support/transport.js';
import { archiveOf } from '../model/rows.js';

const { definition } = archiveOf(async function* () {});
const ESO = { ...definition, name: 'ESO', origins: ['https://archive.example'] };
const REGISTRY = {
  archives: [{ definition: { ...ESO, origin: 'shipped' } }]
} as unknown as IArchiveRegistry;

afterEach(() => {
  fireEvent.keyDown(document.querySelector('dialog') ?? document, { key: 'Escape' });
});

/** Check an address in the dialog; resolves to what is said at it. */
async function check(transport: FakeTransport, url: string): Promise<string> {
  void addArchive(REGISTRY, transport, nullTranslator);
  await waitFor(() => expect(document.querySelector('dialog input')).toBeTruthy());
  document.querySelector('dialog')?.setAttribute('open', '');
  const address = screen.getByRole('textbox', { name: 'Address' });
  fireEvent.change(address, { target: { value: url } });
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Check' })));
  return (await screen.findByRole('alert')).textContent;
}

it('sends nothing to the host of an archive that is here', async () => {
  const transport = new FakeTransport(() => new Response(''));
  expect(await check(transport, 'http://archive.example/tap')).toBe(
    'This host belongs to ESO, which is already here. Choose ESO in the list of archives.'
  );
  expect(transport.seen).toEqual([]);
});

it('names the host that did not answer, and what to do', async () => {
  const transport = new FakeTransport(() => {
    throw new ProtocolError('unavailable', 'other.example: nothing listens there.', {
      archive: 'new',
      hint: 'Check the address.'
    });
  });
  expect(await check(transport, 'https://Other.example:443/tap')).toBe(
    'other.example: nothing listens there. Check the address.'
  );
});
