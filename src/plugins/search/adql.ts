import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Token } from '@lumino/coreutils';

import {
  type IEditorSettings as IEditorSettingsInterface,
  USUAL_SETTINGS
} from '../../view/query/types.js';
import { ADQL_MIME } from './editor.js';
import { followSetting } from '../settings.js';

/** How the user wants the ADQL editor to be, now. */
export type IEditorSettings = IEditorSettingsInterface;

/** How the user wants the ADQL editor to be, now. */
export const IEditorSettings = new Token<IEditorSettings>(
  'obsdeck:IEditorSettings',
  'How the user wants the ADQL editor to be.'
);

/** Teaches JupyterLab's editors ADQL, in Results tabs and in `*.adql` files. */
export const adql: JupyterFrontEndPlugin<IEditorSettings> = {
  id: 'obsdeck:adql',
  description: 'Highlights ADQL, and knows how the user wants to edit it.',
  autoStart: true,
  requires: [IEditorLanguageRegistry],
  optional: [ISettingRegistry],
  provides: IEditorSettings,
  activate: (
    _: JupyterFrontEnd,
    languages: IEditorLanguageRegistry,
    registry: ISettingRegistry | null
  ) => {
    languages.addLanguage({
      name: 'ADQL',
      mime: ADQL_MIME,
      extensions: ['adql'],
      load: async () => (await import('../../view/query/language.js')).adqlSupport()
    });
    const settings: { -readonly [Name in keyof IEditorSettings]: boolean } = {
      ...USUAL_SETTINGS
    };
    for (const name of Object.keys(settings) as (keyof IEditorSettings)[]) {
      void followSetting(registry, adql.id, name, value => {
        settings[name] = value !== false;
      });
    }
    return settings;
  }
};
