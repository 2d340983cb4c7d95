import { ServerConnection } from '@jupyterlab/services';

import type { IServerOptions } from '../transport/api.js';

/** How our own routes are reached with the settings JupyterLab runs with. */
export function serverOptions(settings: ServerConnection.ISettings): IServerOptions {
  return {
    baseUrl: settings.baseUrl,
    // makeRequest adds the login and the XSRF token that every one of our routes wants.
    fetch: (url, init) => ServerConnection.makeRequest(url, init, settings)
  };
}
