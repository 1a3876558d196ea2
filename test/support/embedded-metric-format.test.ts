import { expect, test } from 'vitest';
import { metricFormatProblems } from './embedded-metric-format.ts';

// The example of AWS's specification.
const example = () => ({
  _aws: {
    Timestamp: 1_574_109_732_004,
    CloudWatchMetrics: [
      {
        Namespace: 'lambda-function-metrics',
        Dimensions: [['functionVersion']],
        Metrics: [{ Name: 'time', Unit: 'Milliseconds', StorageResolution: 60 }],
      },
    ],
  },
  functionVersion: '$LATEST',
  time: 100,
  requestId: '989ffbf8-9ace-4817-a57c-e4dd734019ee',
});

const directive = (parts: object) => {
  const { _aws: metadata, ...root } = example();
  const [usual] = metadata.CloudWatchMetrics;
  return { ...root, _aws: { ...metadata, CloudWatchMetrics: [{ ...usual, ...parts }] } };
};

test('the example of the specification is right', () => {
  expect(metricFormatProblems(JSON.stringify(example()))).toEqual([]);
});

test.each([
  ['text around it', `INFO ${JSON.stringify(example())}`],
  ['a second line', `${JSON.stringify(example())}\n{}`],
  ['no metadata', '{"time":1}'],
  [
    'seconds',
    JSON.stringify({ ...example(), _aws: { ...example()._aws, Timestamp: 1_574_109_732 } }),
  ],
  ['a metric that is text', JSON.stringify({ ...example(), time: '100' })],
  ['a metric that is absent', JSON.stringify({ ...example(), time: undefined })],
  ['a dimension that is no text', JSON.stringify({ ...example(), functionVersion: 1 })],
  ['dimensions that are no sets', JSON.stringify(directive({ Dimensions: ['functionVersion'] }))],
  ['an unknown unit', JSON.stringify(directive({ Metrics: [{ Name: 'time', Unit: 'ms' }] }))],
  ['no metrics', JSON.stringify(directive({ Metrics: [] }))],
  ['no namespace', JSON.stringify(directive({ Namespace: '' }))],
])('%s is noticed', (_, line) => {
  expect(metricFormatProblems(line)).not.toEqual([]);
});
