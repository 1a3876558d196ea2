import type { Tally } from './tally.ts';
import type { Actor, Timeline } from './timeline.ts';
import { LETTER_FAULTS, PARAMETER_FAULTS, READ_FAULTS } from './weather/aws-faults.ts';
import { OPENSEARCH_FAULTS, OPERATOR_FAULTS } from './weather/open-search-faults.ts';
import type { Powers } from './weather/treatment.ts';
import { type Front, frontOf, type Weather } from './weather/weather.ts';

/** The fronts of a world's weather, by whom they are for. */
export type Fronts = Readonly<Record<keyof Weather, Front>>;

/** What fronts are made of, and who is told of each fault that has met a request. */
export type FrontsParts = {
  readonly weather: Weather;
  readonly powers: Powers;
  readonly timeline: Timeline;
  readonly tally: Tally;
};

/** The fronts of some weather. */
export const frontsOf = ({ weather, powers, timeline, tally }: FrontsParts): Fronts => {
  const at = (actor: Actor) => ({
    powers,
    onFault: (fault: string, path: string) => {
      tally.count('fault', fault);
      timeline.note(actor, `${fault}: ${path.replace(/\?.*/, '')}`);
    },
  });
  return {
    openSearch: frontOf({
      ...at('OpenSearch'),
      faults: weather.openSearch,
      treatments: OPENSEARCH_FAULTS,
    }),
    operators: frontOf({
      ...at('OpenSearch'),
      faults: weather.operators,
      treatments: OPERATOR_FAULTS,
    }),
    letters: frontOf({ ...at('S3'), faults: weather.letters, treatments: LETTER_FAULTS }),
    parameter: frontOf({ ...at('SSM'), faults: weather.parameter, treatments: PARAMETER_FAULTS }),
    reads: frontOf({ ...at('DynamoDB'), faults: weather.reads, treatments: READ_FAULTS }),
  };
};
