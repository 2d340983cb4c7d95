import type { TranslationBundle } from '@jupyterlab/translation';

import type { ICompletion } from '../../protocol/adql/index.js';
import type { ICompletionWords } from './types.js';

/** Words for the list of completions. */
export function completionWords(trans: TranslationBundle): ICompletionWords {
  return {
    detail: item => detailOf(item, trans),
    noUnit: trans.__('no unit')
  };
}

function detailOf(item: ICompletion, trans: TranslationBundle): string {
  switch (item.kind) {
    case 'column':
      return [
        typeWord(item.type, trans),
        item.unit,
        item.indexed ? trans.__('fast') : ''
      ]
        .filter(Boolean)
        .join(', ');
    case 'alias':
      return item.of;
    case 'schema':
      return trans.__('schema');
    case 'table':
      return trans.__('table');
    case 'function':
      return trans.__('function');
    default:
      return '';
  }
}

/**
 * A type of VOTable in a word; as it stands where there is none for it.
 *
 * @param type - datatype with arraysize in brackets: `char(*)`
 */
export function typeWord(type: string, trans: TranslationBundle): string {
  const datatype = type.replace(/\(.*/, '');
  if (/^(char|unicodeChar)$/.test(datatype)) {
    return trans.__('text');
  }
  if (type !== datatype) {
    return trans.__('list');
  }
  if (/^(short|int|long|unsignedByte)$/.test(datatype)) {
    return trans.__('integer');
  }
  return /^(float|double)$/.test(datatype) ? trans.__('number') : datatype;
}
