const FIELDS = [
  ['name', 'datatype="char" arraysize="*"', 'text'],
  ['id', 'datatype="long"', '1234567890123'],
  ['count', 'datatype="int"', '1'],
  ['value', 'datatype="double"', '1.5'],
  ['error', 'datatype="float"', ''],
  ['corners', 'datatype="double" arraysize="4"', '1 2 3 4']
] as const;

const fields = FIELDS.map(([name, type]) => `<FIELD name="${name}" ${type}/>`);
const cells = FIELDS.map(([, , value]) => `<TD>${value}</TD>`);
const row = `<TR>${cells.join('')}</TR>`;

/** A small VOTable with the kinds of columns that observations have. */
export const REHEARSAL = new TextEncoder().encode(
  '<VOTABLE version="1.4"><RESOURCE type="results">' +
    '<INFO name="QUERY_STATUS" value="OK"/><TABLE>' +
    `${fields.join('')}<DATA><TABLEDATA>${row.repeat(20)}</TABLEDATA></DATA>` +
    '</TABLE></RESOURCE></VOTABLE>'
);
