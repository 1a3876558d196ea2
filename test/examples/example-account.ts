import { PutObjectCommand } from '@aws-sdk/client-s3';
import { askAws } from '../support/ask-aws.ts';
import { type AwsAccount, createTable, openAccount } from '../support/aws-account.ts';

/** Address of the domain that the examples take for granted. */
export const DOMAIN_ENDPOINT =
  'https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com';

/** Opens an account that has what the examples take for granted. */
export const openExampleAccount = async (): Promise<AwsAccount> => {
  const account = await openAccount();
  await createTables(account.url);
  await account.createDomain('shop', new URL(DOMAIN_ENDPOINT).host);
  await createDomainInVpc(account.url);
  await createCollection(account.url);
  await createKey(account.url);
  await account.createBucket('shop-lambda-code');
  await account.s3.send(
    new PutObjectCommand({
      Bucket: 'shop-lambda-code',
      Key: 'prod_es_creds',
      Body: `ES_ENDPOINT='${DOMAIN_ENDPOINT}'\n`,
      ContentType: 'text/plain',
    }),
  );
  return account;
};

const FOLLOWED = [
  'Articles',
  'Catalog',
  'Orders',
  'Reviews',
  'Users',
  'shop_prod_carts',
  'shop_prod_users',
];

const createTables = async (url: string): Promise<void> => {
  const keys = [{ name: 'id', type: 'S' }] as const;
  for (const name of FOLLOWED) await createTable(url, { name, keys });
  await createTable(url, { name: 'shop_prod_sessions', keys, viewType: 'none' });
};

const createDomainInVpc = async (url: string): Promise<void> => {
  const domain = {
    DomainName: 'shop-private',
    VPCOptions: {
      VPCId: await defaultVpc(url),
      SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      SecurityGroupIds: ['sg-0123456789abcdef0'],
    },
  };
  await askAws(url, { service: 'es', path: '/2021-01-01/opensearch/domain' }, domain);
};

/** The VPC that every account has: one that is not there would take no security group. */
const defaultVpc = async (url: string): Promise<string | undefined> => {
  const query = 'Action=DescribeVpcs&Version=2016-11-15';
  const answer = await askAws(url, { service: 'ec2', path: `/?${query}` }, '');
  return /<vpcId>([^<]+)/.exec(answer)?.[1];
};

const createCollection = async (url: string): Promise<void> => {
  const rules = [{ ResourceType: 'collection', Resource: ['collection/shop'] }];
  const policy = JSON.stringify({ Rules: rules, AWSOwnedKey: true, KmsARN: '' });
  const encryption = { name: 'shop', type: 'encryption', policy };
  await askAws(
    url,
    { service: 'aoss', operation: `${SERVERLESS}.CreateSecurityPolicy` },
    encryption,
  );
  const collection = { name: 'shop', type: 'SEARCH' };
  await askAws(url, { service: 'aoss', operation: `${SERVERLESS}.CreateCollection` }, collection);
};

const SERVERLESS = 'OpenSearchServerless';

const createKey = async (url: string): Promise<void> => {
  const answer = await askAws(url, { service: 'kms', operation: 'TrentService.CreateKey' }, {});
  const { KeyId } = JSON.parse(answer).KeyMetadata;
  const alias = { AliasName: 'alias/search', TargetKeyId: KeyId };
  await askAws(url, { service: 'kms', operation: 'TrentService.CreateAlias' }, alias);
};
