import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../function/src/opensearch/connection.ts';
import { indexDefinition } from '../../../function/src/opensearch/index-definition.ts';
import { noteConversion } from '../../../function/src/operator/note-conversion.ts';
import { askOpenSearch } from '../../support/ask-opensearch.ts';
import { aTable } from '../../support/records.ts';
import { sharedServer } from '../../support/shared-server.ts';

describe.each(['3.8', '2.19'] as const)('with OpenSearch %s', (version) => {
  const open = async () => {
    const url = await sharedServer(`opensearch-${version}`);
    const index = `noted-${randomUUID()}`;
    const table = aTable({ index, mappings: { _meta: { owner: 'search team' } } });
    return { url, index, table, send: connect(new URL(url), undefined) };
  };

  test('the note says what the definition says; what others noted, and the mapping, stay', async () => {
    const { url, index, table, send } = await open();
    const mappings = { date_detection: false, _meta: { made_by: 'hand', owner: 'nobody' } };
    await askOpenSearch(url, 'PUT', `/${index}`, { mappings });
    expect(await noteConversion(table, send)).toBe(true);
    const { _meta: defined } = indexDefinition(table).mappings;
    expect(await askOpenSearch(url, 'GET', `/${index}/_mapping`)).toEqual({
      [index]: {
        mappings: {
          date_detection: false,
          _meta: { made_by: 'hand', owner: 'search team', ...Object(defined) },
        },
      },
    });
  });

  test('behind an alias the note is in the index that is written', async () => {
    const { url, index, table, send } = await open();
    for (const [suffix, is_write_index] of [
      ['1', false],
      ['2', true],
    ] as const) {
      const aliases = { [index]: { is_write_index } };
      await askOpenSearch(url, 'PUT', `/${index}-${suffix}`, { aliases });
    }
    expect(await noteConversion(table, send)).toBe(true);
    expect(await askOpenSearch(url, 'GET', `/${index}/_mapping`)).toMatchObject({
      [`${index}-1`]: { mappings: {} },
      [`${index}-2`]: { mappings: { _meta: { dynamodb_to_opensearch: { table: table.name } } } },
    });
  });

  test('an alias of which nobody knows what is written takes no note', async () => {
    const { url, index, table, send } = await open();
    for (const suffix of ['1', '2']) {
      await askOpenSearch(url, 'PUT', `/${index}-${suffix}`, { aliases: { [index]: {} } });
    }
    expect(await noteConversion(table, send)).toBe(false);
  });

  test('where there is no index, nothing is noted and none is made', async () => {
    const { url, index, table, send } = await open();
    expect(await noteConversion(table, send)).toBe(true);
    await expect(askOpenSearch(url, 'GET', `/${index}`)).rejects.toThrow('404');
  });
});
