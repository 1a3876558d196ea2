import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { indexItems } from '../../../function/operator/verify/verified.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { resultOf } from '../../../support/command-result.ts';
import { answering, when } from '../../../support/faults.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';

let stage: OperatorStage;

beforeAll(async () => {
  // An object: a text in its place is refused.
  const mappings = { properties: { poison: { type: 'object' } } };
  stage = await openOperatorStage({
    tables: { other: { mappings } },
    environment: { COLUMNS: '200' }, // names of stages are long
  });
  for (const suffix of ['', 'other']) {
    for (let n = 0; n < 30; n++) {
      await stage.putItem({ pk: { S: `k${n}` }, price: { N: `${n}.5` } }, suffix);
    }
    await indexItems(stage, suffix);
  }
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.dynamoDB.behave();
});

afterAll(() => stage.stop());

const HASTY = ['--delay', '0.2'];

const verify = (...commandLine: readonly string[]) =>
  stage.run(['verify', ...commandLine, ...HASTY]);

const document = (index: string, id: string) => `/${index}/_doc/${id}?refresh=true`;

test('an index that equals its table is told so, with status 0', async () => {
  const { status, stdout, stderr } = await verify(stage.name);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(
    `✓ index equals table  ${stage.name}: 30 items, each compared with its document\n`,
  );
});

test('all tables are verified, one after the other', async () => {
  const { status, stdout } = await verify('--all', '--json');
  expect(status).toBe(0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual(['table', 'table', 'summary']);
  expect(lines.at(-1)).toEqual({
    type: 'summary',
    verdict: 'equal',
    items: 60,
    documents: 60,
    differences: 0,
    repaired: 0,
  });
});

describe.sequential('what differs', () => {
  beforeAll(async () => {
    const { name, openSearchUrl } = stage;
    await askOpenSearch(openSearchUrl, 'DELETE', document(name, 'k1'));
    await askOpenSearch(openSearchUrl, 'PUT', document(name, 'k2'), { pk: 'k2', price: 12 });
    await askOpenSearch(openSearchUrl, 'PUT', document(name, 'x%0Ay'), { pk: 'x\ny' });
  });

  test('is listed, with the command that mends it and status 1', async () => {
    const { status, stdout } = await verify(stage.name);
    expect(status).toBe(1);
    expect(stdout.split('\n').slice(0, 3).sort()).toEqual([
      '  extra       x\\u000ay',
      '  missing     k1',
      '  stale       k2',
    ]);
    expect(stdout.split('\n').slice(3)).toEqual([
      `✗ index differs from table  ${stage.name}: 1 missing, 1 extra, 1 stale of 30 items`,
      `  To mend it: npx dynamodb-to-opensearch verify ${stage.name} --repair --parameter configuration`,
      '',
    ]);
  });

  test('names the first field with --verbose', async () => {
    const { stdout } = await verify(stage.name, '--verbose');
    expect(stdout).toContain('  stale       k2  price: table 2.5, index 12\n');
  });

  test('is a line of JSON each with --json', async () => {
    const { status, stdout } = await verify(stage.name, '--json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(1);
    expect(lines.find(({ kind }) => kind === 'stale')).toEqual({
      type: 'difference',
      table: stage.name,
      index: stage.name,
      kind: 'stale',
      id: 'k2',
      key: { pk: { S: 'k2' } },
      field: 'price',
      table_value: '2.5',
      index_value: '12',
    });
    expect(lines.at(-1)).toMatchObject({ type: 'summary', verdict: 'different', differences: 3 });
  });

  test('is repaired with --repair, and then the status is 0', async () => {
    const { status, stdout } = await verify(stage.name, '--repair');
    expect(status).toBe(0);
    expect(stdout).toContain(`✓ index equals table  ${stage.name}: 3 differences, all repaired\n`);
    expect((await verify(stage.name)).status).toBe(0);
  });

  test('and is refused by OpenSearch is told in the words of replay, with place and cure', async () => {
    await stage.putItem({ pk: { S: 'k1' }, poison: { S: 'text' } }, 'other');
    const { status, stdout } = await verify(`${stage.name}.other`, '--repair');
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^ {2}unrepaired {2}k1: .*\.other\.poison: \w+ where object is mapped\. Give poison a type that /m,
    );
    expect(stdout).toMatch(/✗ index differs from table .*: 1 stale of 30 items; 0 repaired\n/);
    await stage.putItem({ pk: { S: 'k1' }, price: { N: '1.5' } }, 'other');
  });
});

describe('what cannot be told has status 2 and one sentence about why:', () => {
  test('a table that is not configured', async () => {
    const { status, stderr } = await verify('Order');
    expect(status).toBe(2);
    expect(stderr).toContain('The configuration has no table Order');
  });

  test('a table that DynamoDB does not let be read', async () => {
    const denied = {
      __type: 'AccessDeniedException',
      message: 'not authorized to perform: dynamodb:Scan',
    };
    stage.dynamoDB.behave(answering(400, denied));
    const { status, stdout, stderr } = await verify(stage.name, '--json');
    expect(status).toBe(2);
    expect(stderr).toContain('not authorized to perform: dynamodb:Scan. Have it allowed');
    expect(JSON.parse(stdout.trimEnd())).toMatchObject({ type: 'summary', verdict: 'unknown' });
  });

  test('an index that OpenSearch does not let be read', async () => {
    stage.openSearch.behave(
      when(
        ({ path }) => path.includes('_mget'),
        answering(403, { error: { type: 'security_exception' } }),
      ),
    );
    const { status, stderr } = await verify(stage.name);
    expect(status).toBe(2);
    expect(stderr).toContain(
      `OpenSearch did not return documents of ${stage.name}: security_exception (HTTP 403)`,
    );
  });
});

test('an interruption ends it with status 130, soon, and says how far it was', async () => {
  stage.dynamoDB.behave(answering(500));
  const child = stage.spawn(['verify', stage.name]);
  setTimeout(() => child.kill('SIGINT'), 1500);
  const { status, stderr } = await resultOf(child);
  expect(status).toBe(130);
  expect(stderr.replace(/^Ending; .*\n/, '')).toBe(
    `The verification of ${stage.name} ended early: 0 items and 0 documents were read, no difference found until then. Nothing is kept of it: it begins anew.\n`,
  );
});
