import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { THEME } from './theme.ts';

/** A picture of what was measured. */
export interface Plot {
  /** Of its file, without an ending. */
  readonly name: string;
  readonly spec: TopLevelSpec;
}

/** A plot beside or below others. */
export type Panel = Extract<TopLevelSpec, { readonly hconcat: unknown }>['hconcat'][number];

/** Draws plots as SVG files into a directory, which is made if need be. */
export const drawPlots = async (plots: readonly Plot[], directory: string): Promise<void> => {
  await mkdir(directory, { recursive: true });
  for (const { name, spec } of plots)
    await writeFile(join(directory, `${name}.svg`), await svgOf(spec));
};

/** The SVG of a plot. */
export const svgOf = async (spec: TopLevelSpec): Promise<string> => {
  const { spec: vega } = compile(spec, { config: THEME });
  const svg = await new View(parse(vega), { renderer: 'none' }).toSVG();
  return `${svg}\n`;
};
