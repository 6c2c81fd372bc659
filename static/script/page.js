// What pages of the service gain from JavaScript. Everything on them works without it.

function start(root) {
  for (const form of root.querySelectorAll('form.search')) {
    suggesting(form);
    locating(form, start);
    filled(form);
  }
  const form = root.querySelector('form.search');
  const ask = form && (({ lat, lon }) => {
    form.elements.q.value = `${lat.toFixed(3)}, ${lon.toFixed(3)}`;
    form.requestSubmit();
  });
  for (const [i, figure] of root.querySelectorAll('.map-figure').entries()) {
    // "Back" brings the part of the map back that was seen.
    const key = `part-${i}`;
    const moved = later((part) => history.replaceState({ ...history.state, [key]: part }, ''));
    movable(figure, { ask, moved, seen: history.state?.[key] });
  }
  for (const button of root.querySelectorAll('[data-copy]')) copying(button);
}

/** Sends only the fields that say something: addresses stay short, and one question has one address. */
function filled(form) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
  });
}

/** Does something once nothing more has come for a while: browsers refuse a history that changes too often. */
function later(act) {
  let timer;
  return (value) => {
    clearTimeout(timer);
    timer = setTimeout(act, 250, value);
  };
}

function copying(button) {
  const text = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !text) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = button.dataset.copied;
  });
}

/** In somebody else's page: tells that page how high this one is. */
function framed() {
  const tell = () => parent.postMessage({ 'coverage-map-height': Math.ceil(document.body.getBoundingClientRect().height) }, '*');
  new ResizeObserver(tell).observe(document.body);
}

start(document);
absent();
const first = document.querySelector('form.search[data-zips]');
if (first) stored(first);
if (parent !== window) framed();
