import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Token } from '@lumino/coreutils';

import { Schemas } from '../../model/schema/schemas.js';
import type { ISchemas as ISchemasInterface } from '../../model/schema/types.js';
import { SchemaKeeper } from './schemakeeper.js';

/** What services tell of themselves, for our plugins. */
export type ISchemas = ISchemasInterface;

/** What services tell of themselves, for our plugins. */
export const ISchemas = new Token<ISchemas>(
  'obsdeck:ISchemas',
  'What services tell of their tables and of what they can; kept over visits.'
);

/** Provides what is known of services. Asks none of them by itself. */
export const schema: JupyterFrontEndPlugin<ISchemas> = {
  id: 'obsdeck:schema',
  description: 'Knows the tables, columns and functions of the archives’ services.',
  autoStart: true,
  provides: ISchemas,
  activate: () => new Schemas(new SchemaKeeper())
};
