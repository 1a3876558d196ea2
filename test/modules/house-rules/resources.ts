import { type Block, nested } from '../../../scripts/docs/hcl.ts';
import { type Rule, ruleOfBlocks, textOf } from './rule.ts';

/** Types of resources that have no tags; a test asks the provider whether that is so. */
export const UNTAGGED: readonly string[] = [
  'aws_cloudwatch_dashboard',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_opensearchserverless_access_policy',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_scheduler_schedule',
];

// An object takes ten tags, which the caller's may be more than.
const FEW_TAGS = ['aws_s3_object'];

const resourceType = ({ labels }: Block): string => labels[0] ?? '';

const RANDOM = /"(?:name|bucket)_prefix":|\b(?:uuid|timestamp)\(/;

const isSentence = (name: string): boolean => /^([A-Z][a-z0-9]*){2,}$/.test(name);

/** Rules about resources, and about the policies that they are given. */
export const resourceRules: readonly Rule[] = [
  ruleOfBlocks(
    'resource',
    'no name is random',
    (resource) =>
      resourceType(resource).startsWith('random_') || RANDOM.test(JSON.stringify(resource.body))
        ? 'is named at random'
        : undefined,
    [
      ['resource "random_id" "a" {\n}', 'resource.random_id.a is named at random'],
      [
        'resource "aws_s3_bucket" "a" {\n  bucket_prefix = "a"\n}',
        'resource.aws_s3_bucket.a is named at random',
      ],
      [
        'resource "aws_iam_role" "a" {\n  name = uuid()\n}',
        'resource.aws_iam_role.a is named at random',
      ],
    ],
  ),
  ruleOfBlocks(
    'resource',
    'every resource that can have tags has those of the caller, objects in S3 apart',
    (resource) =>
      resourceType(resource).startsWith('aws_') &&
      ![...UNTAGGED, ...FEW_TAGS].includes(resourceType(resource)) &&
      !/\b(var|local)\.tags\b/.test(textOf(resource.body, 'tags'))
        ? 'has no tags'
        : undefined,
    [
      ['resource "aws_sqs_queue" "a" {\n}', 'resource.aws_sqs_queue.a has no tags'],
      ['resource "aws_sqs_queue" "a" {\n  tags = {}\n}', 'resource.aws_sqs_queue.a has no tags'],
    ],
  ),
  ruleOfBlocks(
    'data',
    'every statement of a policy has a name of its own that reads as a sentence',
    (data) => {
      const names = nested(data, 'statement').map((statement) => textOf(statement, 'sid'));
      const wrong = names.find((name) => !isSentence(name));
      if (wrong !== undefined) return `has a statement of the name "${wrong}"`;
      return new Set(names).size < names.length ? 'has two statements of one name' : undefined;
    },
    [
      [
        'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = []\n  }\n}',
        'data.aws_iam_policy_document.a has a statement of the name ""',
      ],
      [
        'data "aws_iam_policy_document" "a" {\n  dynamic "statement" {\n    for_each = []\n    content {\n      sid = "s3"\n    }\n  }\n}',
        'data.aws_iam_policy_document.a has a statement of the name "s3"',
      ],
      [
        'data "aws_iam_policy_document" "a" {\n  statement {\n    sid = "ReadAll"\n  }\n  statement {\n    sid = "ReadAll"\n  }\n}',
        'data.aws_iam_policy_document.a has two statements of one name',
      ],
    ],
  ),
  ruleOfBlocks(
    'resource',
    'no policy is written by hand',
    (resource) =>
      resourceType(resource).startsWith('aws_iam_') &&
      /jsonencode\(/.test(JSON.stringify(resource.body))
        ? 'has a policy that no aws_iam_policy_document describes'
        : undefined,
    [
      [
        'resource "aws_iam_role_policy" "a" {\n  policy = jsonencode({})\n}',
        'resource.aws_iam_role_policy.a has a policy that no aws_iam_policy_document describes',
      ],
    ],
  ),
];
