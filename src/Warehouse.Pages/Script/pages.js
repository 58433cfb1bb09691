// What pages need of the browser beyond their markup: charts, files to keep, drafts, the clipboard, and words while the line is cut.
import { draw, redrawAll } from '../../Warehouse.Charts/Script/charts.js';

// Draws a chart, when what else came with it is seen; a point that is clicked is told to the component.
export function drawChart(element, option, component) {
  element.next = option;
  requestAnimationFrame(() => setTimeout(() => {
    if (element.next === option && element.isConnected) {
      element.chart?.remove();
      element.chart = draw(element, JSON.parse(option), component && (point => component.invokeMethodAsync('OnPoint', point)));
    }
  }));
}

export function removeChart(element) {
  if (element) {
    element.next = null;
    element.chart?.remove();
  }
}

function keep(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// The chart as a file: SVG as it is drawn, or PNG at twice its size.
export async function keepChart(element, name, kind) {
  const svg = new Blob([element.chart.svg()], { type: 'image/svg+xml' });
  if (kind === 'svg') {
    keep(`${name}.svg`, svg);
    return;
  }

  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * element.clientWidth;
  canvas.height = 2 * element.clientHeight;
  const paper = canvas.getContext('2d');
  paper.fillStyle = getComputedStyle(document.body).backgroundColor;
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob(blob => keep(`${name}.png`, blob), 'image/png');
}

export const copy = text => navigator.clipboard.writeText(text);

// Says that the page answers to clicks and keys from now on.
export const setReady = () => {
  document.documentElement.dataset.ready = String(performance.now());
  putBack();
};

// What was typed stays in this tab until it is saved, also when the line or the service is lost: a field that names its draft keeps it by itself.
export const draft = name => sessionStorage.getItem(name);
export const setDraft = (name, text) => (text === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, text));

// Selects a line of a text, and shows it.
export function selectLine(element, line) {
  const lines = element.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  element.focus();
  element.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  element.scrollTop = (line - 4) * parseFloat(getComputedStyle(element).lineHeight);
}

// The look of the page: light, dark, or null for that of the machine.
export function setTheme(theme) {
  if (theme) {
    document.documentElement.dataset.theme = theme;
  } else {
    delete document.documentElement.dataset.theme;
  }

  document.cookie = `warehouse-theme=${theme ?? ''}; path=/; max-age=${theme ? 31536000 : 0}; samesite=strict`;
  redrawAll();
}

// The language that the service speaks with this browser from the next page on.
export function setLanguage(code) {
  document.cookie = `.AspNetCore.Culture=${encodeURIComponent(`c=${code}|uic=${code}`)}; path=/; max-age=31536000; samesite=strict`;
}

// A table with much to choose is one stop of the Tab key: the cell that had the focus last, else its first.
const stops = 20;
const targets = 'tbody button, tbody a';
function setStops() {
  for (const table of document.querySelectorAll('table.cells')) {
    const all = [...table.querySelectorAll(targets)];
    const stop = all.length <= stops ? null : all.find(cell => cell === document.activeElement) ?? all.find(cell => cell.getAttribute('tabindex') === '0') ?? all[0];
    for (const cell of all) {
      const index = stop === null ? null : cell === stop ? '0' : '-1';
      if (cell.getAttribute('tabindex') !== index) {
        index === null ? cell.removeAttribute('tabindex') : cell.setAttribute('tabindex', index);
      }
    }
  }
}

// Moves among the cells of a table: the arrow keys to the next that can be chosen, Home and End along the row, with Ctrl to the first and last row.
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity] };
const chosenIn = cell => cell?.querySelector('button, a');
function nextCell(cell, [down, right], toEnd) {
  const rows = [...cell.closest('table').rows];
  if (right === -Infinity || right === Infinity) {
    const all = (toEnd ? rows.filter(row => row.parentElement.tagName === 'TBODY') : [cell.parentElement]).flatMap(row => [...row.cells]).map(chosenIn).filter(Boolean);
    return right < 0 ? all[0] : all.at(-1);
  }

  for (let row = cell.parentElement.rowIndex + down, column = cell.cellIndex + right; rows[row]?.cells[column]; row += down, column += right) {
    if (chosenIn(rows[row].cells[column])) {
      return chosenIn(rows[row].cells[column]);
    }
  }

  return null;
}

// Escape closes what was opened; a menu gives the focus back to what opened it.
function close(from) {
  const menu = from.closest?.('details.menu[open]');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  } else {
    document.querySelector('.actions button.close')?.click();
  }
}

document.addEventListener('keydown', event => {
  const cell = event.target.closest?.('table.cells td, table.cells th');
  if (event.key === 'Tab') {
    setStops();
  } else if (event.key === 'Escape') {
    close(event.target);
  } else if (steps[event.key] && cell && !event.altKey && !event.metaKey && (!event.ctrlKey || event.key === 'Home' || event.key === 'End')) {
    const next = nextCell(cell, steps[event.key], event.ctrlKey);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});

// A menu that has led to a page is closed; who skips to the content has the focus there.
document.addEventListener('click', event => {
  if (event.target.matches?.('.skip')) {
    document.getElementById('content').focus();
  } else if (event.target.closest?.('details.menu a')) {
    event.target.closest('details.menu').open = false;
  }
});

// Where what had the focus goes away, the cell that it was about takes it, else what it was in: nobody's place is lost.
let held = null;
let around = [];
let lastCell = null;
document.addEventListener('focusin', event => {
  held = event.target;
  around = [];
  for (let each = held.parentElement; each; each = each.parentElement) {
    around.push(each);
  }

  if (held.matches('table.markable tbody button')) {
    lastCell = held;
  }
});
new MutationObserver(() => {
  if (held && !held.isConnected && document.activeElement === document.body) {
    const next = held.closest('.actions') && lastCell?.isConnected ? lastCell : around.find(each => each.isConnected && each !== document.body);
    held = null;
    if (next && !next.matches('button, a, [tabindex]')) {
      next.setAttribute('tabindex', '-1');
    }

    next?.focus();
  }
}).observe(document.body, { childList: true, subtree: true });

// The space bar marks a cell beside those that are marked, as a click with Ctrl does; Enter chooses it alone.
for (const kind of ['keydown', 'keyup']) {
  document.addEventListener(kind, event => {
    if (event.key === ' ' && event.target.matches?.('table.markable tbody button')) {
      event.preventDefault();
      if (kind === 'keydown' && !event.repeat) {
        event.target.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: !event.shiftKey, shiftKey: event.shiftKey }));
      }
    }
  });
}

// What was typed and not sent is kept while the page comes anew, and put back where it stood.
const typed = new Set();
const fields = () => [...document.querySelectorAll('main input:not([type=password], [type=file], [type=hidden]), main select, main textarea')];
const nameOf = field => field.labels?.[0]?.firstChild?.textContent.trim() || field.getAttribute('aria-label') || '';
const late = new Set();
let isCut = false;
document.addEventListener('input', event => {
  typed.add(event.target);
  if (isCut) {
    late.add(event.target);
  }

  if (event.target.dataset.draft) {
    setDraft(event.target.dataset.draft, event.target.value);
  }
}, true);

// What was typed while the line was cut is told when it is back.
function tell(field) {
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function comeAnew() {
  const kept = fields().map((field, place) => ({ place, name: nameOf(field), value: field.value, checked: field.checked, isTyped: typed.has(field) })).filter(field => field.isTyped);
  sessionStorage.setItem(`typed at ${location.href}`, JSON.stringify(kept));
  location.reload();
}

function putBack() {
  const key = `typed at ${location.href}`;
  for (const { place, name, value, checked } of JSON.parse(sessionStorage.getItem(key) ?? '[]')) {
    const field = fields()[place];
    if (field && nameOf(field) === name && (field.value !== value || field.checked !== checked)) {
      field.value = value;
      field.checked = checked;
      tell(field);
    }
  }

  sessionStorage.removeItem(key);
}

// Blazor shows by classes that the line is cut, and tries some times: we try until the service is there; one that no longer knows the page gives it anew.
async function tryAgain() {
  try {
    if (!await Blazor.reconnect()) {
      comeAnew();
    }
  } catch {
    setTimeout(tryAgain, 2000);
  }
}

document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'show') {
    isCut = true;
  } else if (event.detail.state === 'hide') {
    isCut = false;
    [...late].filter(field => field.isConnected).forEach(tell);
    late.clear();
  } else if (event.detail.state === 'rejected') {
    comeAnew();
  } else if (event.detail.state === 'failed') {
    tryAgain();
  }
});
