import { writeFileSync } from 'node:fs';

// Loaded before a command: when its process ends, the memory that it had at its peak is written down, in bytes.
process.on('exit', () => {
  const path = process.env['BENCH_PEAK_FILE'];
  if (path !== undefined) writeFileSync(path, String(process.resourceUsage().maxRSS * 1024));
});
