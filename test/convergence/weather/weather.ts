import type { Behaviour } from '../../support/fault-proxy.ts';
import type { LETTER_FAULTS, PARAMETER_FAULTS, READ_FAULTS } from './aws-faults.ts';
import type { OPENSEARCH_FAULTS, OPERATOR_FAULTS } from './open-search-faults.ts';
import type { Powers, Treatment } from './treatment.ts';

type OrFine<Faults> = keyof Faults | 'fine';

/** The faults that requests meet in turn, by whom they are for; what comes after the last one finds fine weather. */
export type Weather = {
  /** Of the function's requests to OpenSearch. */
  readonly openSearch: readonly OrFine<typeof OPENSEARCH_FAULTS>[];
  /** Of the function's requests that store dead letters. */
  readonly letters: readonly OrFine<typeof LETTER_FAULTS>[];
  /** Of the function's requests for its configuration and for the password. */
  readonly parameter: readonly OrFine<typeof PARAMETER_FAULTS>[];
  /** Of the function's requests for items. */
  readonly reads: readonly OrFine<typeof READ_FAULTS>[];
  /** Of the operator commands' requests to OpenSearch. */
  readonly operators: readonly OrFine<typeof OPERATOR_FAULTS>[];
};

/** The faults of one kind of request, still to come. */
export type Front = {
  /** Treats a request as the next fault does that can befall it. */
  readonly behave: Behaviour;
  /** From now on the weather is fine. */
  readonly clear: () => void;
};

/** What a front is made of. */
export type FrontParts<Fault extends string> = {
  readonly faults: readonly (Fault | 'fine')[];
  readonly treatments: Readonly<Record<Fault, (powers: Powers) => Treatment>>;
  readonly powers: Powers;
  /** Told of each fault that has met a request. */
  readonly onFault: (fault: Fault, path: string) => void;
};

/** A front of faults, each of which waits for a request that it can befall. */
export const frontOf = <Fault extends string>(parts: FrontParts<Fault>): Front => {
  let coming = [...parts.faults];
  return {
    behave: (request, passOn) => {
      const [next] = coming;
      if (next === undefined) return passOn();
      if (next === 'fine') {
        coming = coming.slice(1);
        return passOn();
      }
      const behaviour = parts.treatments[next](parts.powers)(request);
      if (behaviour === undefined) return passOn();
      coming = coming.slice(1);
      parts.onFault(next, `${request.method} ${request.path}`);
      return behaviour(request, passOn);
    },
    clear: () => {
      coming = [];
    },
  };
};
