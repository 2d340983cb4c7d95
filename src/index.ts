/**
 * Obsdeck: the plugins of the labextension, and the tokens other extensions use.
 */
import { archives } from './plugins/archives.js';
import { browser } from './plugins/browser.js';
import { notebook } from './plugins/notebook.js';
import { sidebar } from './plugins/sidebar.js';
import { transport } from './plugins/transport.js';

export * from './tokens.js';

export default [transport, archives, sidebar, browser, notebook];
