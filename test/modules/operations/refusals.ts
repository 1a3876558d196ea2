type Inputs = { readonly [name: string]: unknown };

const ofFunction = (fields: Inputs): Inputs => ({ function: fields });

/** Inputs that cannot work, over a complete set, and what is said about them: name, inputs, message. */
export const refusals: readonly (readonly [string, Inputs, string])[] = [
  ...[0, 1001, 2.5].map(
    (concurrency) =>
      [
        `${concurrency} parts at once`,
        { concurrency },
        'concurrency: must be a whole number between 1 and 1000.',
      ] as const,
  ),
  ...['every night', 'cron(15 2 * * *)', 'rate(0 days)', 'at(2026-11-24T02:15:00)'].map(
    (expression) =>
      [
        `the schedule ${expression}`,
        { schedule: { expression } },
        `schedule.expression: "${expression}" must be a cron(…) of six fields or a rate(…), such as "cron(15 2 * * ? *)" or "rate(1 day)".`,
      ] as const,
  ),
  ...[0, 101].map(
    (sample) =>
      [
        `a sample of ${sample} percent`,
        { schedule: { sample } },
        'schedule.sample: must be more than 0 and at most 100 percent; leave it out to look at everything.',
      ] as const,
  ),
  [
    'an alarm that tells an address',
    { alarms: { actions: ['on-call@example.com'] } },
    'alarms.actions and alarms.ok_actions: must be ARNs, such as arn:aws:sns:eu-west-1:123456789012:on-call.',
  ],
  [
    'an unknown alarm',
    { alarms: { disabled: ['diffs'] } },
    'alarms.disabled: must be some of differences, failed_runs; not diffs.',
  ],
  [
    'a dashboard of no time',
    { dashboard: { days: 0 } },
    'dashboard.days: must be a whole number between 1 and 90.',
  ],
  [
    'too little memory',
    ofFunction({ memory_mb: 128 }),
    'function.memory_mb: must be a whole number between 256 and 10240.',
  ],
  [
    'a slice without time to store where it is',
    ofFunction({ timeout_seconds: 30 }),
    'function.timeout_seconds: must be a whole number between 60 and 900; a slice needs some of it to store where it is.',
  ],
  [
    'an unknown architecture',
    ofFunction({ architecture: 'arm' }),
    'function.architecture: must be arm64 or x86_64.',
  ],
  [
    'an old runtime',
    ofFunction({ runtime: 'nodejs20.x' }),
    'function.runtime: must be nodejs22.x or nodejs24.x.',
  ],
  [
    'an unknown log level',
    ofFunction({ log_level: 'info' }),
    'function.log_level: must be DEBUG, INFO, WARN or ERROR.',
  ],
  [
    'a retention that CloudWatch does not have',
    { logs: { retention_days: 10 } },
    "logs.retention_days: 10 is none of CloudWatch's steps: 0 (for ever), 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
  ],
  [
    'an alias for the key of the logs',
    { logs: { kms_key_arn: 'alias/logs' } },
    'logs.kms_key_arn: must be the ARN of a key (arn:aws:kms:…:key/…).',
  ],
  [
    'a name for the boundary',
    { permissions_boundary_arn: 'boundary' },
    'permissions_boundary_arn: must be the ARN of an IAM policy (arn:aws:iam::…:policy/…).',
  ],
];
