import { setTimeout as sleep } from 'node:timers/promises';
import { type ItemFault, operationsIn } from './bulk-body.ts';
import type { Behaviour, ProxiedRequest, Reaction, Reply } from './fault-proxy.ts';

/** The request is not passed on and is answered like this. */
export const answering =
  (status: number, body: string | object = ''): Behaviour =>
  () => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** The connection is cut before the request takes effect. */
export const cutBefore: Behaviour = () => 'cut';

/** The request takes effect and the connection is cut before the answer. */
export const cutAfter: Behaviour = async (_request, passOn): Promise<Reaction> => {
  await passOn();
  return 'cut';
};

/** The request takes effect and is never answered. */
export const silentAfter: Behaviour = async (_request, passOn): Promise<Reaction> => {
  await passOn();
  return 'silence';
};

/** The request takes effect and its answer stops halfway. */
export const stallingAfter: Behaviour = async (_request, passOn) => ({ stalls: await passOn() });

/** The request takes effect, and then time passes before the answer. */
export const slow =
  (milliseconds: number): Behaviour =>
  async (_request, passOn) => {
    const reply = await passOn();
    await sleep(milliseconds);
    return reply;
  };

/** Nothing is wrong. */
export const healthy: Behaviour = (_request, passOn) => passOn();

/** One behaviour for each request in turn, and `last` for all that follow. */
export const inTurn = (turns: readonly Behaviour[], last: Behaviour = healthy): Behaviour => {
  let turn = 0;
  return (request, passOn) => (turns[turn++] ?? last)(request, passOn);
};

/** Requests that pass the test suffer the behaviour; all others are passed on. */
export const when =
  (test: (request: ProxiedRequest) => boolean, behaviour: Behaviour): Behaviour =>
  (request, passOn) =>
    test(request) ? behaviour(request, passOn) : passOn();

/** Whether it is a bulk request. */
export const isBulk = ({ path }: ProxiedRequest): boolean => /\/_bulk(\?|$)/.test(path);

/** Bulk requests suffer the behaviour. */
export const onBulk = (behaviour: Behaviour): Behaviour => when(isBulk, behaviour);

/** Ids of the documents of a bulk request. */
export const idsIn = ({ body }: ProxiedRequest): readonly string[] =>
  operationsIn(body.toString()).map(({ id }) => id);

/** Operations of a bulk request that have a fault do not take effect and are answered with it; the others pass. */
export const failingItems =
  (faultOf: (id: string) => ItemFault | undefined): Behaviour =>
  async (request, passOn) => {
    const operations = operationsIn(request.body.toString());
    const passing = operations.filter(({ id }) => faultOf(id) === undefined);
    if (passing.length === operations.length) return passOn();
    const body = Buffer.from(passing.map(({ lines }) => lines).join(''));
    const reply = passing.length > 0 ? await passOn({ ...request, body }) : NOTHING_PASSED;
    if (reply.status !== 200) return reply;
    const answered: unknown[] = JSON.parse(reply.body.toString()).items;
    const items = operations.map(({ action, id }) => {
      const fault = faultOf(id);
      return fault === undefined ? answered.shift() : { [action]: itemAnswer(fault) };
    });
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items }),
    };
  };

/** Operations are answered as written, and nothing is: where only what is sent counts. */
export const accepting: Behaviour = failingItems(() => ({ status: 201 }));

const NOTHING_PASSED: Reply = { status: 200, body: '{"items":[]}' };

const itemAnswer = ({ status, type = 'fault', reason = '' }: ItemFault) =>
  status < 300 ? { status } : { status, error: { type, reason } };
