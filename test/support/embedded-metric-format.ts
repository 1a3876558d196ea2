/** Units of CloudWatch metrics, as PutMetricData has them. */
const UNITS = new Set([
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes'],
  ...['Bits', 'Percent', 'Count', 'None', 'Bytes/Second', 'Count/Second'],
]);

const LARGEST_BYTES = 1024 * 1024;
const MOST_METRICS = 100;
const MOST_DIMENSIONS = 30;

type Directive = {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
};

/**
 * What keeps CloudWatch from finding metrics in a log line; nothing when the list is empty.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const metricFormatProblems = (line: string): readonly string[] => {
  if (/[\r\n]/.test(line)) return ['it is more than one line'];
  if (Buffer.byteLength(line) > LARGEST_BYTES) return ['it is longer than 1 MB'];
  const root = objectIn(parse(line));
  const metadata = objectIn(root['_aws']);
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = metadata;
  const problems: string[] = [];
  if (!Number.isInteger(timestamp) || Number(timestamp) < 1e12)
    problems.push('Timestamp is no whole number of milliseconds since 1970');
  if (!Array.isArray(directives) || directives.length === 0)
    return [...problems, 'CloudWatchMetrics is no list of directives'];
  return [
    ...problems,
    ...directives.flatMap((directive) => directiveProblems(objectIn(directive), root)),
  ];
};

const directiveProblems = (directive: Directive, root: object): readonly string[] => {
  const { Namespace: namespace, Dimensions: dimensions, Metrics: metrics } = directive;
  const isNamed = typeof namespace === 'string' && /^[^:][\x20-\x7e]{0,254}$/.test(namespace);
  return [
    ...(isNamed ? [] : ['Namespace is no name']),
    ...(Array.isArray(dimensions) && dimensions.length > 0
      ? dimensions.flatMap((set) => dimensionProblems(set, root))
      : ['Dimensions is no list of sets']),
    ...(Array.isArray(metrics) && metrics.length > 0 && metrics.length <= MOST_METRICS
      ? metrics.flatMap((metric) => metricProblems(objectIn(metric), root))
      : ['Metrics is no list of 1 to 100 definitions']),
  ];
};

const dimensionProblems = (set: unknown, root: object): readonly string[] => {
  if (!Array.isArray(set) || set.length > MOST_DIMENSIONS)
    return ['a dimension set is no list of up to 30'];
  return set.flatMap((name) => {
    const value: unknown = Reflect.get(root, String(name));
    const isValue = typeof value === 'string' && value.length > 0 && value.length <= 1024;
    return isValue ? [] : [`the dimension ${name} has no text at the root`];
  });
};

const metricProblems = (
  metric: Directive & Record<string, unknown>,
  root: object,
): readonly string[] => {
  const { Name: name, Unit: unit, StorageResolution: resolution = 60, ...others } = metric;
  const value: unknown = Reflect.get(root, String(name));
  return [
    ...(typeof name === 'string' && name !== '' ? [] : ['a metric has no name']),
    ...(typeof value === 'number' && Number.isFinite(value)
      ? []
      : [`${name} has no number at the root`]),
    ...(UNITS.has(String(unit)) ? [] : [`${name} has the unit ${unit}`]),
    ...(resolution === 1 || resolution === 60 ? [] : [`${name} has the resolution ${resolution}`]),
    ...Object.keys(others).map((member) => `${name} has ${member}`),
  ];
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const objectIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
