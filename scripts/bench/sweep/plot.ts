import type { ContestantName } from '../contest.ts';
import type { Panel, Plot } from '../plot/plot.ts';
import { COLOURS } from '../plot/theme.ts';
import type { MeasuredSeries, SweepResult } from './contest.ts';
import { rowOf } from './report.ts';

const COMPETING = {
  floor: 'floor: ready-made bodies',
  simple: 'simple handler',
  function: 'function',
} as const satisfies Partial<Record<ContestantName, string>>;

const WIDTH = 150;
const HEIGHT = 150;

/** Throughput and CPU per record over batch size, item size and share of deletes. */
export const sweepPlots = ({ series }: SweepResult): readonly Plot[] => [
  {
    name: 'sweep',
    spec: {
      title: {
        text: 'The function beside the floor and a simple handler',
        subtitle: 'medians of rounds; bands are quartiles',
      },
      spacing: 24,
      vconcat: [
        { hconcat: series.map((one) => panel(one, 'throughput')) },
        { hconcat: series.map((one) => panel(one, 'cpu')) },
      ],
      resolve: { scale: { color: 'shared' } },
    },
  },
];

type Measure = 'throughput' | 'cpu';

const TITLES: Readonly<Record<Measure, string>> = {
  throughput: 'throughput ÷ floor',
  cpu: 'CPU ms for 1,000 records',
};

const panel = (series: MeasuredSeries, measure: Measure): Panel => {
  const x = {
    field: 'label',
    type: 'ordinal',
    sort: null,
    title: series.varied,
    axis: { labelAngle: 0 },
  } as const;
  return {
    ...(measure === 'throughput' && {
      title: { text: series.fixed, fontSize: 11, fontWeight: 'normal' },
    }),
    width: WIDTH,
    height: HEIGHT,
    data: { values: [...valuesOf(series, measure)] },
    encoding: { x, color: COLOUR },
    layer: [
      {
        mark: { type: 'area', opacity: 0.25 },
        encoding: { y: { field: 'lower', type: 'quantitative' }, y2: { field: 'upper' } },
      },
      {
        mark: { type: 'line', point: true },
        encoding: { y: { field: 'median', type: 'quantitative', title: TITLES[measure] } },
      },
    ],
  };
};

const COLOUR = {
  field: 'contestant',
  type: 'nominal' as const,
  scale: {
    domain: Object.values(COMPETING),
    range: [COLOURS.floor, COLOURS.simple, COLOURS.function],
  },
};

function* valuesOf({ points }: MeasuredSeries, measure: Measure) {
  for (const { label, result } of points) {
    for (const name of ['floor', 'simple', 'function'] as const) {
      const row = rowOf(result, name === 'floor' ? result.floor : name);
      const { median, lowerQuartile, upperQuartile } =
        measure === 'cpu' ? row.cpu : row.speedToFloor;
      const contestant = COMPETING[name];
      yield { label, contestant, median, lower: lowerQuartile, upper: upperQuartile };
    }
  }
}
