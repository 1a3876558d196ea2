import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../function/src/configuration/parse.ts';
import { connect } from '../../../../function/src/opensearch/connection.ts';
import { indexDefinition } from '../../../../function/src/opensearch/index-definition.ts';
import { noteConversion } from '../../../../function/src/operator/note-conversion.ts';
import {
  type Clinic,
  newPatient,
  openClinic,
  type Patient,
  type PatientParts,
} from '../../../support/clinic.ts';
import { startFaultProxy } from '../../../support/fault-proxy.ts';
import { sharedServer } from '../../../support/shared-server.ts';
import { checkNamed, complaintsAmong } from './findings.ts';

let first: Clinic;

beforeAll(async () => {
  const [moto, openSearch] = await Promise.all([
    sharedServer('moto'),
    sharedServer('opensearch-3.8'),
  ]);
  first = await openClinic(moto, openSearch);
});

afterAll(() => first.stop());

describe.each(['3.8', '2.19'] as const)('with OpenSearch %s', (version) => {
  let clinic: Clinic;

  beforeAll(async () => {
    const openSearchUrl = await sharedServer(`opensearch-${version}`);
    clinic = { ...first, openSearchUrl, openSearch: await startFaultProxy(openSearchUrl) };
  });

  afterAll(() => clinic.openSearch.stop());

  /** A patient whose index is as the function makes it, but for what goes over it. */
  const withIndex = async (over: object = {}, parts: PatientParts = {}): Promise<Patient> => {
    const patient = await newPatient(clinic, parts);
    await patient.askOpenSearch(
      'PUT',
      `/${patient.name}`,
      merged(indexDefinition(tableOf(patient, parts)), over),
    );
    return patient;
  };

  const ofIndex = async (patient: Patient) =>
    (await patient.examine()).filter(({ group }) => group === 'index');

  const write = async (patient: Patient, lines: readonly object[]) => {
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const response = await fetch(`${clinic.openSearchUrl}/${patient.name}/_bulk?refresh=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body,
    });
    expect(await response.json()).toMatchObject({ errors: false });
  };

  test('an index as the function makes it has nothing wrong, with and without documents', async () => {
    const patient = await withIndex();
    expect(complaintsAmong(await ofIndex(patient))).toEqual([]);
    await write(patient, [{ index: { _id: '1' } }, { a: 1, b: { c: 'd' } }]);
    expect(complaintsAmong(await ofIndex(patient))).toEqual([]);
  });

  test('an alias with a write index has nothing wrong, and tells which one it is', async () => {
    const patient = await newPatient(clinic);
    const definition = indexDefinition(tableOf(patient));
    for (const [suffix, is_write_index] of [
      ['1', false],
      ['2', true],
    ] as const) {
      const aliases = { [patient.name]: { is_write_index } };
      await patient.askOpenSearch('PUT', `/${patient.name}-${suffix}`, { ...definition, aliases });
    }
    const checks = await ofIndex(patient);
    expect(complaintsAmong(checks)).toEqual([]);
    expect(checkNamed(checks, 'index').finding).toBe(
      `an alias; written is ${patient.name}-2 of 2 behind it`,
    );
  });

  test('an alias without a write index is wrong', async () => {
    const patient = await newPatient(clinic);
    for (const suffix of ['1', '2']) {
      await patient.askOpenSearch('PUT', `/${patient.name}-${suffix}`, {
        aliases: { [patient.name]: {} },
      });
    }
    expect(checkNamed(await ofIndex(patient), 'index')).toMatchObject({
      status: 'wrong',
      finding: expect.stringContaining('none of which is its write index'),
      cure: expect.stringContaining(`"index":"${patient.name}-2"`),
    });
  });

  test('a closed index is wrong', async () => {
    const patient = await withIndex();
    await patient.askOpenSearch('POST', `/${patient.name}/_close`);
    const checks = await ofIndex(patient);
    expect(checkNamed(checks, 'blocks')).toMatchObject({
      status: 'wrong',
      finding: 'the index is closed',
    });
    expect(checkNamed(checks, 'documents')).toMatchObject({ status: 'skipped' });
    await patient.askOpenSearch('POST', `/${patient.name}/_open`);
    expect(checkNamed(await ofIndex(patient), 'blocks')).toMatchObject({ status: 'ok' });
  });

  test.each(['write', 'read_only', 'read_only_allow_delete'])(
    'an index with the block %s is wrong',
    async (block) => {
      const patient = await withIndex({ settings: { [`index.blocks.${block}`]: true } });
      expect(checkNamed(await ofIndex(patient), 'blocks')).toMatchObject({
        status: 'wrong',
        finding: `it takes no writes (index.blocks.${block})`,
      });
    },
  );

  test('an index whose documents were made with other settings is wrong, until it is proved anew', async () => {
    const patient = await withIndex();
    await patient.configure({ table: { exclude: ['password'] } });
    expect(checkNamed(await ofIndex(patient), 'built with')).toMatchObject({
      status: 'wrong',
      cure: expect.stringContaining(`npx dynamodb-to-opensearch backfill ${patient.name}`),
    });
    const parts = { table: { exclude: ['password'] } };
    await noteConversion(
      tableOf(patient, parts),
      connect(new URL(clinic.openSearchUrl), undefined),
    );
    expect(complaintsAmong(await ofIndex(patient))).toEqual([]);
  });

  test('an index that was made for another table is wrong', async () => {
    const patient = await withIndex({
      mappings: { _meta: { dynamodb_to_opensearch: { table: 'Other' } } },
    });
    expect(checkNamed(await ofIndex(patient), 'built with')).toMatchObject({
      status: 'wrong',
      finding: 'it was made for the table Other',
    });
  });

  test('a mapping or setting that is not the defined one is named with its path', async () => {
    const patient = await withIndex();
    await patient.configure({
      table: {
        mappings: {
          properties: { price: { type: 'double' }, name: { type: 'text', index: true } },
        },
        settings: { refresh_interval: '5s' },
      },
    });
    await patient.askOpenSearch('PUT', `/${patient.name}/_mapping`, {
      properties: { price: { type: 'keyword' }, name: { type: 'text' } },
    });
    expect(checkNamed(await ofIndex(patient), 'definition')).toMatchObject({
      status: 'warning',
      finding: 'it differs at properties.price.type, index.refresh_interval',
    });
  });

  test('settings and mappings of one’s own do not differ when the index was made with them', async () => {
    const analyzer = { plain: { type: 'stop', stopwords: ['a', 'the'] } };
    const table = {
      mappings: {
        _meta: { owner: 'search team' },
        dynamic_templates: [{ ids: { match: '*_id', mapping: { type: 'keyword' } } }],
        properties: { name: { type: 'text', analyzer: 'plain', index: true } },
      },
      settings: { number_of_shards: 2, index: { refresh_interval: '5s' }, analysis: { analyzer } },
    };
    expect(complaintsAmong(await ofIndex(await withIndex({}, { table })))).toEqual([]);
  });

  test('a definition that OpenSearch refuses is wrong before any index is made of it', async () => {
    const patient = await withIndex();
    await patient.configure({ table: { mappings: { properties: { a: { type: 'nonsense' } } } } });
    expect(checkNamed(await ofIndex(patient), 'definition')).toMatchObject({
      status: 'wrong',
      finding: expect.stringContaining('nonsense'),
    });
  });

  test('of an index that was made by hand, everything is named that will not take some document', async () => {
    const patient = await newPatient(clinic);
    await patient.askOpenSearch('PUT', `/${patient.name}`, {});
    await write(patient, [{ index: { _id: '1' } }, { count: 1, since: '2026-01-01', name: 'x' }]);
    const complaints = complaintsAmong(await ofIndex(patient));
    expect(complaints).toEqual([
      expect.stringContaining('warning built with: it was made by hand'),
      expect.stringContaining(
        'warning definition: it differs at dynamic_templates, date_detection',
      ),
      [
        'warning mapping: not every document will fit:',
        '- the first number of an attribute decides: after 1, numbers beyond 2⁶³ are refused, and 1.5 is searched as 1',
        '- date_detection is on: one text that reads like a date makes its attribute a date, and the next text does not fit',
        '- ignore_malformed is off: one value that does not fit keeps its whole document out',
        '- depth.limit is 20: DynamoDB nests deeper, and such documents are refused',
        '- mapped by their first values: count (long), since (date)',
      ].join('\n'),
    ]);
  });

  test.each([
    [{ dynamic: 'strict' }, 'dynamic is strict'],
    [{ dynamic: false }, 'dynamic is false'],
    [{ numeric_detection: true }, 'numeric_detection is on'],
  ])('a mapping with %j is warned of', async (mappings, finding) => {
    const patient = await withIndex({ mappings });
    expect(checkNamed(await ofIndex(patient), 'mapping')).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining(finding),
    });
  });

  test('values that OpenSearch ignored are counted by field', async () => {
    const patient = await withIndex({
      mappings: { properties: { n: { type: 'long' }, d: { type: 'date' } } },
    });
    await write(patient, [
      ...[{ index: { _id: '1' } }, { n: 'one' }],
      ...[{ index: { _id: '2' } }, { n: 'two', d: 'yesterday' }],
      ...[{ index: { _id: '3' } }, { n: 3 }],
    ]);
    expect(checkNamed(await ofIndex(patient), 'ignored')).toMatchObject({
      status: 'warning',
      finding:
        '2 documents with values that do not fit their fields, so no search finds them by these: n 2 ×, d 1 ×',
    });
  });

  test('an index that forgets deletions too soon, with the request that has it remember them', async () => {
    const patient = await withIndex({ settings: { 'index.gc_deletes': '30s' } });
    expect(checkNamed(await ofIndex(patient), 'deletions')).toMatchObject({
      status: 'wrong',
      cure: expect.stringContaining(
        `\n  PUT /${patient.name}/_settings {"index.gc_deletes":"60s"}`,
      ),
    });
  });

  test('a field count near its limit is warned of, as OpenSearch counts it', async () => {
    const patient = await withIndex({ settings: { 'index.mapping.total_fields.limit': 10 } });
    await write(patient, [
      { index: { _id: '1' } },
      { a: 'text and keyword', b: { c: 'two more', d: 1 }, e: 1 },
    ]);
    // a, a.keyword, b, b.c, b.c.keyword, b.d, e: three are left.
    expect(checkNamed(await ofIndex(patient), 'fields')).toMatchObject({
      status: 'ok',
      finding: '7 of 10',
    });
    await write(patient, [{ index: { _id: '2' } }, { f: 1, g: 1, h: 1 }]);
    expect(checkNamed(await ofIndex(patient), 'fields')).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('10 of 10'),
    });
  });

  test('versions that lie in the future are counted', async () => {
    const patient = await withIndex();
    const now = Math.floor(Date.now() / 1000) * 1e6;
    const version_type = 'external_gte';
    await write(patient, [
      ...[{ index: { _id: '1', version: now, version_type } }, {}],
      ...[{ index: { _id: '2', version: now + 3600e6, version_type } }, {}],
    ]);
    expect(checkNamed(await ofIndex(patient), 'versions')).toMatchObject({
      status: 'warning',
      finding:
        '1 of all 2 documents lie in the future: each change of those costs a read of the table',
    });
  });

  test('a pipeline that does not exist is wrong', async () => {
    const patient = await withIndex({}, { table: { pipeline: 'there-is-none' } });
    expect(checkNamed(await ofIndex(patient), 'pipeline')).toMatchObject({
      status: 'wrong',
      finding: 'there is no ingest pipeline there-is-none: records come again',
    });
  });
});

/** A patient's table as the parameter has it. */
const tableOf = ({ name }: Patient, { table = {} }: PatientParts = {}) => {
  const keys = [{ name: 'pk', type: 'S' }];
  const text = JSON.stringify({
    endpoint: 'https://search-x.eu-west-1.es.amazonaws.com',
    dead_letter: { bucket: name, prefix: '' },
    tables: { [name]: { index: name, keys, ...table } },
  });
  const configured = parseConfiguration(text, 'the test', undefined).tables.get(name);
  if (configured === undefined) throw new Error('the table is not configured');
  return configured;
};

const merged = (definition: object, over: object): object =>
  Object.fromEntries(
    [...new Set([...Object.keys(definition), ...Object.keys(over)])].map((name) => [
      name,
      { ...Object(Reflect.get(definition, name)), ...Object(Reflect.get(over, name)) },
    ]),
  );
