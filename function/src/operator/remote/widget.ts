import { messageOf } from '../../aws/service-error.ts';
import type { Table } from '../../core/table.ts';
import type { OperatorEnvironment } from '../environment.ts';
import { type LatestVerification, readLatest } from './latest-verification.ts';
import type { OperateRequest } from './parse-request.ts';

/**
 * Answers a custom widget of CloudWatch's: what the last verification of each table has come to, as HTML.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html
 */
export const answerWidget = async (
  { isDescription }: Extract<OperateRequest, { readonly kind: 'widget' }>,
  environment: () => Promise<OperatorEnvironment>,
): Promise<string | { readonly markdown: string }> => {
  if (isDescription) return { markdown: DESCRIPTION };
  try {
    const { configuration } = await environment();
    const tables = [...configuration.tables.values()];
    const rows = await Promise.all(
      tables.map(async (table) =>
        row(table, await readLatest(table.name, configuration.deadLetter)),
      ),
    );
    return `<table>${rows.join('')}</table>`;
  } catch (error) {
    return `<p>${escaped(messageOf(error))}</p>`;
  }
};

const DESCRIPTION = `## index equals table
What the last verification of each whole table has come to. It takes no parameters.`;

const row = ({ name, index }: Table, latest: LatestVerification | undefined): string =>
  `<tr><td>${escaped(name)} → ${escaped(index)}</td><td>${latest === undefined ? NEVER : finding(latest)}</td></tr>`;

const NEVER = 'not verified yet';

const finding = ({ verdict, checked_at: checkedAt, counts }: LatestVerification): string => {
  const checked = `checked at ${escaped(minuteOf(checkedAt))}, ${counted(counts.items)} items`;
  if (verdict === 'equal') return `<strong>index equals table</strong>: ${checked}`;
  const { missing, extra, stale, unwritable } = counts;
  const differences = Object.entries({ missing, extra, stale, unwritable })
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${counted(count)} ${kind}`);
  return `<strong>index differs from table</strong>: ${differences.join(', ')}; ${checked}`;
};

const minuteOf = (moment: string): string => `${moment.slice(0, 16).replace('T', ' ')} UTC`;

const counted = (count: number): string => Number(count).toLocaleString('en');

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
