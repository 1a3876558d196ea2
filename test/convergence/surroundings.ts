import { type FaultProxy, type ProxiedRequest, startFaultProxy } from '../support/fault-proxy.ts';
import { isBulk } from '../support/faults.ts';
import { applyTo } from './apply-to.ts';
import { type BulkGate, openBulkGate } from './bulk-gate.ts';
import { type Fronts, frontsOf } from './fronts.ts';
import { keepLateRequests, type LateRequests } from './late-requests.ts';
import type { Site } from './site.ts';
import type { Tally } from './tally.ts';
import type { Timeline } from './timeline.ts';
import type { Front, Weather } from './weather/weather.ts';

/** What stands between a world's function and operators and the servers of its site. */
export type Surroundings = {
  /** Addresses as the function has them. */
  readonly urls: { readonly openSearch: string; readonly aws: string; readonly dynamoDB: string };
  /** OpenSearch as the operators have it. */
  readonly operatorsUrl: string;
  /** Whatever OpenSearch remembers of deletions is gone: nothing that is late is safe any more. */
  readonly forgetDeletions: () => void;
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
  /** Kills the function. */
  readonly kill: () => Promise<void>;
  readonly timeline: Timeline;
  readonly tally: Tally;
};

/** Sets up the proxies of a world, and the weather in them. */
export const openSurroundings = async (parts: SurroundingsParts): Promise<Surroundings> => {
  const { site, tally, timeline } = parts;
  const gate = openBulkGate();
  const late = keepLateRequests({
    apply: (request) => applyTo(site.node.url, request),
    onLate: (kind) => {
      tally.count('late', kind);
      timeline.note('OpenSearch', `an operation comes late: ${kind}`);
    },
  });
  const fronts = frontsOf({ ...parts, powers: { kill: parts.kill, hold: late.hold } });
  const proxies = await startProxies(site, fronts, { gate, late });
  const { openSearch, operators, aws, dynamoDB } = proxies;
  const all = [openSearch, operators, aws, dynamoDB];
  return {
    urls: { openSearch: openSearch.url, aws: aws.url, dynamoDB: dynamoDB.url },
    operatorsUrl: operators.url,
    forgetDeletions: late.forgetDeletions,
    release: (what = 'guaranteed') => gate.alone(() => late.release(what)),
    through: gate.through,
    clear: () => {
      for (const front of Object.values(fronts)) front.clear();
    },
    stop: async () => void (await Promise.all(all.map((proxy) => proxy.stop()))),
  };
};

type Watch = { readonly gate: BulkGate; readonly late: LateRequests };

const startProxies = async (site: Site, fronts: Fronts, watch: Watch) => {
  const openSearch = await startFaultProxy(site.node.url);
  const operators = await startFaultProxy(site.node.url);
  const aws = await startFaultProxy(site.aws.url);
  const dynamoDB = await startFaultProxy(site.dynamoDBUrl);
  behaveAsOpenSearch(openSearch, fronts.openSearch, watch);
  behaveAsOpenSearch(operators, fronts.operators, watch);
  aws.behave((request, passOn) =>
    (isForObject(request) ? fronts.letters : fronts.parameter).behave(request, passOn),
  );
  dynamoDB.behave(fronts.reads.behave);
  return { openSearch, operators, aws, dynamoDB };
};

/** Everything that OpenSearch applies is seen, and passes the gate. */
const behaveAsOpenSearch = (proxy: FaultProxy, front: Front, { gate, late }: Watch): void =>
  proxy.behave((request, passOn) => {
    if (!isBulk(request)) return front.behave(request, passOn);
    const observed = async (other: ProxiedRequest = request) => {
      const reply = await passOn(other);
      late.observe(other, reply);
      return reply;
    };
    return front.behave(request, (other) => gate.pass(() => observed(other)));
  });

const isForObject = ({ method, headers }: ProxiedRequest): boolean =>
  method === 'PUT' && headers['x-amz-target'] === undefined;
