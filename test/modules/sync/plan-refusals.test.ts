import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AwsAccount, createTable, openAccount } from '../../support/aws-account.ts';
import { openWorkspace, type Workspace } from '../../support/terraform.ts';
import type { Problem } from '../../support/terraform-messages.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is Terraform's template.
const MAPPINGS = '${file("mappings.json")}';

const DOMAIN = 'arn:aws:es:eu-west-1:123456789012:domain/shop';

// What only AWS, or the files beside the module, can tell to be wrong: each case is a module of its
// own, and one plan speaks about all of them.
const CASES = {
  misspelt: { tables: { Ordres: {} } },
  without_tables: {},
  without_a_stream: { tables: { Sessions: {} } },
  twins: { tables_matching: '^[Tt]wins$' },
  no_index: { tables_matching: '^_Hidden$' },
  nobody: { tables_matching: '^nobody_has_such_a_table$' },
  too_long: { tables: { Orders: { mappings: MAPPINGS } } },
  unreadable: {
    tables: { Orders: {} },
    opensearch: { config_object: { bucket: 'lambda-code', key: 'prod_es_creds' } },
  },
  beyond_policies: { tables: { Orders: { index: '注文' }, Twins: { index: 'twins-$${user}' } } },
  without_an_address: {
    tables: { Orders: {} },
    opensearch: { config_object: { bucket: 'lambda-code', key: 'empty.json' } },
  },
  an_address_of_ones_own: {
    tables: { Orders: {} },
    opensearch: { endpoint: 'https://search.example.com' },
  },
  a_key_of_ones_own: {
    tables: { Orders: {} },
    opensearch: { config_object: { bucket: 'lambda-code', key: 'other.json' } },
  },
  by_http: {
    tables: { Orders: {} },
    opensearch: { config_object: { bucket: 'lambda-code', key: 'http.json' }, arn: DOMAIN },
  },
};

const COMPLETE = {
  source: '../modules/sync',
  opensearch: {
    endpoint: 'https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com',
  },
};

const JSON_TEXT = { ContentType: 'application/json' };
const OBJECTS = [
  { Key: 'prod_es_creds', Body: 'ES_ENDPOINT=x' },
  { Key: 'other.json', Body: '{"url": "https://search.example.com"}', ...JSON_TEXT },
  { Key: 'empty.json', Body: '{"endpoint": ""}', ...JSON_TEXT },
  { Key: 'http.json', Body: '{"endpoint": "http://search.example.com"}', ...JSON_TEXT },
];

let account: AwsAccount;
let workspace: Workspace;
let problems: readonly Problem[];

beforeAll(async () => {
  account = await openAccount();
  const keys = [{ name: 'id', type: 'S' }] as const;
  for (const name of ['Orders', 'Twins', 'twins', '_Hidden']) {
    await createTable(account.url, { name, keys });
  }
  await createTable(account.url, { name: 'Sessions', keys, viewType: 'none' });
  await account.createBucket('lambda-code');
  for (const object of OBJECTS) {
    await account.s3.send(new PutObjectCommand({ Bucket: 'lambda-code', ...object }));
  }
  workspace = await openWorkspace({
    path: 'refusals',
    environment: { AWS_ENDPOINT_URL: account.url },
    files: {
      'main.tf.json': modulesOf(CASES),
      'mappings.json': JSON.stringify({ _meta: { notes: 'x'.repeat(1024 * 1024) } }),
    },
  });
  await workspace.init();
  ({ problems } = await workspace.plan());
});

afterAll(() => account?.stop());

const modulesOf = (cases: { readonly [name: string]: object }): string => {
  const moduleOf = ([name, inputs]: [string, object]) => [
    name,
    { ...COMPLETE, name: name.replaceAll('_', '-'), ...inputs },
  ];
  return JSON.stringify({ module: Object.fromEntries(Object.entries(cases).map(moduleOf)) });
};

test('what cannot be deployed is refused at plan, by the name of the table and with the cure', () => {
  const refusals = [
    /: reading Dynamodb Table \(Ordres\): /i,
    /: tables: must name one table or more, unless tables_matching finds them\./,
    /: tables\.Sessions: the table has no stream, .* aws dynamodb update-table --table-name Sessions /s,
    /: tables_matching: Twins and twins share the index "twins"; each table needs its own: name all but one /,
    /: tables_matching finds _Hidden, but "_hidden" as an index must not start with -, _ or \+; give it another: tables = {/,
    /: tables_matching: no table .* matches "\^nobody_has_such_a_table\$" has a stream/,
    /: The configuration of too-long-sync would be \d+ bytes long; the function takes 1048576 \(1 MB\)\. Shorten /,
    /: opensearch\.config_object: .* s3:\/\/lambda-code\/prod_es_creds is application\/octet-stream\. Upload it again: aws s3 cp /,
    /: opensearch: https:\/\/search\.example\.com is not an address of AWS's own, .* add opensearch\.arn, /,
    /: opensearch\.config_object: s3:\/\/lambda-code\/other\.json must hold \{"endpoint": "https:\/\/…"\} or a line ES_ENDPOINT='https:\/\/…'\./,
    /: tables\.Orders\.index: "注文" must hold no letter beyond U\+00FF .*\ntables\.Twins\.index: "twins-\$\{user\}" must hold .* no \$\{ where requests to a domain are signed/,
    /: opensearch\.config_object: s3:\/\/lambda-code\/empty\.json holds the address "", which must be an https URL /,
    /: opensearch\.config_object: s3:\/\/lambda-code\/http\.json holds the address "http:\/\/search\.example\.com", which must be an https URL /,
  ];
  const texts = problems.map(({ severity, text }) => `${severity}: ${text}`);
  expect(texts).toHaveLength(refusals.length);
  for (const refusal of refusals) expect(texts).toContainEqual(expect.stringMatching(refusal));
});

test('a missing archive is refused with the command that builds it', async () => {
  workspace.write('main.tf.json', modulesOf({ misspelt: { tables: { Orders: {} } } }));
  rmSync(join(workspace.directory, '../modules/sync/dist/function.zip'));
  expect((await workspace.plan()).problems.map(({ text }) => text)).toEqual([
    expect.stringMatching(/function\.zip is missing\. In a clone .* run `npm run build`/),
  ]);
}, 60_000);
