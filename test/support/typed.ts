import fc from 'fast-check';

/** Characters that end, escape or hide something in ADQL, Python or a shell. */
const NASTY = [...'\'"\\%*_;-/\n\r\t`${}#\u2028\u202e\u00e9\u{1f52d}\u{e0001}'];

/** What a hostile or hasty person types: any text, with many special characters. */
export const typedText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 })
  )
});
