import { SQLDialect } from '@codemirror/lang-sql';
import { LanguageSupport } from '@codemirror/language';

import { functionsOf, RESERVED_WORDS } from '../../protocol/adql/index.js';

/** Types that CAST knows (ADQL 2.1 §4.4), as highlighted. */
const TYPES = 'char varchar integer smallint bigint real double timestamp date';

/** ADQL for JupyterLab's editors: SQL's grammar with ADQL's words (ADQL 2.1 §2.1). */
export function adqlSupport(): LanguageSupport {
  const functions = functionsOf(null).map(({ name }) => name.toLowerCase());
  const known = new Set([...functions, ...TYPES.split(' ')]);
  const keywords = RESERVED_WORDS.map(word => word.toLowerCase());
  const { language } = SQLDialect.define({
    keywords: keywords.filter(word => !known.has(word)).join(' '),
    builtin: functions.join(' '),
    types: TYPES,
    // Double quotes are for names, and nothing is escaped by a backslash.
    doubleQuotedStrings: false,
    backslashEscapes: false,
    hashComments: false,
    slashComments: false,
    operatorChars: '*+-%<>!=&|/'
  });
  return new LanguageSupport(language);
}
