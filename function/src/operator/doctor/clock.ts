import type { ReadTime } from '../../aws/dynamodb.ts';
import { dynamoDBNow } from '../read-time.ts';
import { type Check, ok, skipped, warning, wrong } from './check.ts';

const SUSPICIOUS_SECONDS = 60;
const LONGEST_SECONDS = 5 * 60; // beyond it AWS refuses signatures

/** Checks this machine's clock against that of AWS. */
export const checkClock = (time: ReadTime | undefined): Check => {
  const seconds = time === undefined ? Number.NaN : (Date.now() - dynamoDBNow(time)) / 1000;
  if (Number.isNaN(seconds)) return skipped(NAME, 'no answer of AWS told the time');
  const off = Math.abs(seconds);
  const finding = `${spoken(off)} ${seconds > 0 ? 'ahead of' : 'behind'} AWS`;
  if (off > LONGEST_SECONDS) {
    return wrong(NAME, `${finding}: signatures are refused beyond five minutes`, CURE);
  }
  if (off > SUSPICIOUS_SECONDS) {
    return warning(NAME, `${finding}: beyond five minutes signatures are refused`, CURE);
  }
  return ok(NAME, off < 2 ? 'agrees with AWS' : finding);
};

const NAME = 'clock';
const CURE =
  'Set the clock of this machine (NTP). What the commands write is right all the same: they take the time from DynamoDB.';

const spoken = (seconds: number): string =>
  seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
