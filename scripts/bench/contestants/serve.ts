import { createHash } from 'node:crypto';
import type { Batch, Effort, Measurement, Reply, Target, Work } from '../messages.ts';

/** Brings one batch into the index and returns when OpenSearch has acknowledged all of it; throws if anything was refused. */
export type Handle<Input> = (batch: Input, target: Target) => Promise<void>;

/** Serves a contestant that is given events. */
export const serveEvents = (handle: Handle<string>): void =>
  serve(async ({ events, target }) => ({
    work: await measure(() => inSequence(events, (event) => handle(event, target))),
    parse: await measure(() => inSequence(events, async (event) => void JSON.parse(event))),
    hash: undefined,
  }));

/** Serves a contestant that is given events and, for each, the bodies that come of it. */
export const serveEventsWithBodies = (
  handle: (event: string, bodies: Batch, target: Target) => Promise<void>,
): void =>
  serve(async ({ events, bodies, target }) => ({
    work: await measure(() =>
      inSequence([...events.entries()], ([at, event]) => handle(event, bodies[at] ?? [], target)),
    ),
    parse: await measure(() => inSequence(events, async (event) => void JSON.parse(event))),
    hash: undefined,
  }));

/** Serves a contestant that is given ready-made bodies. */
export const serveBodies = (handle: Handle<Batch>): void =>
  serve(async ({ bodies, target }) => ({
    work: await measure(() => inSequence(bodies, (batch) => handle(batch, target))),
    parse: undefined,
    hash: await measure(() => inSequence(bodies.flat(), async (body) => sha256(body))),
  }));

const serve = (run: (work: Work) => Promise<Measurement>): void => {
  process.on('disconnect', () => process.exit()); // the parent is gone
  process.on('message', async (message) => {
    process.send?.(await replyTo(parseWork(message), run));
  });
};

// The edge: what the parent sends is a Work.
const parseWork = (message: unknown): Work => message as Work;

const replyTo = async (work: Work, run: (work: Work) => Promise<Measurement>): Promise<Reply> => {
  try {
    return { kind: 'measured', measurement: await run(work) };
  } catch (error) {
    return { kind: 'failed', error: String(error) };
  }
};

const inSequence = async <Input>(
  inputs: readonly Input[],
  use: (input: Input) => Promise<void>,
): Promise<void> => {
  for (const input of inputs) await use(input);
};

// No collection of garbage is forced before: it would shrink the heap's young generation, which then costs what it never costs
// a warm function.
const measure = async (work: () => Promise<void>): Promise<Effort> => {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { milliseconds, cpuMilliseconds: (user + system) / 1000 };
};

const sha256 = (body: Uint8Array): void => void createHash('sha256').update(body).digest('hex');
