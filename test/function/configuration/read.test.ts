import { describe, expect, test } from 'vitest';
import { versionIdOf } from '../../../scripts/local/aws-stand-in/s3.ts';
import { answering, cutBefore, inTurn, when } from '../../support/faults.ts';
import { onStage, PARAMETER, type Stage } from '../../support/function-stage.ts';
import { startUnreachableServer } from '../../support/unreachable-server.ts';

const isReading = ({ headers }: { headers: { readonly [name: string]: unknown } }) =>
  headers['x-amz-target'] === 'AmazonSSM.GetParameter';

const readings = ({ aws }: Stage) => aws.requests.filter(isReading);

/** The message with which an invocation fails. */
const failure = async (stage: Stage): Promise<string> => {
  const { result } = await stage.invoke([stage.put('k')]);
  if (result.kind !== 'failed') throw new Error(`it ended like this: ${JSON.stringify(result)}`);
  return result.message;
};

const expectWritten = async (stage: Stage) => {
  const { metrics } = await stage.invoke([stage.put('k')]);
  expect(metrics).toMatchObject({ Written: 1 });
};

describe.concurrent('the parameter', () => {
  test('is read decrypted, once in an execution environment', () =>
    onStage({}, async (stage) => {
      for (let invocation = 0; invocation < 3; invocation++) await expectWritten(stage);
      expect(readings(stage).map(({ body }) => JSON.parse(body.toString()))).toEqual([
        { Name: PARAMETER, WithDecryption: true },
      ]);
    }));

  test('is read in the version that its name ends with', () =>
    onStage({ environment: { CONFIG_PARAMETER: `${PARAMETER}:1` } }, async (stage) => {
      const good = JSON.stringify(stage.configuration);
      stage.awsState.parameters.set(PARAMETER, [good, '{"a newer":"one"}']);
      await expectWritten(stage);
      expect(JSON.parse(String(readings(stage)[0]?.body))).toMatchObject({
        Name: `${PARAMETER}:1`,
      });
    }));

  test.each([
    ['is not named', '', 'CONFIG_PARAMETER is not set'],
    [
      'lacks that version',
      `${PARAMETER}:7`,
      `Systems Manager did not return the parameter ${PARAMETER}:7: ParameterVersionNotFound`,
    ],
    [
      'does not exist',
      'other',
      'Systems Manager did not return the parameter other: ParameterNotFound',
    ],
  ])('that %s fails each invocation with a message that says so', (_, name, message) =>
    onStage({ environment: { CONFIG_PARAMETER: name } }, async (stage) => {
      expect(await failure(stage)).toContain(message);
      expect(await failure(stage)).toContain(message);
      expect(stage.openSearch.requests).toEqual([]);
    }),
  );
});

describe.concurrent('Systems Manager', () => {
  const throttled = answering(400, { __type: 'ThrottlingException', message: 'Rate exceeded' });

  test('may throttle and drop connections for a while', () =>
    onStage({}, async (stage) => {
      stage.aws.behave(when(isReading, inTurn([throttled, cutBefore, answering(500)])));
      await expectWritten(stage);
      expect(readings(stage)).toHaveLength(4);
    }));

  test('is named with its reason when it throttles for good or refuses, and the next invocation tries again', () =>
    onStage({}, async (stage) => {
      const heading = `Systems Manager did not return the parameter ${PARAMETER}:`;
      stage.aws.behave(when(isReading, throttled));
      expect(await failure(stage)).toBe(`${heading} ThrottlingException: Rate exceeded`);
      const message = 'User is not authorized to perform: ssm:GetParameter';
      const refused = answering(400, { __type: 'AccessDeniedException', message });
      stage.aws.behave(when(isReading, refused));
      expect(await failure(stage)).toBe(`${heading} AccessDeniedException: ${message}`);
      stage.aws.behave();
      await expectWritten(stage);
      expect(stage.coldStarts()).toBe(1);
    }));

  test('is named, and so is the missing route of a VPC, when it cannot be reached', async () => {
    const unreachable = await startUnreachableServer();
    await onStage({ environment: { AWS_ENDPOINT_URL_SSM: unreachable.url } }, async (stage) => {
      const { result, milliseconds } = await stage.invoke([stage.put('k')]);
      expect(result).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(
          /^Systems Manager did not return the parameter configuration: TimeoutError, .*VPC needs a route.*endpoint/,
        ),
      });
      expect(milliseconds).toBeLessThan(10_000);
    }).finally(unreachable.stop);
  });
});

test.concurrent('an invalid configuration fails every invocation with all its problems, and a repaired one heals the execution environment', () =>
  onStage({}, async (stage) => {
    const { configuration } = stage;
    stage.configure({ ...configuration, refresh: 'x', dead_letter: {}, more: 1 });
    const message = [
      `the parameter ${PARAMETER} holds no valid configuration:`,
      '- more: unknown field (known: endpoint, auth, refresh, dead_letter, tables)',
      '- refresh: must be one of auto, true, wait_for, false',
      '- dead_letter.bucket: must be a text that is not empty',
      '- dead_letter.prefix: must be a text that is not empty',
    ].join('\n');
    expect(await failure(stage)).toBe(message);
    expect(await failure(stage)).toBe(message);
    stage.configure(configuration);
    await expectWritten(stage);
    expect(stage.coldStarts()).toBe(1);
  }));

const BUCKET = 'configurations';
const KEY = 'config/shop prod+ü.json';

const point = (stage: Stage, parts: object = {}) =>
  stage.configure({ s3: { bucket: BUCKET, key: KEY, ...parts } });

const store = ({ aws }: Stage, text: string) => {
  const path = `${aws.url}/${BUCKET}/${KEY.split('/').map(encodeURIComponent).join('/')}`;
  return fetch(path, { method: 'PUT', body: text });
};

describe.concurrent('a configuration that lies in S3', () => {
  const object = `the object ${BUCKET}/${KEY}, which the parameter ${PARAMETER} points to,`;

  test('is read from there, in the version that is named', () =>
    onStage({}, async (stage) => {
      const text = JSON.stringify(stage.configuration);
      await store(stage, text);
      await store(stage, '{"a newer":"one"}');
      point(stage, { version_id: versionIdOf(Buffer.from(text)) });
      await expectWritten(stage);
    }));

  test('may have 1 MB and no more', () =>
    onStage({}, async (stage) => {
      const text = JSON.stringify(stage.configuration);
      await store(stage, text.padEnd(1024 * 1024 + 1));
      point(stage);
      expect(await failure(stage)).toBe(
        `${object} holds no valid configuration:\n- the configuration: must be at most 1 MB`,
      );
      await store(stage, text.padEnd(1024 * 1024));
      await expectWritten(stage);
    }));

  // An execution environment that could not begin reads anew in each invocation.
  test('fails with S3, the object and all problems in the message, until all is well', () =>
    onStage({}, async (stage) => {
      point(stage);
      const missing = `S3 did not return the object ${BUCKET}/${KEY}: NoSuchKey`;
      expect(await failure(stage)).toContain(missing);
      const denied = answering(403, '<Error><Code>AccessDenied</Code></Error>');
      stage.aws.behave(when(({ method }) => method === 'GET', denied));
      expect(await failure(stage)).toContain(`S3 did not return the object ${BUCKET}/${KEY}: `);
      stage.aws.behave();
      await store(stage, JSON.stringify({ ...stage.configuration, tables: {} }));
      expect(await failure(stage)).toBe(
        `${object} holds no valid configuration:\n- tables: must name one table or more`,
      );
      await store(stage, '{');
      expect(await failure(stage)).toBe(
        `${object} holds no valid configuration:\n- the configuration: must be an object`,
      );
      await store(stage, JSON.stringify({ s3: { bucket: 'a', key: 'b' } }));
      expect(await failure(stage)).toContain('- s3: unknown field');
      await store(stage, JSON.stringify(stage.configuration));
      await expectWritten(stage);
      expect(stage.coldStarts()).toBe(1);
    }));

  test('is not looked for when the pointer has problems, which are named with their paths', () =>
    onStage({}, async (stage) => {
      const pointers: readonly (readonly [object, readonly string[]])[] = [
        [{ s3: {} }, ['s3.bucket', 's3.key']],
        [{ s3: { bucket: 'b', key: 'k', region: 'r' }, endpoint: 'e' }, ['endpoint', 's3.region']],
        [{ s3: { bucket: 'b', key: 'k', version_id: '' } }, ['s3.version_id']],
        [{ s3: 'b/k' }, ['s3']],
        [{ s3: null }, ['s3']],
      ];
      for (const [pointer, paths] of pointers) {
        stage.configure(pointer);
        const [heading, ...problems] = (await failure(stage)).split('\n');
        expect(heading).toBe(`the parameter ${PARAMETER} holds no valid configuration:`);
        expect(problems.map((problem) => /^- (\S+): ./.exec(problem)?.[1])).toEqual(paths);
      }
      expect(stage.aws.requests.every(isReading)).toBe(true);
    }));
});

test.concurrent('a configuration of many tables is one like any other', () => {
  const mappings = { properties: { a: { type: 'keyword' } } };
  const many = Array.from({ length: 300 }, (_, at): [string, object] => [`t${at}`, { mappings }]);
  return onStage({ tables: Object.fromEntries(many) }, async (stage) => {
    const records = [stage.put('k', {}, { table: `${stage.name}.t299` })];
    expect((await stage.invoke(records)).metrics).toMatchObject({ Written: 1 });
  });
});
