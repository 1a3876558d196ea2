import { readObjectJson } from '../../../function/src/aws/object-json.ts';
import { listObjects } from '../../../function/src/aws/object-listing.ts';
import { readObject } from '../../../function/src/aws/objects.ts';
import type { Execution } from '../../../function/src/aws/state-machine.ts';
import { elementsOf, parseJson } from '../../../function/src/core/json-value.ts';
import {
  MANIFESTS_PREFIX,
  manifestKey,
  RUN_KEY,
} from '../../../function/src/operator/remote/keys.ts';
import { PHASES, type Phase } from '../../../function/src/operator/remote/order.ts';
import { type Run, readRun } from '../../../function/src/operator/remote/run.ts';
import { type PartFile, type PartFiles, partFiles } from './part-files.ts';
import { objectOf, type RunLocation } from './run-location.ts';
import { sumOf, type Totals } from './totals.ts';

/** How far a run is. */
export type Course = {
  /** The phase now; undefined while the run is being planned. */
  readonly phase: Phase | undefined;
  /** Of the phase now. */
  readonly parts: { readonly all: number; readonly done: number };
  /** Over all phases. */
  readonly counts: Totals;
  /** Undefined until it is made. */
  readonly plan: Run | undefined;
  /** What parts of the phase now wait for, and what ended others for good: each sentence once. */
  readonly hindrances: readonly string[];
  readonly failures: readonly string[];
};

/** A run as it was seen last. */
export type SeenRun = { readonly execution: Execution; readonly course: Course | undefined };

/** Looks how far a run is, each time it is called; what was read before is kept. */
export type Lookout = () => Promise<Course>;

/** Looks at a run from what it stores in S3. @throws ServiceError */
export const lookoutOver = (location: RunLocation): Lookout => {
  const phases = new Map<Phase, KnownPhase>(); // in the order in which they came
  let plan: Run | undefined;
  return async () => {
    for (const phase of await phasesBegun(location))
      if (!phases.has(phase)) phases.set(phase, await openPhase(location, phase));
    for (const phase of phases.values()) if (!isDone(phase)) phase.seen = await phase.files.look();
    plan ??= await readPlan(location);
    return courseOf(phases, plan);
  };
};

const readPlan = async (location: RunLocation): Promise<Run | undefined> =>
  readRun(await readObjectJson(objectOf(location, RUN_KEY)));

type KnownPhase = {
  readonly all: number;
  readonly files: PartFiles;
  seen: readonly PartFile[];
};

const phasesBegun = async (location: RunLocation): Promise<readonly Phase[]> => {
  const begun = new Set<string>();
  const prefix = location.root + MANIFESTS_PREFIX;
  for await (const { key } of listObjects(location.bucket, prefix))
    begun.add(key.slice(prefix.length).replace(/\.json$/, ''));
  return PHASES.filter((phase) => begun.has(phase));
};

const openPhase = async (location: RunLocation, phase: Phase): Promise<KnownPhase> => {
  const manifest = await readObject(objectOf(location, manifestKey(phase)));
  const parts = elementsOf(parseJson(manifest));
  return { all: parts.length, files: partFiles(location, phase), seen: [] };
};

const doneOf = ({ seen }: KnownPhase): number => seen.filter((part) => part.isDone).length;

const isDone = (phase: KnownPhase): boolean => doneOf(phase) === phase.all;

const courseOf = (phases: ReadonlyMap<Phase, KnownPhase>, plan: Run | undefined): Course => {
  const seen = [...phases.values()].flatMap((phase) => phase.seen);
  const [phase, now] = [...phases].at(-1) ?? [];
  const parts = now?.seen ?? [];
  return {
    phase,
    plan,
    parts: { all: now?.all ?? 0, done: now === undefined ? 0 : doneOf(now) },
    counts: sumOf(seen.map(({ counts }) => counts)),
    hindrances: unique(parts.map((part) => (part.isDone ? undefined : part.hindrance))),
    failures: unique(parts.map(({ failure }) => failure)),
  };
};

const unique = (texts: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(texts.filter((text) => text !== undefined)),
];
