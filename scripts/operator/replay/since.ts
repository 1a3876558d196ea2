const unitMilliseconds: { readonly [unit: string]: number } = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The moment that `--since` names: a date, a date with a time, both in UTC, or how long ago. Throws one sentence for anything else. */
export const parseSince = (text: string, now: number = Date.now()): Date => {
  const [, amount, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const milliseconds =
    amount === undefined
      ? Date.parse(momentText(text) ?? '')
      : now - Number(amount) * (unitMilliseconds[unit] ?? 0);
  const since = new Date(milliseconds);
  if (Number.isNaN(since.getTime()))
    throw new Error(
      'say a day (2026-03-01), a time in UTC (2026-03-01T14:30) or how long ago (90m, 24h, 7d)',
    );
  return since;
};

// Without a zone JavaScript takes a day as in UTC, but a time as in the zone of the machine.
const momentText = (text: string): string | undefined => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const [, time, zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  return time && `${time}${zone}`;
};
