import type { Authentication } from '../../configuration/configuration.ts';
import { type Answer, refusalIn } from '../../core/answer.ts';
import { type Check, wrong } from './check.ts';
import type { Heading } from './heading.ts';

/** Who asks OpenSearch, and who else has to be let in. */
export type Access = {
  readonly authentication: Authentication;
  /** ARN of whoever runs this command; undefined where it is not known. */
  readonly callerArn: string | undefined;
  /** ARNs of the roles of the functions that write. */
  readonly functionRoleArns: readonly string[];
};

/** What was found and what to do about it. */
export type Explanation = {
  readonly finding: string;
  readonly cure: string;
  readonly heading?: Heading;
};

const HEADING = 'Records come again';

/** Says why OpenSearch did not answer a question as it should, and what to do. */
export const explainRefusal = (answer: Answer, access: Access): Explanation => {
  if (answer.kind === 'unanswered') return explainSilence(answer.error);
  const { status, body } = answer;
  if (status === 401 || status === 403)
    return { ...explainDenial(answer, access), heading: HEADING };
  const { type, reason } = refusalIn(answer);
  if (status < 300 || /^\s*</.test(body)) return notOpenSearch(status);
  const finding = `it answered ${status} ${type}${reason && `: ${reason}`}`;
  const cure =
    status === 429 || status >= 500
      ? 'The cluster is ill or overloaded: look at its health, then try again.'
      : 'These are OpenSearch’s own words; the common ones are explained there:';
  return { finding, cure, heading: HEADING };
};

/** The check that a refusal makes. */
export const refused = (name: string, answer: Answer, access: Access): Check => {
  const { finding, cure, heading } = explainRefusal(answer, access);
  return wrong(name, finding, cure, heading);
};

const explainSilence = (error: string): Explanation => {
  switch (error) {
    case 'TimeoutError':
      return {
        finding: 'it took the connection and did not answer in time',
        cure: 'The cluster is overloaded, or something between here and there swallows requests: look at its health.',
        heading: HEADING,
      };
    case 'SecretUnavailable':
      return { finding: 'there is no user to ask as', cure: 'See the check of the secret.' };
    case 'CredentialsProviderError':
      return {
        finding: 'there are no credentials to sign with',
        cure: 'See the check of the credentials.',
      };
    default:
      return {
        finding: `the connection broke (${error})`,
        cure: 'Try again; then look at what stands between here and there.',
      };
  }
};

const notOpenSearch = (status: number): Explanation => ({
  finding: `it answered ${status} with something that is not OpenSearch’s`,
  cure: 'Something stands before it, such as a proxy or a load balancer, or the endpoint is that of Dashboards: correct opensearch.endpoint.',
});

type Denial = Extract<Answer, { readonly kind: 'answered' }>;

/** A 401 or 403: by the signature, the access policy, the data access policy, or fine-grained access control. */
const explainDenial = ({ status, body }: Denial, access: Access): Explanation => {
  const { authentication } = access;
  if (/signature|security token|expired/i.test(body)) return badSignature(status);
  if (authentication.type === 'basic') return deniedToUser(status, body);
  if (authentication.service === 'aoss') return deniedByCollection(status, access);
  return body.includes('no permissions for') || status === 401
    ? deniedByFineGrainedControl(status, body, access)
    : deniedByPolicy(status, access);
};

const badSignature = (status: number): Explanation => ({
  finding: `${status}: it does not accept the signature`,
  cure: 'Sign in again if the credentials have expired; check the clock above, and auth.region: it has to be the domain’s.',
});

const deniedToUser = (status: number, body: string): Explanation =>
  /anonymous|not authorized to perform/.test(body)
    ? {
        finding: `${status}: the domain’s access policy refuses unsigned requests`,
        cure: 'With user and password, the access policy has to allow es:ESHttp* to the principal "*"; fine-grained access control then asks for the password.',
      }
    : {
        finding: `${status}: the user in the secret is not let in${lackingIn(body)}`,
        cure: 'Correct user and password in the secret, or give that user a role that may read and write the indexes.',
      };

const deniedByCollection = (status: number, access: Access): Explanation => ({
  finding: `${status}: the collection does not let us in`,
  cure: `Add to a data access policy of the collection, for index/<collection>/*, with aoss:DescribeIndex, aoss:ReadDocument and aoss:WriteDocument: ${toBeLetIn(access)}. Its network policy has to allow this network, too.${pathOf(access)}`,
});

const deniedByPolicy = (status: number, access: Access): Explanation => ({
  finding: `${status}: the domain’s access policy does not let us in`,
  cure: `Allow es:ESHttp* on the domain, in its access policy or in IAM, to ${toBeLetIn(access)}.${pathOf(access)}`,
});

const deniedByFineGrainedControl = (status: number, body: string, access: Access): Explanation => {
  const [, seen] = /User \[name=([^,\]]+)/.exec(body) ?? [];
  return {
    finding: `${status}: fine-grained access control does not let us${seen ? ` (${seen})` : ''} do it${lackingIn(body)}`,
    cure: `In Dashboards, Security, Roles: choose one that may read and write the indexes, Mapped users, and add as backend roles ${toBeLetIn(access, seen)}.${seen ? '' : pathOf(access)}`,
  };
};

const lackingIn = (body: string): string => {
  const [, permissions] = /no permissions for \[([^\]]+)\]/.exec(body) ?? [];
  return permissions === undefined ? '' : `: it lacks ${permissions}`;
};

/** The ARNs to write into policies and mappings; OpenSearch's own word for us goes before ours. */
const toBeLetIn = ({ callerArn, functionRoleArns }: Access, seen?: string): string => {
  const us = seen?.startsWith('arn:') ? seen : callerArn && principalOf(callerArn);
  const named = [
    us ? `${us} (this command)` : 'the role of this command',
    ...functionRoleArns.filter((arn) => arn !== us).map((arn) => `${arn} (the function)`),
  ];
  return named.join(' and ');
};

/**
 * What a policy names for a caller: of a session the role.
 *
 * @example
 * principalOf('arn:aws:sts::123456789012:assumed-role/Admin/ada') // 'arn:aws:iam::123456789012:role/Admin'
 */
export const principalOf = (arn: string): string => {
  const [, partition, account, role] = SESSION.exec(arn) ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
};

const SESSION = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\//;

/** How to find the path of a role, which its ARN has and the ARN of its sessions has not. */
const pathOf = ({ callerArn = '' }: Access): string => {
  const role = SESSION.exec(callerArn)?.[3];
  if (role === undefined) return '';
  return ` A role of IAM Identity Center, or any other with a path, has it in its ARN:\n  aws iam get-role --role-name ${role} --query Role.Arn`;
};
