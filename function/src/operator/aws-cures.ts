/** What to do about an answer of AWS or of its SDK, by the name of the error; undefined where it speaks for itself. */
export const awsCureOf = (name: string): string | undefined =>
  CURES.find(({ names }) => names.includes(name))?.cure;

const CURES: readonly { readonly names: readonly string[]; readonly cure: string }[] = [
  {
    names: ['CredentialsProviderError'],
    cure: 'Choose a profile with --profile or AWS_PROFILE, sign in with "aws sso login", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  {
    names: ['TokenProviderError', 'ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    cure: 'The AWS credentials have expired: sign in again with "aws sso login", or get new ones from where these came from.',
  },
  {
    names: ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId'],
    cure: 'AWS does not know this access key: it was deleted, or belongs to another partition (China, GovCloud). Choose other credentials with --profile or AWS_PROFILE, or correct AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.',
  },
  {
    names: ['SignatureDoesNotMatch', 'IncompleteSignature'],
    cure: 'AWS does not accept the signature: the secret access key is not the one of this access key, or the clock is wrong. Choose other credentials with --profile or AWS_PROFILE, or correct AWS_SECRET_ACCESS_KEY.',
  },
  {
    names: ['InvalidSignatureException', 'RequestTimeTooSkewed', 'RequestExpired'],
    cure: "Look at this machine's clock, then at its AWS credentials.",
  },
  {
    names: ['ParameterNotFound'],
    cure: '--parameter is the output parameter_name of the module; --region, --profile and AWS_PROFILE say where it is looked for.',
  },
];
