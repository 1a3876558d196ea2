import { readUserSecret } from '../../aws/secret.ts';
import { messageOf } from '../../aws/service-error.ts';
import { type Configuration, isServerless } from '../../configuration/configuration.ts';
import { at, elementsOf, textOf } from '../../core/json-value.ts';
import { type Access, refused } from './access.ts';
import { type Ask, statusOf } from './ask.ts';
import { type Check, ok, skipped, warning, wrong } from './check.ts';
import { checkCluster } from './cluster.ts';
import { checkNetwork } from './network.ts';

/** What is known of OpenSearch. */
export type OpenSearchReading = {
  readonly checks: readonly Check[];
  /** Without a way there nothing else can be asked. */
  readonly isReachable: boolean;
};

/** Checks the way to OpenSearch, what it is, who we are there, and whether the cluster is well. */
export const checkOpenSearch = async (
  { endpoint, authentication }: Configuration,
  ask: Ask,
  access: Access,
): Promise<OpenSearchReading> => {
  const network = await checkNetwork(endpoint);
  if (network.status !== 'ok') return { checks: [network], isReachable: false };
  const secret =
    authentication.type === 'basic' ? [await checkSecret(authentication.secretArn)] : [];
  const checks = isServerless(authentication)
    ? [skipped('version', SERVERLESS), skipped('cluster', SERVERLESS)]
    : [await checkVersion(ask, access), await checkUser(ask, access), ...(await checkCluster(ask))];
  return { checks: [network, ...secret, ...checks], isReachable: true };
};

const SERVERLESS = 'OpenSearch Serverless does not tell';

const LONGEST_MILLISECONDS = 9000;

const checkSecret = async (arn: string): Promise<Check> => {
  try {
    const { username } = await readUserSecret(arn, LONGEST_MILLISECONDS);
    return ok('secret', `holds the user ${username}`);
  } catch (error) {
    return wrong(
      'secret',
      messageOf(error),
      'Allow secretsmanager:GetSecretValue (and kms:Decrypt on its key) to whoever runs this command; it has to be JSON with "username" and "password".',
      'Records come again',
    );
  }
};

const OLDEST_OF_2 = 19;

const checkVersion = async (ask: Ask, access: Access): Promise<Check> => {
  const reply = await ask({ method: 'GET', path: '/' });
  if (reply.kind === 'refused') return refused('version', reply.answer, access);
  const number = textOf(at(reply.value, 'version', 'number')) ?? 'unknown';
  const isOpenSearch = at(reply.value, 'version', 'distribution') === 'opensearch';
  const name = `${isOpenSearch ? 'OpenSearch' : 'Elasticsearch'} ${number}`;
  return isOpenSearch && isKnown(number)
    ? ok('version', name)
    : warning(
        'version',
        `${name}: this product is tested with OpenSearch 2.19 to 3`,
        'doctor --probe proves whether it keeps the version rules that everything rests on. A domain may also call itself 7.10 for old clients (override_main_response_version).',
      );
};

const isKnown = (number: string): boolean => {
  const [major = 0, minor = 0] = number.split('.').map(Number);
  return major === 3 || (major === 2 && minor >= OLDEST_OF_2);
};

/** Who we are there; without fine-grained access control nobody is anyone. */
const checkUser = async (ask: Ask, access: Access): Promise<Check> => {
  const reply = await ask({ method: 'GET', path: '/_plugins/_security/authinfo' });
  if (reply.kind === 'success') {
    const roles = elementsOf(at(reply.value, 'roles')).map(String);
    const user = textOf(at(reply.value, 'user_name')) ?? 'unknown';
    return roles.length > 0
      ? ok('user', `${user}, with the roles ${roles.join(', ')}`)
      : noRoles(user, access);
  }
  const isAbsent = [400, 404, 405].includes(statusOf(reply));
  if (isAbsent)
    return ok('user', 'there is no fine-grained access control: the access policy decides');
  return refused('user', reply.answer, access);
};

const noRoles = (user: string, { functionRoleArns }: Access): Check =>
  wrong(
    'user',
    `${user}, without any role: fine-grained access control lets it do nothing`,
    `In Dashboards, Security, Roles: choose one that may read and write the indexes, Mapped users, and add as backend roles ${[user, ...functionRoleArns].join(' and ')}.`,
    'Records come again',
  );
