import { CONTESTANTS, openContest } from './contest.ts';
import { measureLoads } from './load-time.ts';
import { measurePeakMemory } from './peak-memory.ts';
import { loadReport, memoryReport, scenarioReport } from './report.ts';
import { resultOf } from './result.ts';
import { runContest } from './run.ts';
import { scenarios } from './scenario.ts';
import { openStand } from './stand.ts';
import type { Bench } from './subject.ts';

/** The function beside a floor and two other ways to do its work. */
export const benchFunction: Bench = async ({ isQuick, rounds, onProgress }, cleanup) => {
  onProgress('starting OpenSearch');
  const stand = await openStand(cleanup);
  const chosen = isQuick ? [scenarios[0]] : scenarios;
  const contest = await openContest(stand, { scenarios: chosen, names: CONTESTANTS }, cleanup);
  const samples = await runContest(stand, contest, {
    scenarios: chosen,
    // OpenSearch has compiled itself after some thousand requests; before, it is what takes the time.
    warmUpRounds: isQuick ? 1 : 6,
    rounds,
    roundSeconds: 2,
    onProgress,
  });
  onProgress('load time and memory');
  const loads = await measureLoads(stand, isQuick ? 5 : 30);
  const largest = chosen.at(-1) ?? scenarios[0];
  const peakBytes = await measurePeakMemory(stand, largest, isQuick ? 1 : 9);
  const lines = [
    ...chosen.map((scenario) => scenarioReport(resultOf(scenario, samples))),
    loadReport(loads) + memoryReport(peakBytes),
  ];
  return { report: HEADING + lines.join('\n'), plots: [], measured: { samples, loads, peakBytes } };
};

const HEADING = `function: medians of the rounds (quartiles); a ratio is of one round. CPU ms are of the process, for
1,000 records; own is CPU without the parse of the event. The floor is the faster of its two forms (*).

`;
