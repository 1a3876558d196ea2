import type { EventSourceMapping } from '../../aws/event-source-mappings.ts';
import type { TableDescription } from '../../aws/table-description.ts';
import { tableOfStream } from '../../core/stream-record.ts';
import type { Table } from '../../core/table.ts';
import { type Check, ok, skipped, warning, wrong } from './check.ts';
import { failed } from './failure.ts';
import type { Followers } from './followers.ts';
import { isSameParameter } from './parameter.ts';

/** What a table's mapping is compared with. */
type Expectation = {
  readonly parameter: string;
  readonly description: TableDescription | undefined;
};

const NAME = 'event source';
const HEADING = 'Nothing is received although the table is written';
const LONGEST_AGE_SECONDS = 24 * 60 * 60; // the stream forgets

/** Checks that an event source mapping brings a table's stream to a function that reads the parameter. */
export const checkEventSource = (
  { name }: Table,
  followers: Followers | Error,
  { parameter, description }: Expectation,
): readonly Check[] => {
  if (followers instanceof Error) {
    return [failed(NAME, followers, 'lambda:ListEventSourceMappings on *')];
  }
  const ofTable = followers.mappings.filter(({ streamArn }) => tableOfStream(streamArn) === name);
  const ours = ofTable.filter(({ functionArn }) => reads(functionArn, followers, parameter));
  if (ours.length === 0) return [noneIsOurs(ofTable, followers, parameter)];
  if (description?.stream === undefined) return [skipped(NAME, 'the table’s stream is not known')];
  const { arn } = description.stream;
  const current = ours.find(({ streamArn }) => streamArn === arn);
  if (current === undefined) return [isOnOldStream(ours)];
  return [checkState(current), checkResult(current), ...checkSettings(current)];
};

const reads = (functionArn: string, { functions }: Followers, parameter: string): boolean => {
  const found = functions.get(functionArn);
  if (found === undefined || found instanceof Error) return false;
  return isSameParameter(found.parameter ?? '', parameter);
};

const noneIsOurs = (
  ofTable: readonly EventSourceMapping[],
  { functions }: Followers,
  parameter: string,
): Check => {
  const unreadable = ofTable.flatMap(({ functionArn }) => {
    const found = functions.get(functionArn);
    return found instanceof Error ? [found] : [];
  });
  const [first] = unreadable;
  if (first !== undefined) return failed(NAME, first, 'lambda:GetFunctionConfiguration');
  return wrong(
    NAME,
    `no event source mapping brings the table’s stream to a function that reads ${parameter}`,
    'Run terraform apply. If the table has another stream than before, what it held in between needs backfill.',
    HEADING,
  );
};

const isOnOldStream = ([mapping]: readonly EventSourceMapping[]): Check =>
  wrong(
    NAME,
    `its mapping reads a stream that the table no longer writes (${mapping?.streamArn.split('/').at(-1)}, ${mapping?.lastResult ?? 'nothing read yet'})`,
    'Wait until it has read the old stream to its end (“No records processed”; at most a day), run terraform apply, then backfill.',
    HEADING,
  );

const checkState = ({ state }: EventSourceMapping): Check => {
  switch (state) {
    case 'Enabled':
      return ok(NAME, 'its mapping is enabled, on the current stream');
    case 'Disabled':
    case 'Disabling':
      return wrong(
        NAME,
        `its mapping is ${state.toLowerCase()}: nothing is received`,
        'Set enabled = true for the table and run terraform apply; within 23 hours nothing is lost.',
        HEADING,
      );
    default:
      return warning(NAME, `its mapping is ${state.toLowerCase()}`, 'Look again in a minute.');
  }
};

const checkResult = ({ lastResult }: EventSourceMapping): Check => {
  if (lastResult === undefined) return ok('last result', 'none yet');
  return lastResult.startsWith('PROBLEM')
    ? wrong('last result', lastResult, 'It names what refused.', HEADING)
    : ok('last result', lastResult);
};

const checkSettings = (mapping: EventSourceMapping): readonly Check[] => {
  const problems = [
    !mapping.reportsItemFailures &&
      'without ReportBatchItemFailures a record that is to come again is dropped',
    mapping.onFailureArn === undefined &&
      'without an on-failure destination a record that Lambda gives up is lost',
  ].filter((problem) => problem !== false);
  const isForgetful =
    mapping.maximumRecordAgeSeconds < 0 || mapping.maximumRecordAgeSeconds >= LONGEST_AGE_SECONDS;
  return [
    problems.length === 0
      ? ok('settings', 'item failures are reported, what is given up goes to S3')
      : wrong('settings', problems.join('; '), 'Run terraform apply: the module sets both.'),
    ...(isForgetful ? [forgetful] : []),
  ];
};

const forgetful = warning(
  'record age',
  'records may grow older than the stream’s 24 hours: it forgets them without a letter',
  'Set maximum_record_age_seconds below 86,400 (82,800 is the default).',
  'The function falls behind',
);
