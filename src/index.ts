/**
 * Obsdeck: the plugins of the labextension, and the tokens other extensions use.
 */
import { accounts } from './plugins/accounts/accounts.js';
import { adql } from './plugins/search/adql.js';
import { archives } from './plugins/archives/archives.js';
import { browser } from './plugins/search/browser.js';
import { cutout } from './plugins/cutout/cutout.js';
import { documents } from './plugins/documents/documents.js';
import { downloads } from './plugins/downloads/downloads.js';
import { downloadsSection } from './plugins/downloads/downloadssection.js';
import { exporting } from './plugins/results/export.js';
import { history } from './plugins/search/history.js';
import { jobs } from './plugins/jobs/jobs.js';
import { jobsSection } from './plugins/jobs/jobssection.js';
import { links } from './plugins/links/links.js';
import { notebook } from './plugins/notebook/notebook.js';
import { quickLook } from './plugins/quicklook/quicklook.js';
import { resultActions } from './plugins/results/resultactions.js';
import { results } from './plugins/results/results.js';
import { schema } from './plugins/search/schema.js';
import { schemaTabs } from './plugins/search/schematabs.js';
import { sidebar } from './plugins/sidebar.js';
import { signIn } from './plugins/accounts/signin.js';
import { status } from './plugins/status.js';
import { transport } from './plugins/transport.js';
import { widgets } from './plugins/widgets.js';

export * from './tokens.js';

export default [
  transport,
  archives,
  accounts,
  sidebar,
  signIn,
  schema,
  adql,
  results,
  jobs,
  browser,
  jobsSection,
  downloads,
  downloadsSection,
  documents,
  exporting,
  resultActions,
  quickLook,
  cutout,
  history,
  notebook,
  widgets,
  schemaTabs,
  links,
  status
];
