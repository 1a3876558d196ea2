import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import type { AwsAccount } from './aws-account.ts';
import type { Statement } from './policy-judge.ts';

/** The statements of all policies of a role, those within it and those attached to it. */
export const statementsOf = async (
  roleName: string,
  account: AwsAccount,
): Promise<readonly Statement[]> => {
  const documents = [
    ...(await inlineDocuments(roleName, account)),
    ...(await attachedDocuments(roleName, account)),
  ];
  return documents.flatMap((document) => JSON.parse(decodeURIComponent(document)).Statement);
};

const inlineDocuments = async (RoleName: string, { iam }: AwsAccount) => {
  const documents: string[] = [];
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName })) {
    for (const PolicyName of page.PolicyNames ?? []) {
      const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      documents.push(policy.PolicyDocument ?? '');
    }
  }
  return documents;
};

const attachedDocuments = async (RoleName: string, { iam }: AwsAccount) => {
  const documents: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName })) {
    for (const { PolicyArn } of page.AttachedPolicies ?? []) {
      const { Policy: policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const { PolicyVersion: version } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: policy?.DefaultVersionId }),
      );
      documents.push(version?.Document ?? '');
    }
  }
  return documents;
};
