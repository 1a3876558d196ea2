import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer } from '../../../function/src/core/answer.ts';
import { withBasicAuthentication } from '../../../function/src/opensearch/basic-authentication.ts';
import type { Send } from '../../../function/src/opensearch/connection.ts';
import type { Behaviour } from '../../support/fault-proxy.ts';
import { answering, failingItems, onBulk } from '../../support/faults.ts';
import { onStage, type Stage, warmUp } from '../../support/function-stage.ts';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:opensearch-AbCdEf';
const HASTY_MILLISECONDS = 4000; // two seconds of work

const header = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** OpenSearch as it guards itself with one user's password. */
const guardedBy =
  (password: string, status = 401): Behaviour =>
  (request, passOn) =>
    request.headers.authorization === header('sync', password) ? passOn() : { status, body: '' };

/** A stage whose secret holds the password `first`. */
const onGuardedStage = (act: (stage: Stage) => Promise<void>) =>
  onStage({ configuration: { auth: { type: 'basic', secret_arn: SECRET } } }, async (stage) => {
    keep(stage, 'first');
    await act(stage);
  });

const keep = ({ awsState }: Stage, password: string) =>
  void awsState.secrets.set(SECRET, JSON.stringify({ username: 'sync', password }));

const readings = ({ aws }: Stage) =>
  aws.requests.filter(({ headers }) => headers['x-amz-target'] === 'secretsmanager.GetSecretValue')
    .length;

describe.concurrent('the function', () => {
  test('authenticates every request, reads the secret once, and signs nothing', () =>
    onGuardedStage(async (stage) => {
      const password = 'pässword:with"ödd\\characters';
      keep(stage, password);
      stage.openSearch.behave(guardedBy(password));
      for (const key of ['a', 'b', 'c']) {
        expect((await stage.invoke([stage.put(key)])).metrics).toMatchObject({ Written: 1 });
      }
      const { requests } = stage.openSearch;
      const methods = ['HEAD', 'PUT', 'PUT', 'POST', 'POST', 'POST'];
      expect(requests.map(({ method }) => method)).toEqual(methods);
      expect(requests.some(({ headers }) => 'x-amz-date' in headers)).toBe(false);
      expect(readings(stage)).toBe(1);
    }));

  test.each([401, 403])(
    'reads a rotated password after %s and goes on in the same invocation, but only once a minute',
    (status) =>
      onGuardedStage(async (stage) => {
        const invoke = () => stage.invoke([stage.put('a')], 6000);
        await warmUp(6000)(stage);
        keep(stage, 'second');
        stage.openSearch.behave(guardedBy('second', status));
        expect((await invoke()).metrics).toMatchObject({ Written: 1 });
        expect(stage.openSearch.requests).toHaveLength(2);
        keep(stage, 'third');
        stage.openSearch.behave(guardedBy('third', status));
        expect((await invoke()).metrics).toMatchObject({ Retried: 1 });
        expect(readings(stage)).toBe(2);
      }),
  );

  test('heals an execution environment that began with a wrong password', () =>
    onGuardedStage(async (stage) => {
      keep(stage, 'wrong');
      stage.openSearch.behave((request, passOn) => {
        keep(stage, 'right');
        return guardedBy('right')(request, passOn);
      });
      const { metrics } = await stage.invoke([stage.put('a')]);
      expect(metrics).toMatchObject({ Written: 1 });
      expect(stage.openSearch.requests[0]?.method).toBe('HEAD');
      expect(readings(stage)).toBe(2);
    }));

  test('does not read the secret again after other faults', () =>
    onGuardedStage(async (stage) => {
      const refusedItem = failingItems(() => ({ status: 401 }));
      for (const fault of [answering(429), answering(503), answering(400), refusedItem]) {
        stage.openSearch.behave(onBulk(fault));
        await stage.invoke([stage.put('a')], HASTY_MILLISECONDS);
      }
      expect(readings(stage)).toBe(1);
    }));

  test('keeps records, sends nothing and says why while the secret cannot be used, and heals', () =>
    onGuardedStage(async (stage) => {
      stage.openSearch.behave(guardedBy('first'));
      for (const secret of [
        undefined,
        'canary-password',
        '{"username":"canary-password"}',
        '{"username":"sync","password":["canary-password"]}',
      ]) {
        stage.awsState.secrets.clear();
        if (secret !== undefined) stage.awsState.secrets.set(SECRET, secret);
        const { metrics, lines } = await stage.invoke([stage.put('a')], 4000);
        expect(metrics).toMatchObject({ Retried: 1 });
        const errors = lines.filter((line) => line.includes('"level":"ERROR"'));
        expect(errors.some((line) => line.includes(SECRET))).toBe(true);
        expect(lines.join('\n')).not.toContain('canary-password');
      }
      expect(stage.openSearch.requests).toEqual([]);
      keep(stage, 'first');
      const healed = await stage.invoke([stage.put('a')], 4000);
      expect(healed.metrics).toMatchObject({ Written: 1 });
      expect(stage.coldStarts()).toBe(1);
    }));
});

describe('basic authentication', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));

  afterEach(() => void vi.useRealTimers());

  const refused: Answer = { kind: 'answered', status: 401, body: '' };

  const authenticated = () => {
    let readings = 0;
    const seen: (string | undefined)[] = [];
    const send: Send = async ({ headers }) => {
      seen.push(headers?.['authorization']);
      return refused;
    };
    const read = async () => ({ username: 'sync', password: `${++readings}` });
    return { seen, ask: withBasicAuthentication(send, read) };
  };

  test('reads again at the first refusal, and then not before a minute is over', async () => {
    const { seen, ask } = authenticated();
    const after = async (milliseconds: number) => {
      vi.advanceTimersByTime(milliseconds);
      await ask({ method: 'HEAD', path: '/a' }, 1000);
    };
    for (const milliseconds of [0, 0, 1, 59_000, 999, 1]) await after(milliseconds);
    const readings = seen
      .map((authorization) => authorization?.slice(6))
      .map((text) => atob(text ?? '').slice(5));
    expect(readings).toEqual(['1', '2', '2', '2', '2', '3']);
  });

  test('gives the request only the time that reading the secret has left', async () => {
    const times: number[] = [];
    const send: Send = async (_request, milliseconds) => {
      times.push(milliseconds);
      return refused;
    };
    const ask = withBasicAuthentication(send, async () => {
      vi.advanceTimersByTime(400);
      return { username: 'u', password: 'p' };
    });
    await ask({ method: 'HEAD', path: '/a' }, 1000);
    await ask({ method: 'HEAD', path: '/a' }, 1000);
    expect(times).toEqual([600, 600]);
  });
});
