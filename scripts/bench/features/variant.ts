import type { Program } from '../stand.ts';

/** A way to bring the same events into an index. */
export interface Variant {
  /** Of its index, too. */
  readonly name: string;
  readonly program: Program;
  /** Over the usual configuration of the function, which writes without a refresh. */
  readonly overrides?: object;
  /** Over the usual configuration of its table. */
  readonly tableOverrides?: object;
  /** What becomes of ready-made bodies before they are sent. */
  readonly prepare?: (body: Uint8Array) => Uint8Array;
}

/** Two ways that differ in one feature. */
export interface Feature {
  readonly title: string;
  readonly with: string;
  readonly without: string;
}

/** A secret as the function reads it, for basic authentication. */
export const SECRET = {
  arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:bench',
  text: '{"username":"bench","password":"bench"}',
} as const;

const VERSION = /,"version":\d+,"version_type":"external_gte"/g;

/** The same operations without a version: the last one to come wins. */
export const withoutVersions = (body: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(body).toString('utf8').replaceAll(VERSION, ''));

/** Everybody who takes part. */
export const VARIANTS: readonly Variant[] = [
  { name: 'function', program: 'function' },
  { name: 'function-true', program: 'function', overrides: { refresh: 'true' } },
  { name: 'function-wait-for', program: 'function', overrides: { refresh: 'wait_for' } },
  {
    name: 'function-basic',
    program: 'function',
    overrides: { auth: { type: 'basic', secret_arn: SECRET.arn } },
  },
  { name: 'function-bfansports', program: 'function', tableOverrides: { profile: 'bfansports' } },
  { name: 'least', program: 'least-handler' },
  { name: 'floor', program: 'floor' },
  { name: 'floor-unversioned', program: 'floor', prepare: withoutVersions },
  { name: 'floor-gzip', program: 'gzip-floor' },
];

/** What is compared. */
export const FEATURES: readonly Feature[] = [
  { title: 'versions (external_gte)', with: 'floor', without: 'floor-unversioned' },
  { title: 'refresh true', with: 'function-true', without: 'function' },
  { title: 'refresh wait_for', with: 'function-wait-for', without: 'function' },
  { title: 'signing, instead of a password', with: 'function', without: 'function-basic' },
  { title: 'all but parse and requests', with: 'function', without: 'least' },
  { title: 'bfansports, instead of exact', with: 'function-bfansports', without: 'function' },
  { title: 'gzip, level 1', with: 'floor-gzip', without: 'floor' },
];
