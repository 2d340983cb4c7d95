import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { readVOTable } from '../../../../src/protocol/votable/index.js';
import { sharedFixtures } from './support.js';

/**
 * The VOTables among the documents: status, then rows x columns of each table, the
 * result first.
 */
const READ: Readonly<Record<string, string>> = {
  'alma-datalink.xml': 'OK 9x9',
  'alma-shapes.xml': 'OK 5x5',
  'astron_obscore_binary.vot.gz': 'OK 1259x38',
  'astropy_binary2_masked_strings.xml': 'OK 3x6',
  'astropy_binary2_variable_length_char.xml': 'OK 1x1',
  'astropy_coosys.xml': 'OK 1x4',
  'astropy_custom_datatype.xml': 'OK 1x1',
  'astropy_gemini.xml': 'OK 4x10',
  'astropy_names.xml': 'OK 1x17',
  'astropy_no_field_not_empty_table.xml': 'OK 3x0',
  'astropy_no_resource.xml': 'OK',
  'astropy_nonstandard_units.xml': 'OK 0x1',
  'astropy_regression.bin.tabledata.truth.1.3.xml': 'OK 5x29 1x29 0x29',
  'astropy_resource_groups.xml': 'OK',
  'astropy_timesys.xml': 'OK 1x4',
  'astropy_too_many_columns.xml.gz': 'OK 1x41',
  'cds_IMCCE.with_namespace.vot': 'OK 14x15',
  'cds_TS_gaia_ESAC.xml': 'OK 251x12',
  'cds_VII.vot': 'OVERFLOW 50x17',
  'cds_binary.b64.xml': 'OVERFLOW 50x17',
  'cds_gaia_dr3.b264.xml': 'OVERFLOW 50x57',
  'cds_simbad_unicodechar.xml': 'OK 298x3',
  'cds_stilts_all_but_k_test.expect.vot': 'OK 10x44',
  'cds_stilts_all_but_k_test.vot': 'OK 10x44',
  'cds_unicode.vot': 'OK 4x9',
  'cds_vot_utf8_array_dt.xml': 'OK 2x1',
  'cds_vot_with_empty_prec.vot': 'OK 374x8',
  'cds_votable_to_json.xml': 'OVERFLOW 2x23',
  'esa_upload_result_plain.vot': 'OK 2x4',
  'euclid_products.vot': 'OK 4x16',
  'gaia_val_result.vot': 'OK 2x152',
  'ivoa_obscore_example_response.xml': 'OK 0x34',
  'pyvo_cutout1.xml': 'OK 6x9',
  'pyvo_cutout2.xml': 'OK 3x9',
  'pyvo_datalink-obscore.xml': 'OK 3x34',
  'pyvo_datalink-ssa.xml': 'OK 1x32',
  'pyvo_datalink.xml': 'OK 4x8',
  'pyvo_multi-interface.xml': 'OK 1x22',
  'pyvo_obscore-image.xml': 'OK 10x36',
  'pyvo_proc.xml': 'OK 5x8',
  'pyvo_proc_units.xml': 'OK 3x8',
  'pyvo_query_basic.xml': 'OK 3x2',
  'pyvo_query_errorstatus.xml': 'ERROR 3x2',
  'pyvo_query_firstresource.xml': 'OK 3x2',
  'pyvo_query_missingcolumns.xml': 'OK 3x0',
  'pyvo_query_missingresource.xml': 'OK',
  'pyvo_query_missingtable.xml': 'OK',
  'pyvo_query_overflowstatus.xml': 'OVERFLOW 3x2',
  'pyvo_query_rootinfo.xml': 'OK 3x2',
  'pyvo_query_tableinfo.xml': 'OK 3x2',
  'synthetic_error_votable_http200.xml': 'ERROR',
  'synthetic_error_votable_no_resource.xml': 'ERROR',
  'synthetic_golden_binary.xml': 'OK 4x24',
  'synthetic_golden_binary2.xml': 'OK 4x24',
  'synthetic_golden_bom.xml': 'OK 4x24',
  'synthetic_golden_error_trailing.xml': 'ERROR 4x24',
  'synthetic_golden_no_namespace.xml': 'OK 4x24',
  'synthetic_golden_overflow_trailing.xml': 'OVERFLOW 4x24',
  'synthetic_golden_prefixed_binary2.xml': 'OK 4x24',
  'synthetic_golden_prefixed_tabledata.xml': 'OK 4x24',
  'synthetic_golden_tabledata.xml': 'OK 4x24',
  'synthetic_golden_tabledata.xml.gz': 'OK 4x24',
  'synthetic_invalid_xml_chars.xml': 'OK 3x1',
  'synthetic_latin1_declared.xml': 'OK 1x1',
  'synthetic_odd_arraysizes.xml': 'OK 2x9',
  'synthetic_param_and_group_columns.xml': 'OK 1x2 1x1',
  'synthetic_unescaped_ampersand.xml': 'OK 1x1',
  'synthetic_zero_rows_binary2.xml': 'OK 0x2',
  'synthetic_zero_rows_no_data_element.xml': 'OK 0x2',
  'synthetic_zero_rows_overflow.xml': 'OVERFLOW 0x2',
  'synthetic_zero_rows_tabledata.xml': 'OK 0x2',
  'datalink_calexp-nocutout.xml': 'OK 1x8',
  'datalink_calexp.xml': 'OK 4x8',
  'datalink_invalid.xml': 'OK 1x8',
  'datalink_nonexistent.xml': 'OK 1x8',
  'datalink_raw.xml': 'OK 1x8',
  'sia_error.xml': 'ERROR',
  'sia_self-description.xml': 'OVERFLOW 0x30',
  'synthetic_links_foreign_cutout.xml': 'OK 4x8',
  'synthetic_obscore_binary2.xml': 'OK 3x24',
  'synthetic_obscore_tabledata.xml': 'OK 3x24',
  'synthetic_tap_sync_timeout_200.xml': 'ERROR'
};

/** Documents that are VOTables and refused, with a part of the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  'astropy_regression.xml': 'column “unsignedByte” of the table holds “256”',
  'synthetic_entity_expansion.xml': 'DTD',
  'synthetic_hostile_length_binary2.xml': 'column “b” of the table declares a length',
  'synthetic_html_error_page.html': 'a web page titled “502 Bad Gateway”',
  'synthetic_remote_stream_href.xml': 'points elsewhere',
  'synthetic_truncated_binary2.xml': 'breaks off in row 4: 3 rows are complete',
  'synthetic_two_votables_mixed.xml': 'class cast problem while writing column 3'
};

const folder = sharedFixtures();
const documents = ['vo', 'rubin'].flatMap(part =>
  folder === null
    ? []
    : readdirSync(join(folder, part))
        .filter(name => /\.(xml|vot|gz|html)$/.test(name))
        .map(name => [name, join(folder, part, name)] as const)
);

async function outcome(path: string): Promise<string> {
  try {
    const { status, tables } = await readVOTable(new Uint8Array(readFileSync(path)));
    const sizes = tables.map(({ arrow }) => `${arrow.numRows}x${arrow.numCols}`);
    return [status, ...sizes].join(' ');
  } catch (error) {
    if (error instanceof ProtocolError && error.kind === 'bad-answer') {
      return error.message;
    }
    throw error;
  }
}

describe.skipIf(folder === null)('documents of ../shared/fixtures', () => {
  it.each(documents)('%s is read or refused as it should be', async (name, path) => {
    const result = await outcome(path);
    const isOther = 'not a VOTable but';
    expect(result).toContain(READ[name] ?? REFUSED[name] ?? isOther);
  });

  it('are all there', () => {
    const names = documents.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([...Object.keys(READ), ...Object.keys(REFUSED)])
    );
  });
});
