import { join } from 'node:path';
import { type Block, blocks, fieldsOf, nested, readHcl } from '../docs/hcl.ts';

/** What modules/sync makes that is charged by the month, whether anything changes or not. */
export interface ModuleCharges {
  /** Metrics that alarms look at: of the function, and of each table. */
  readonly alarmMetrics: { readonly ofFunction: number; readonly ofTable: number };
  readonly dashboards: number;
}

const MODULE = join(import.meta.dirname, '../../modules/sync');

/** Counts in the module's own files, with its defaults. */
export const readModuleCharges = async (): Promise<ModuleCharges> => {
  const resources = blocks(await readHcl(MODULE), 'resource');
  const ofType = (type: string) => resources.filter(({ labels }) => labels[0] === type);
  const alarms = ofType('aws_cloudwatch_metric_alarm');
  const isOfTable = ({ body }: Block) => 'for_each' in body;
  return {
    alarmMetrics: {
      ofFunction: metricsOf(alarms.filter((alarm) => !isOfTable(alarm))),
      ofTable: metricsOf(alarms.filter(isOfTable)),
    },
    dashboards: ofType('aws_cloudwatch_dashboard').length,
  };
};

// An alarm of several metrics is charged for each of them, not for the expression over them.
const metricsOf = (alarms: readonly Block[]): number =>
  alarms.reduce((sum, alarm) => {
    const queries = nested(alarm, 'metric_query').filter((query) => 'metric' in fieldsOf(query));
    return sum + Math.max(1, queries.length);
  }, 0);
