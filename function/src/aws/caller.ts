import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Moment } from '../moment.ts';
import { clientSettings, LONGEST_READING_MILLISECONDS } from './client-settings.ts';
import type { ReadTime } from './dynamodb.ts';
import { takeDate } from './raw-json.ts';
import { ServiceError } from './service-error.ts';

/** Who calls AWS. */
export type Caller = { readonly account: string; readonly arn: string };

/** What asking for it came to. */
export type Identification = {
  /** A ServiceError says why there is none. */
  readonly caller: Caller | ServiceError;
  /** What AWS's clock said; undefined when nothing came back. A refusal tells the time, too. */
  readonly time: ReadTime | undefined;
};

/** Asks AWS who we are, for which no permission is needed. It does not throw. */
export const identifyCaller = async (): Promise<Identification> => {
  let time: ReadTime | undefined; // by the last answer
  const keep = (date: string, at: Moment) => {
    time = { seconds: Date.parse(date) / 1000, at };
  };
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.add(takeDate(keep), { step: 'deserialize', priority: 'low' });
  try {
    const { Account: account = '', Arn: arn = '' } = await new STSClient(clientSettings).send(
      command,
      { abortSignal: AbortSignal.timeout(LONGEST_READING_MILLISECONDS) },
    );
    return { caller: { account, arn }, time };
  } catch (cause) {
    return { caller: new ServiceError('STS', 'say who we are', cause), time };
  }
};
