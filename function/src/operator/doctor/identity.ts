import { type Caller, identifyCaller } from '../../aws/caller.ts';
import type { ReadTime } from '../../aws/dynamodb.ts';
import { causeNameOf, ServiceError } from '../../aws/service-error.ts';
import { awsCureOf } from '../aws-cures.ts';
import { type Check, ok, warning, wrong } from './check.ts';

/** Who we are, as far as it could be told. */
export type Identity = {
  readonly checks: readonly Check[];
  readonly caller: Caller | undefined;
  /** What AWS's clock said. */
  readonly time: ReadTime | undefined;
};

/** Checks the credentials, and tells whose they are. */
export const checkIdentity = async (region: string | undefined): Promise<Identity> => {
  const { caller, time } = await identifyCaller();
  if (caller instanceof ServiceError) return { checks: [refused(caller)], caller: undefined, time };
  const where = region === undefined ? '' : ` in ${region}`;
  return { checks: [ok(NAME, `account ${caller.account}${where}, ${caller.arn}`)], caller, time };
};

const NAME = 'credentials';

const refused = (error: ServiceError): Check => {
  const cure = awsCureOf(causeNameOf(error));
  if (cure !== undefined) return wrong(NAME, error.message, cure);
  return warning(
    NAME,
    error.message,
    'Nothing else depends on STS: see what the checks below say.',
  );
};
