// Draws chart definitions: the parts of Apache ECharts in use, one look for light, dark and paper, and numbers as people read them.
import * as echarts from 'echarts/core';
import { BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([
  BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart, ScatterChart,
  AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer,
]);

const language = document.documentElement.lang || 'en';
const numbers = options => new Intl.NumberFormat(language, options);
const whole = numbers({ maximumFractionDigits: 0 });
const money = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const plain = numbers({ maximumFractionDigits: 3 });
const share = numbers({ style: 'percent', maximumFractionDigits: 1 });
const short = numbers({ notation: 'compact', maximumFractionDigits: 1 });
const formats = {
  count: value => whole.format(value),
  money: value => money.format(value),
  number: value => plain.format(value),
  share: value => share.format(value).replace(/\s?%/, '\u00a0%'),
  axis: value => (Math.abs(value) >= 10000 ? short : plain).format(value),
};

const numberOf = value => (Array.isArray(value) ? value[value.length - 1] : value);
const textOf = (format, value) => (value === null || value === undefined || value === '-' || Number.isNaN(value) ? '–' : formats[format](numberOf(value)));

// A text in lines of so many letters: broken between words, and after any sign of Chinese, which counts twice.
const lettersOf = text => [...text].reduce((sum, letter) => sum + (letter >= '\u2e80' ? 2 : 1), 0);
function inLines(text, most) {
  const lines = [''];
  for (const part of text.match(/[\u2e80-\uffff]\s*|[^\s\u2e80-\uffff]+\s*/g) ?? []) {
    if (lines.at(-1) !== '' && lettersOf((lines.at(-1) + part).trimEnd()) > most) {
      lines.push('');
    }

    lines[lines.length - 1] += part;
  }

  return lines.map(line => line.trimEnd()).join('\n');
}

// A definition is JSON: it names the format of a number, or a text, where ECharts wants a function, the place of a colour, and the part of the chart's width that a name takes before it goes on in the next line.
function made(part, colors, width) {
  if (Array.isArray(part)) {
    return part.map(item => made(item, colors, width));
  }

  if (part === null || typeof part !== 'object') {
    return part;
  }

  const option = {};
  for (const [key, value] of Object.entries(part)) {
    if (key === 'axisFormat') {
      option.formatter = number => textOf(value === 'share' ? 'share' : 'axis', number);
    } else if (key === 'valueFormat') {
      option.valueFormatter = number => textOf(value, number);
    } else if (key === 'labelFormat') {
      option.formatter = point => textOf(value, point.value);
    } else if (key === 'labelText') {
      option.formatter = () => value;
    } else if (key === 'colorPlace') {
      option.color = colors[value % colors.length];
    } else if (key === 'widthPart') {
      option.formatter = name => inLines(String(name), Math.max(20, value * width / 7));
    } else {
      option[key] = made(value, colors, width);
    }
  }

  return option;
}

const palettes = {
  light: {
    colors: ['#2f5d8a', '#c8792a', '#4f8a6b', '#8a4f7d', '#a3974a', '#5b8fb0', '#b05b5b', '#6b6b7d'],
    text: '#23272e', quiet: '#5c6470', line: '#d8dce2', paper: '#ffffff', low: '#eef3f8', high: '#2f5d8a',
  },
  dark: {
    colors: ['#7fb0e0', '#e5a765', '#86c5a2', '#c893bd', '#d6cb86', '#9cc7e2', '#e09a9a', '#b0b3c2'],
    text: '#e6e8eb', quiet: '#a7afba', line: '#3a414b', paper: '#171a1f', low: '#232a33', high: '#7fb0e0',
  },
};

function themeOf({ colors, text, quiet, line, paper, low, high }) {
  const axis = {
    axisLine: { lineStyle: { color: quiet } }, axisTick: { lineStyle: { color: quiet } }, axisLabel: { color: quiet },
    nameTextStyle: { color: quiet }, splitLine: { lineStyle: { color: line } },
  };
  return {
    color: colors, backgroundColor: 'transparent',
    textStyle: { color: text, fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif" },
    legend: { textStyle: { color: text }, pageTextStyle: { color: text } },
    tooltip: { backgroundColor: paper, borderColor: line, textStyle: { color: text } },
    categoryAxis: { ...axis, splitLine: { show: false } }, valueAxis: axis,
    visualMap: { textStyle: { color: quiet }, inRange: { color: [low, high] } },
    sankey: { label: { color: text }, lineStyle: { color: 'source', opacity: .35 } },
    funnel: { label: { color: text }, itemStyle: { borderColor: paper } },
    heatmap: { itemStyle: { borderColor: paper, borderWidth: 1 } },
  };
}

for (const [name, palette] of Object.entries(palettes)) {
  echarts.registerTheme(name, themeOf(palette));
}

const drawn = new Set();
const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const motion = window.matchMedia('(prefers-reduced-motion: reduce)');

// The look that the page was set to, else the one of the machine.
const look = () => document.documentElement.dataset.theme || (darkness.matches ? 'dark' : 'light');

function redraw(place, theme) {
  place.chart?.dispose();
  place.chart = echarts.init(place.element, theme, { renderer: 'svg', locale: 'EN' });
  place.chart.setOption({ animation: !motion.matches && place.isFirst, ...made(place.option, palettes[theme].colors, place.element.clientWidth) });
  place.isFirst = false;
  if (place.onPoint) {
    place.chart.on('click', point => place.onPoint({ name: String(point.name ?? ''), series: String(point.seriesName ?? ''), index: point.dataIndex ?? -1, value: [point.value].flat().map(String) }));
  }

  place.element.querySelector('svg')?.setAttribute('aria-hidden', 'true');
}

// Draws an option into an element, and again when the look changes, the width does, or the page is printed. Points that are clicked
// are told; what is given back takes the chart away, or gives it as an SVG document.
export function draw(element, option, onPoint) {
  const place = { element, option, onPoint, chart: null, isFirst: true };
  drawn.add(place);
  redraw(place, look());
  const watch = new ResizeObserver(() => place.chart.resize());
  watch.observe(element);
  return {
    svg: () => place.chart.renderToSVGString(),
    remove: () => {
      watch.disconnect();
      drawn.delete(place);
      place.chart.dispose();
    },
  };
}

export const redrawAll = (theme = look()) => drawn.forEach(place => redraw(place, theme));
darkness.addEventListener('change', () => redrawAll());
window.addEventListener('beforeprint', () => {
  document.querySelectorAll('details').forEach(part => { part.open = true; });
  redrawAll('light');
});
window.addEventListener('afterprint', () => redrawAll());

for (const element of document.querySelectorAll('[data-chart]')) {
  draw(element, JSON.parse(document.getElementById(element.dataset.chart).textContent));
  element.dataset.drawn = 'true';
}

window.warehouseCharts = { draw };
