import { defaultUndocumentedBehaviour, type UndocumentedBehaviour } from './undocumented.ts';

/** Where in the shards that exist at its start a mapping begins to read. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

/** An event source mapping's settings, named, defaulted and limited as AWS does. */
export interface Settings {
  readonly startingPosition: StartingPosition;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly parallelizationFactor: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** −1: until the records expire. */
  readonly maximumRetryAttempts: number;
  /** −1: until the records expire. */
  readonly maximumRecordAgeInSeconds: number;
  readonly reportBatchItemFailures: boolean;
  readonly undocumented: UndocumentedBehaviour;
}

/** What a caller may leave out, which is all but the starting position. */
export type SettingsInput = Pick<Settings, 'startingPosition'> &
  Partial<Omit<Settings, 'undocumented'>> & {
    readonly undocumented?: Partial<UndocumentedBehaviour>;
  };

/** Fills in AWS's defaults; throws one error that names every value which CreateEventSourceMapping would refuse. */
export const completeSettings = (input: SettingsInput): Settings => {
  const settings: Settings = {
    batchSize: 100,
    maximumBatchingWindowInSeconds: 0,
    parallelizationFactor: 1,
    bisectBatchOnFunctionError: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeInSeconds: -1,
    reportBatchItemFailures: false,
    ...input,
    undocumented: { ...defaultUndocumentedBehaviour, ...input.undocumented },
  };
  const problems = problemsOf(settings);
  if (problems.length > 0) throw new RangeError(`Event source mapping: ${problems.join('; ')}.`);
  return settings;
};

const problemsOf = (settings: Settings): readonly string[] => [
  ...outside(settings, 'batchSize', [1, 10_000]),
  ...outside(settings, 'maximumBatchingWindowInSeconds', [0, 300]),
  ...outside(settings, 'parallelizationFactor', [1, 10]),
  ...outside(settings, 'maximumRetryAttempts', [-1, 10_000]),
  ...(settings.maximumRecordAgeInSeconds === -1
    ? []
    : outside(settings, 'maximumRecordAgeInSeconds', [60, 604_800])),
];

const outside = <Name extends string>(
  settings: Readonly<Record<Name, number>>,
  name: Name,
  [minimum, maximum]: readonly [number, number],
): readonly string[] => {
  const value = settings[name];
  return Number.isInteger(value) && value >= minimum && value <= maximum
    ? []
    : [`${name} is ${value}, allowed is an integer from ${minimum} to ${maximum}`];
};
