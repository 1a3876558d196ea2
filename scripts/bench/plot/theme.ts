import type { Config } from 'vega-lite';

// Half-way between black and white: to be read on a light page and on a dark one, whose colour shows through.
const INK = '#7d8590';

/** Colours that can be told apart by whoever does not see red and green, on light and on dark. */
export const COLOURS = {
  function: '#3b8eea',
  floor: INK,
  simple: '#e08c1a',
  other: '#b565c9',
} as const;

/** How every plot looks. */
export const THEME: Config = {
  background: 'transparent',
  font: 'system-ui, sans-serif',
  axis: {
    domainColor: INK,
    gridColor: INK,
    gridOpacity: 0.3,
    labelColor: INK,
    labelFontSize: 11,
    tickColor: INK,
    titleColor: INK,
    titleFontSize: 11,
    titleFontWeight: 'normal',
  },
  legend: {
    labelColor: INK,
    labelFontSize: 11,
    labelLimit: 400,
    orient: 'bottom',
    symbolOpacity: 1,
    symbolType: 'stroke',
    symbolStrokeWidth: 3,
    title: null,
    titleColor: INK,
  },
  title: { anchor: 'start', color: INK, fontSize: 13, subtitleColor: INK },
  view: { stroke: null },
};
