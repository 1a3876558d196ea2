const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

/** How much is logged: this level and those after it. */
export type LogLevel = (typeof LEVELS)[number];

/** What stands beside a message. Never an attribute value; ids and attribute names only at DEBUG. */
export type LogFields = { readonly [name: string]: string | number | boolean | undefined };

/** Writes one line of JSON per message. */
export type Log = {
  readonly [level in Lowercase<LogLevel>]: (message: string, fields?: LogFields) => void;
};

/** The level that the environment asks for; INFO where it asks for none that exists. */
export const logLevel = (text: string | undefined): LogLevel =>
  LEVELS.find((level) => level === text?.toUpperCase()) ?? 'INFO';

/** A log of this level and above. */
export const createLog = (minimum: LogLevel, writeLine: (line: string) => void): Log => {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(minimum)) return;
    writeLine(JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...fields }));
  };
  return { debug: at('DEBUG'), info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
};

/**
 * Writes a line to standard output as it is. `console` would not do: under Lambda's JSON log format it
 * wraps what it is given, and CloudWatch then finds no metrics in it.
 */
export const writeRawLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
