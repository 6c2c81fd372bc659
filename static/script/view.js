// A map that can be moved: by buttons, keys, wheel, drag and pinch. It says what is under the pointer or has the focus.

const CLOSEST = 12;
const STEP = 1.6;
/** Pixels that a pointer may tremble and still click. */
const TREMBLE = 6;

/**
 * Makes the picture in a figure one that can be moved.
 *
 * `ask` gets the place of a click, and is asked for nothing else; `moved` is told the part that is seen.
 */
function movable(figure, { ask, moved = () => {}, seen = null } = {}) {
  const svg = figure.querySelector('svg.partner-map');
  const sheet = { ...boxOf(svg) };
  const frames = framesOf(svg);
  const view = { svg, figure, sheet, part: sheet, moved };
  // The browser's own tooltips would say everything twice.
  for (const title of svg.querySelectorAll('a > title')) title.remove();
  if (seen) show(view, seen);
  buttons(view);
  keys(view);
  wheel(view);
  const isDragging = pointers(view);
  details(view, Boolean(ask));
  svg.addEventListener('click', (event) => {
    if (isDragging()) return event.preventDefault();
    const place = ask && asked(event) && placeAt(frames, ...Object.values(pointOf(svg, event)));
    if (!place) return undefined;
    event.preventDefault();
    return ask(place);
  });
}

/** Whether a click asks about its place: not by keyboard, not with a modifier, not on a name. */
function asked(event) {
  const plain = event.detail > 0 && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  return plain && !event.target.closest('.map-labels a, .map-frame a');
}

function boxOf(svg) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return { x, y, width, height };
}

/** Where on the sheet an event is. */
function pointOf(svg, { clientX, clientY }) {
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
  return { x, y };
}

/** Shows a part of the sheet, as close as may be and never beyond its edges. */
function show(view, wanted) {
  const { svg, sheet } = view;
  const width = Math.min(sheet.width, Math.max(sheet.width / CLOSEST, wanted.width));
  const height = (width * sheet.height) / sheet.width;
  const within = (at, size, from, length) => Math.min(from + length - size, Math.max(from, at));
  const x = within(wanted.x, width, sheet.x, sheet.width);
  const y = within(wanted.y, height, sheet.y, sheet.height);
  view.part = { x, y, width, height };
  svg.setAttribute('viewBox', [x, y, width, height].map((n) => Number(n.toFixed(1))).join(' '));
  svg.style.setProperty('--map-zoom', String(sheet.width / width));
  view.figure.classList.toggle('is-close', width < sheet.width);
  for (const button of view.figure.querySelectorAll('[data-move]')) {
    const { move } = button.dataset;
    // Not `disabled`: the focus would be lost by pressing a button.
    button.setAttribute('aria-disabled', String(move === 'in' ? width <= sheet.width / CLOSEST : width >= sheet.width));
  }
  view.moved(view.part);
}

/** Comes closer by a factor, or goes away; a point of the sheet stays where it is. */
function zoom(view, factor, around = null) {
  const { part } = view;
  const { x, y } = around ?? { x: part.x + part.width / 2, y: part.y + part.height / 2 };
  const width = Math.min(view.sheet.width, Math.max(view.sheet.width / CLOSEST, part.width / factor));
  const ratio = width / part.width;
  show(view, { x: x - (x - part.x) * ratio, y: y - (y - part.y) * ratio, width });
}

function pan(view, right, down) {
  show(view, { ...view.part, x: view.part.x + right, y: view.part.y + down });
}

const MOVES = {
  in: (view) => zoom(view, STEP),
  out: (view) => zoom(view, 1 / STEP),
  whole: (view) => show(view, view.sheet),
  west: (view) => pan(view, -view.part.width / 4, 0),
  east: (view) => pan(view, view.part.width / 4, 0),
  north: (view) => pan(view, 0, -view.part.height / 4),
  south: (view) => pan(view, 0, view.part.height / 4),
};
const KEYS = {
  '+': 'in', '=': 'in', '-': 'out', _: 'out', 0: 'whole', ArrowLeft: 'west', ArrowRight: 'east', ArrowUp: 'north', ArrowDown: 'south',
};

function buttons(view) {
  const tools = view.figure.querySelector('.map-tools');
  if (!tools) return;
  tools.hidden = false;
  tools.addEventListener('click', (event) => {
    const button = event.target.closest('[data-move]');
    if (button && button.getAttribute('aria-disabled') !== 'true') MOVES[button.dataset.move](view);
  });
  show(view, view.part);
}

function keys(view) {
  view.figure.addEventListener('keydown', (event) => {
    const move = KEYS[event.key];
    const isArrow = event.key.startsWith('Arrow');
    // Arrows scroll the page while all of the map is seen.
    if (!move || event.ctrlKey || event.metaKey || event.altKey || (isArrow && view.part.width >= view.sheet.width)) return;
    event.preventDefault();
    MOVES[move](view);
  });
  // What gets the focus is brought into sight.
  view.svg.addEventListener('focusin', ({ target }) => {
    if (view.part.width >= view.sheet.width || !target.matches(':focus-visible')) return;
    const { x, y, width, height } = target.getBBox();
    const { part } = view;
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    const isSeen = middleX > part.x && middleX < part.x + part.width && middleY > part.y && middleY < part.y + part.height;
    if (!isSeen) show(view, { ...part, x: middleX - part.width / 2, y: middleY - part.height / 2 });
  });
}

/** The wheel scrolls the page, unless the map has the focus or a modifier is held. */
function wheel(view) {
  view.svg.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey && !hasFocus(view.figure)) return;
      event.preventDefault();
      zoom(view, Math.exp(-event.deltaY / (event.deltaMode === 0 ? 400 : 12)), pointOf(view.svg, event));
    },
    { passive: false },
  );
}

function hasFocus(figure) {
  return figure.contains(figure.getRootNode().activeElement);
}

/** Drag and pinch; gives a question: has the click that comes now ended a drag? */
function pointers(view) {
  const { svg } = view;
  const down = new Map();
  let dragged = false;
  const start = (event) => {
    if (down.size === 0) dragged = false;
    down.set(event.pointerId, event);
  };
  const move = (event) => {
    const last = down.get(event.pointerId);
    if (!last) return;
    const far = Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY);
    if (!dragged && far < TREMBLE) return;
    if (down.size === 1 && view.part.width >= view.sheet.width) return;
    dragged = true;
    svg.setPointerCapture(event.pointerId);
    const other = [...down.values()].find((each) => each.pointerId !== event.pointerId);
    if (other) pinch(view, other, last, event);
    else drag(view, last, event);
    down.set(event.pointerId, event);
  };
  const end = (event) => down.delete(event.pointerId);
  svg.addEventListener('pointerdown', start);
  svg.addEventListener('pointermove', move);
  for (const kind of ['pointerup', 'pointercancel']) svg.addEventListener(kind, end);
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  // Two fingers are the map's, one is the page's as long as all of the map is seen.
  svg.addEventListener('touchmove', (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
  return () => dragged;
}

function drag(view, from, to) {
  const [a, b] = [pointOf(view.svg, from), pointOf(view.svg, to)];
  pan(view, a.x - b.x, a.y - b.y);
}

function pinch(view, still, from, to) {
  const apart = (event) => Math.hypot(event.clientX - still.clientX, event.clientY - still.clientY);
  const middle = { clientX: (still.clientX + to.clientX) / 2, clientY: (still.clientY + to.clientY) / 2 };
  zoom(view, apart(to) / Math.max(1, apart(from)), pointOf(view.svg, middle));
}

/** The line below the map that says what is under the pointer or has the focus; who hears the page hears it there. */
function details({ svg, figure }, isAsked) {
  const line = figure.querySelector('.map-details');
  if (!line) return;
  // Where nothing can be asked, nobody is told to.
  const usual = isAsked ? line.textContent : '\u00a0';
  const tell = ({ target }) => {
    line.textContent = target.closest?.('a')?.getAttribute('aria-label') ?? usual;
  };
  const forget = () => {
    line.textContent = usual;
  };
  forget();
  line.hidden = false;
  svg.addEventListener('pointerover', tell);
  svg.addEventListener('focusin', tell);
  svg.addEventListener('pointerleave', forget);
  svg.addEventListener('focusout', forget);
}
