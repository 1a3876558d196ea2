import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  lineOf,
  objectKeys,
  POISONABLE,
  reject,
  store,
} from '../../../function/operator/replay/replayed.ts';
import { answering, slow, when } from '../../../support/faults.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({ table: { mappings: POISONABLE }, tables: { other: {} } });
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.aws.behave();
  stage.dynamoDB.behave();
  stage.awsState.objects.clear();
});

afterAll(() => stage.stop());

const replay = (...commandLine: readonly string[]) => stage.run(['replay', ...commandLine]);

const jsonLines = (stdout: string): readonly unknown[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('without letters it says so, with status 0', async () => {
  expect(await replay()).toEqual({
    status: 0,
    stdout: `No letter waits in s3://${stage.name}.\n`,
    stderr: '',
  });
});

test('what is settled is removed, what is left is explained, with status 1 and then 0', async () => {
  await reject(stage, 'mended', 'sick');
  await stage.putItem({ pk: { S: 'mended' } });
  const [letter] = stage.letters();
  const { status, stdout, stderr } = await replay();
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout.replaceAll(/\s+/g, ' ').trim()).toBe(
    [
      `2 records in 1 object of s3://${stage.name}: 1 settled, 1 still refused; 0 objects removed, 1 left.`,
      'What is left, and why',
      `${stage.name}.poison: 1 × text where object is mapped`,
      'Give poison a type that takes both in mappings and make the index anew, or list poison in exclude.',
      letter?.key,
    ].join(' '),
  );
  await stage.putItem({ pk: { S: 'sick' } });
  expect(await replay()).toMatchObject({ status: 0 });
  expect(objectKeys(stage)).toEqual([]);
});

test('for machines each letter that is left is a line, without any value of its item', async () => {
  await reject(stage, 'k');
  const { status, stdout } = await replay('--json');
  expect(status).toBe(1);
  expect(stdout).not.toContain('no object');
  expect(jsonLines(stdout)).toMatchObject([
    { type: 'left', kind: 'refused', id: 'k', place: `${stage.name}.poison` },
    { type: 'summary', records: 1, refused: 1, causes: [{ count: 1 }], stuck: [] },
  ]);
});

test('a dry run tells the same and settles nothing', async () => {
  await reject(stage, 'dry');
  await stage.putItem({ pk: { S: 'dry' } });
  const { status, stdout } = await replay('--dry-run');
  expect(status).toBe(1);
  expect(stdout).toContain('waits; nothing was settled.');
  expect(stdout).toContain('.poison: 1 × text where object is mapped');
  expect(objectKeys(stage)).toHaveLength(1);
});

test('tables and a time choose among the letters; what makes no sense is refused', async () => {
  await reject(stage, 'chosen');
  await stage.putItem({ pk: { S: 'chosen' } });
  const { stdout } = await replay('--table', `${stage.name}.other`);
  expect(stdout).toContain('No letter waits');
  expect(await replay('--table', 'Unknown')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('The configuration has no table Unknown: it has '),
  });
  expect(await replay('--since', 'yesterday')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('--since yesterday: say a day (2026-03-01)'),
  });
  const both = `${stage.name},${stage.name}.other`;
  expect(await replay('--table', both, '--since', '1h')).toMatchObject({ status: 0 });
  expect(objectKeys(stage)).toEqual([]);
});

test('an object that another replay has removed since it was listed is no failure', async () => {
  await reject(stage, 'taken');
  stage.aws.behave(async (request, passOn) => {
    if (request.path.includes('.ndjson')) stage.awsState.objects.clear();
    return passOn();
  });
  expect(await replay()).toMatchObject({ status: 0, stderr: '' });
});

test('who may not list, read or delete letters is told so in one sentence', async () => {
  await reject(stage, 'denied');
  await stage.putItem({ pk: { S: 'denied' } });
  const error = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  const denied = answering(403, error);
  const told = async () => {
    const { status, stdout, stderr } = await replay();
    expect(status).toBe(2);
    expect(stdout).not.toContain('No letter waits');
    return stderr;
  };
  const { name } = stage;
  const cure = 'Have it allowed there, or choose other credentials with --profile.';
  stage.aws.behave(when(({ path }) => path.includes('list-type=2'), denied));
  expect(await told()).toBe(
    `S3 did not list the objects of ${name}/rejected/: AccessDenied: Access Denied. ${cure}\n`,
  );
  const [letter] = stage.letters();
  const object = `${name}/${letter?.key}`;
  stage.aws.behave(when(({ path }) => path.includes('.ndjson'), denied));
  expect(await told()).toBe(
    `S3 did not return the object ${object}: AccessDenied: Access Denied. ${cure}\n`,
  );
  stage.aws.behave(when(({ method }) => method === 'DELETE', denied));
  expect(await told()).toBe(
    `S3 did not delete the object ${object}: AccessDenied: Access Denied. ${cure}\n`,
  );
  expect(objectKeys(stage)).toHaveLength(1);
});

const LETTERS = 200;

const storeMany = async (): Promise<void> => {
  for (let n = 0; n < LETTERS; n++) {
    await stage.putItem({ pk: { S: `m${n}` } });
    store(stage, `rejected/${stage.name}/2026/01/01/${n}.ndjson`, lineOf(stage.name, `m${n}`));
  }
};

test.each(['SIGKILL', 'SIGINT'] as const)(
  'after %s in the middle a further replay finishes',
  async (signal) => {
    await storeMany();
    stage.aws.behave(when(({ method }) => method === 'DELETE', slow(50)));
    const child = stage.spawn(['replay']);
    const ended = once(child, 'exit');
    while (objectKeys(stage).length > LETTERS - 64) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill(signal);
    expect(await ended).toEqual(signal === 'SIGKILL' ? [null, signal] : [130, null]);
    expect(objectKeys(stage).length).toBeGreaterThan(0);
    stage.aws.behave();
    expect(await replay()).toMatchObject({ status: 0 });
    expect(objectKeys(stage)).toEqual([]);
    const documents = await stage.documents();
    expect([...Array(LETTERS).keys()].filter((n) => !documents.has(`m${n}`))).toEqual([]);
  },
  60_000,
);
