import type { BackfillCounts } from '../../../function/src/operator/backfill/counts.ts';
import { grouped } from '../../terminal/style.ts';

/** Items a second, over the time that was worked. */
export const itemsPerSecond = ({ read }: BackfillCounts, milliseconds: number): number =>
  milliseconds > 0 ? Math.round((read / milliseconds) * 1000) : 0;

/** A duration as people say it, to two units. */
export const spoken = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
};
