/**
 * Obsdeck: the plugins of the labextension, and the tokens other extensions use.
 */
import { accounts } from './plugins/accounts.js';
import { adql } from './plugins/adql.js';
import { archives } from './plugins/archives.js';
import { browser } from './plugins/browser.js';
import { cutout } from './plugins/cutout.js';
import { documents } from './plugins/documents.js';
import { downloads } from './plugins/downloads.js';
import { downloadsSection } from './plugins/downloadssection.js';
import { exporting } from './plugins/export.js';
import { history } from './plugins/history.js';
import { jobs } from './plugins/jobs.js';
import { jobsSection } from './plugins/jobssection.js';
import { links } from './plugins/links.js';
import { notebook } from './plugins/notebook.js';
import { quickLook } from './plugins/quicklook.js';
import { resultActions } from './plugins/resultactions.js';
import { results } from './plugins/results.js';
import { schema } from './plugins/schema.js';
import { schemaTabs } from './plugins/schematabs.js';
import { sidebar } from './plugins/sidebar.js';
import { signIn } from './plugins/signin.js';
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
