import type { ObjectLocation } from '../../../function/src/aws/objects.ts';
import type { Phase } from '../../../function/src/operator/remote/order.ts';
import { REPORT_KEY, RUN_KEY } from '../../../function/src/operator/remote/store.ts';
import type { Operations } from './operations.ts';

/** Where a run keeps what it knows, in S3. */
export type RunLocation = {
  readonly bucket: string;
  /** What each key begins with, the slash at the end included. */
  readonly root: string;
};

/** The location of a run. */
export const locationOf = ({ bucket, prefix }: Operations, run: string): RunLocation => ({
  bucket,
  root: `${prefix}${run}/`,
});

/** Its order and plan. */
export const runObject = ({ bucket, root }: RunLocation): ObjectLocation => ({
  bucket,
  key: root + RUN_KEY,
});

/** What it has come to, once it has ended. */
export const reportObject = ({ bucket, root }: RunLocation): ObjectLocation => ({
  bucket,
  key: root + REPORT_KEY,
});

/** What the keys of the phases' manifests begin with. */
export const manifestsPrefix = ({ root }: RunLocation): string => `${root}phases/`;

/** What the keys of a phase's parts begin with; the rest is `<table>/<segment>.json`. */
export const partsPrefix = ({ root }: RunLocation, phase: Phase): string =>
  `${root}parts/${phase}/`;

/** What the keys of the lines that were found begin with; the rest is `<phase>/<table>/<segment>-<slice>.ndjson`. */
export const differencesPrefix = ({ root }: RunLocation): string => `${root}differences/`;
