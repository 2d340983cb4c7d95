import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';

import { PatientTransport } from '../protocol/patience.js';
import { ServerTransport } from '../transport/server.js';
import { ITransport } from '../tokens.js';
import { serverOptions } from './server.js';

/** Provides the transport through the Jupyter server's gateway, which waits when asked to. */
export const transport: JupyterFrontEndPlugin<ITransport> = {
  id: 'obsdeck:transport',
  description: 'Sends requests to archives through the Jupyter server.',
  autoStart: true,
  provides: ITransport,
  activate: (app: JupyterFrontEnd) =>
    new PatientTransport(
      new ServerTransport(serverOptions(app.serviceManager.serverSettings))
    )
};
