import type { FunctionDescription } from '../../aws/event-source-mappings.ts';
import { type Check, ok, skipped, warning, wrong } from './check.ts';

/** Checks that a function works by the parameter's newest version. */
export const checkFunction = (
  { parameter = '', hasFailedUpdate }: FunctionDescription,
  newestVersion: number | undefined,
): readonly Check[] => [
  checkVersion(/:(\d+)$/.exec(parameter)?.[1], newestVersion),
  hasFailedUpdate
    ? wrong('update', 'its last update failed: it runs as it was before', 'Run terraform apply.')
    : ok('update', 'its last update is in place'),
];

const NAME = 'configuration';

const checkVersion = (selected: string | undefined, newest: number | undefined): Check => {
  if (newest === undefined) return skipped(NAME, 'the parameter’s newest version is not known');
  if (selected === undefined) {
    return warning(
      NAME,
      'it names the parameter without a version: warm functions keep what they have read',
      'Run terraform apply: the module appends the version.',
    );
  }
  return Number(selected) === newest
    ? ok(NAME, `version ${selected} of the parameter, the newest`)
    : warning(
        NAME,
        `it works by version ${selected} of the parameter, and the newest is ${newest}`,
        'Run terraform apply, unless this is a rollback.',
      );
};
