import { titleOf } from '../scenario.ts';
import { pairedRatios, type Spread, spreadOf } from '../statistics.ts';
import { type FeatureResult, SCENARIO } from './contest.ts';
import { FEATURES, type Feature } from './variant.ts';

const LABEL_WIDTH = 34;
const WIDTHS = [10, 10, 18, 18];

/** What each feature costs, as text of at most 100 columns. */
export const featuresReport = (result: FeatureResult): string =>
  [
    `features: what each costs, for ${titleOf(SCENARIO)}, ${result.rounds.length} rounds;`,
    'CPU ms for 1,000 records of the process, and ratios within a round: medians (quartiles)',
    line('', ['with', 'without', 'CPU ratio', 'records/s ratio']),
    ...FEATURES.map((feature) => featureLine(feature, result)),
    '',
  ].join('\n');

const featureLine = (feature: Feature, result: FeatureResult): string => {
  const { cpu, cpuRatio, speedRatio } = costOf(feature, result);
  return line(feature.title, [
    cpu.with.median.toFixed(1),
    cpu.without.median.toFixed(1),
    ratio(cpuRatio),
    ratio(speedRatio),
  ]);
};

/** What a feature costs: CPU in milliseconds for 1,000 records, and what is with it over what is without, round by round. */
export const costOf = (feature: Feature, { rounds, recordsPerRound }: FeatureResult) => {
  const work = (name: string) => rounds.map((round) => round.get(name)?.work ?? NOTHING);
  const [having, lacking] = [work(feature.with), work(feature.without)];
  const cpu = (efforts: typeof having) =>
    efforts.map(({ cpuMilliseconds }) => cpuMilliseconds / (recordsPerRound / 1000));
  const milliseconds = (efforts: typeof having) => efforts.map((effort) => effort.milliseconds);
  return {
    cpu: { with: spreadOf(cpu(having)), without: spreadOf(cpu(lacking)) },
    cpuRatio: spreadOf(pairedRatios(cpu(having), cpu(lacking))),
    speedRatio: spreadOf(pairedRatios(milliseconds(lacking), milliseconds(having))),
  };
};

const NOTHING = { milliseconds: Number.NaN, cpuMilliseconds: Number.NaN };

const ratio = ({ median, lowerQuartile, upperQuartile }: Spread): string =>
  `${median.toFixed(2)} (${lowerQuartile.toFixed(2)}–${upperQuartile.toFixed(2)})`;

const line = (label: string, cells: readonly string[]): string =>
  `  ${label}`.padEnd(LABEL_WIDTH) +
  cells.map((cell, at) => cell.padStart(WIDTHS[at] ?? 0)).join('');
