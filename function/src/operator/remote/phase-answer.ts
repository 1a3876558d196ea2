import type { PhaseWork, RunTools } from './command-work.ts';
import { workOf } from './commands.ts';
import { manifestKey } from './keys.ts';
import type { NextPhase, Phase } from './order.ts';

/** Has a phase worked on; what parts it has is stored once. */
export const phaseAnswer = async (phase: Phase, tools: RunTools): Promise<NextPhase> => {
  const { store, run } = tools;
  const key = manifestKey(phase);
  if ((await store.readJson(key)) === undefined)
    await store.writeJson(key, await phaseWork(phase, tools).parts(tools));
  const { bucket, key: prefix } = store.locate(`results/${phase}`);
  const { concurrency } = run;
  const results = { bucket, prefix };
  return { is_done: false, phase, manifest: store.locate(key), results, concurrency };
};

/** How a phase of a run is worked on. @throws Error when its command has none of that name */
export const phaseWork = (phase: Phase, { run }: Pick<RunTools, 'run'>): PhaseWork => {
  const { command } = run.order;
  const found = workOf(command).phases.find((one) => one.phase === phase);
  if (found !== undefined) return found;
  throw new Error(`The run ${run.run} is a ${command}, which has no phase ${phase}.`);
};
