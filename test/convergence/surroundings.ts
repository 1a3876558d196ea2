import {
  type FaultProxy,
  type ProxiedRequest,
  type Reply,
  startFaultProxy,
} from '../support/fault-proxy.ts';
import { isBulk } from '../support/faults.ts';
import { type BulkGate, openBulkGate } from './bulk-gate.ts';
import { keepLateRequests, type LateRequests } from './late-requests.ts';
import type { Site } from './site.ts';
import type { Tally } from './tally.ts';
import type { Actor, Timeline } from './timeline.ts';
import { LETTER_FAULTS, PARAMETER_FAULTS, READ_FAULTS } from './weather/aws-faults.ts';
import { OPENSEARCH_FAULTS, OPERATOR_FAULTS } from './weather/open-search-faults.ts';
import { type Front, frontOf, type Weather } from './weather/weather.ts';

/** What stands between a world's function and operators and the servers of its site. */
export type Surroundings = {
  /** Addresses as the function has them. */
  readonly urls: { readonly openSearch: string; readonly aws: string; readonly dynamoDB: string };
  /** OpenSearch as the operators have it. */
  readonly operatorsUrl: string;
  readonly late: LateRequests;
  /** Has OpenSearch apply what was held back, with nothing else under way. */
  readonly release: (what?: 'guaranteed' | 'all') => Promise<void>;
  /** Resolves when what is on its way to OpenSearch now has been answered. */
  readonly through: () => Promise<void>;
  /** From now on nothing goes wrong. */
  readonly clear: () => void;
  readonly stop: () => Promise<void>;
};

/** What surroundings are made of. */
export type SurroundingsParts = {
  readonly site: Site;
  readonly weather: Weather;
  readonly kill: () => Promise<void>;
  readonly timeline: Timeline;
  readonly tally: Tally;
};

/** Sets up the proxies of a world, and the weather in them. */
export const openSurroundings = async (parts: SurroundingsParts): Promise<Surroundings> => {
  const { site, weather, timeline, tally } = parts;
  const gate = openBulkGate();
  const late = keepLateRequests({
    apply: (request) => applyTo(site.node.url, request),
    onLate: (kind) => {
      tally.count('late', kind);
      timeline.note('OpenSearch', `an operation comes late: ${kind}`);
    },
  });
  const powers = { kill: parts.kill, hold: late.hold };
  const told = (actor: Actor) => (fault: string, path: string) => {
    tally.count('fault', fault);
    timeline.note(actor, `${fault}: ${path}`);
  };
  const fronts = {
    openSearch: frontOf({
      faults: weather.openSearch,
      treatments: OPENSEARCH_FAULTS,
      powers,
      onFault: told('OpenSearch'),
    }),
    operators: frontOf({
      faults: weather.operators,
      treatments: OPERATOR_FAULTS,
      powers,
      onFault: told('OpenSearch'),
    }),
    letters: frontOf({
      faults: weather.letters,
      treatments: LETTER_FAULTS,
      powers,
      onFault: told('S3'),
    }),
    parameter: frontOf({
      faults: weather.parameter,
      treatments: PARAMETER_FAULTS,
      powers,
      onFault: told('SSM'),
    }),
    reads: frontOf({
      faults: weather.reads,
      treatments: READ_FAULTS,
      powers,
      onFault: told('DynamoDB'),
    }),
  };
  const proxies = {
    openSearch: await startFaultProxy(site.node.url),
    operators: await startFaultProxy(site.node.url),
    aws: await startFaultProxy(site.aws.url),
    dynamoDB: await startFaultProxy(site.dynamoDBUrl),
  };
  behaveAsOpenSearch(proxies.openSearch, fronts.openSearch, { gate, late });
  behaveAsOpenSearch(proxies.operators, fronts.operators, { gate, late });
  proxies.aws.behave((request, passOn) =>
    (isForObject(request) ? fronts.letters : fronts.parameter).behave(request, passOn),
  );
  proxies.dynamoDB.behave(fronts.reads.behave);
  const { openSearch, operators, aws, dynamoDB } = proxies;
  return {
    urls: { openSearch: openSearch.url, aws: aws.url, dynamoDB: dynamoDB.url },
    operatorsUrl: operators.url,
    late,
    release: (what = 'guaranteed') => gate.alone(() => late.release(what)),
    through: gate.through,
    clear: () => {
      for (const front of Object.values(fronts)) front.clear();
    },
    stop: async () => void (await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()))),
  };
};

/** Everything that OpenSearch applies is seen, and passes the gate. */
const behaveAsOpenSearch = (
  proxy: FaultProxy,
  front: Front,
  { gate, late }: { readonly gate: BulkGate; readonly late: LateRequests },
): void =>
  proxy.behave((request, passOn) => {
    if (!isBulk(request)) return front.behave(request, passOn);
    const observed = async (other: ProxiedRequest = request) => {
      const reply = await passOn(other);
      late.observe(other, reply);
      return reply;
    };
    return front.behave(request, (other) => gate.pass(() => observed(other)));
  });

const applyTo = async (url: string, { path, body }: ProxiedRequest): Promise<Reply> => {
  const headers = { 'content-type': 'application/x-ndjson' };
  const response = await fetch(url + path, { method: 'POST', headers, body: body.toString() });
  return { status: response.status, body: await response.text() };
};

const isForObject = ({ method, headers }: ProxiedRequest): boolean =>
  method === 'PUT' && headers['x-amz-target'] === undefined;
