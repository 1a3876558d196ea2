import { type Caller, identifyCaller } from '../../aws/caller.ts';
import type { ReadTime } from '../../aws/dynamodb.ts';
import { causeNameOf, ServiceError } from '../../aws/service-error.ts';
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
  const cure = CURES.find(({ names }) => names.includes(causeNameOf(error)))?.cure;
  if (cure !== undefined) return wrong(NAME, error.message, cure);
  return warning(
    NAME,
    error.message,
    'Nothing else depends on STS: see what the checks below say.',
  );
};

const CURES: readonly { readonly names: readonly string[]; readonly cure: string }[] = [
  {
    names: ['CredentialsProviderError'],
    cure: 'Sign in (aws sso login), or name a profile (--profile), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    cure: 'The credentials have expired: sign in again (aws sso login).',
  },
  {
    names: ['InvalidClientTokenId', 'UnrecognizedClientException'],
    cure: 'AWS does not know this access key: it was deleted, or belongs to another partition (China, GovCloud). Name another profile (--profile).',
  },
  {
    names: ['SignatureDoesNotMatch', 'IncompleteSignature'],
    cure: 'The secret access key is not the one of this access key; or, if the check of the clock below says so, the clock is wrong.',
  },
  { names: ['RequestExpired'], cure: 'Set the clock of this machine: see below.' },
];
