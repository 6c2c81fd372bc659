// <partner-map>: the map in somebody else's page, apart from that page's styles.
//
// Attributes: state, course, as-of (or date), partner, theme (auto, light, dark), lang, height (a length). What stands in the
// element is shown until the map is there, and instead of it where it does not come; so put a link into it.

const BASE = new URL('.', document.currentScript.src);
const ATTRIBUTES = ['state', 'course', 'as-of', 'date', 'partner', 'theme', 'lang', 'height'];

class PartnerMap extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #asking = null;
  #planned = false;

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [styles()];
    this.#plan();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#plan();
  }

  /** Several attributes that change at once are one change. */
  #plan() {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#load();
    });
  }

  async #load() {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const shadow = this.shadowRoot;
    if (!shadow.firstChild) shadow.append(document.createElement('slot'));
    try {
      const map = await this.#fetched(AbortSignal.any([asking.signal, AbortSignal.timeout(20000)]));
      shadow.replaceChildren(map);
      this.#ready(map);
    } catch (error) {
      if (asking.signal.aborted) return;
      shadow.replaceChildren(this.childNodes.length > 0 ? document.createElement('slot') : this.#link());
      this.dispatchEvent(new CustomEvent('partner-map-error', { detail: String(error), bubbles: true }));
    }
  }

  async #fetched(signal) {
    const response = await fetch(this.#address('fragment/map', { search: 'yes', style: 'none' }), { signal, credentials: 'omit' });
    if (!response.ok) throw new Error(`the map was answered with ${response.status}`);
    const map = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('.coverage-map');
    if (!map) throw new Error('the answer holds no map');
    return document.adoptNode(map);
  }

  /** An address of the service, in the element's language, with what the element shows. */
  #address(path, more = {}) {
    const lang = (this.getAttribute('lang') ?? '').toLowerCase().split('-')[0];
    const url = new URL(lang && lang !== 'en' ? `${lang}/${path}` : path, BASE);
    const shown = {
      state: this.getAttribute('state'),
      course: this.getAttribute('course'),
      as_of: this.getAttribute('as-of') ?? this.getAttribute('date'),
      partner: this.getAttribute('partner'),
      theme: this.getAttribute('theme'),
      ...more,
    };
    for (const [name, value] of Object.entries(shown)) if (value) url.searchParams.set(name, value);
    return url;
  }

  #ready(map) {
    for (const [name, attribute] of [['a', 'href'], ['form', 'action']]) {
      for (const each of map.querySelectorAll(`${name}[${attribute}]`)) {
        const target = each.getAttribute(attribute);
        if (!target.startsWith('#')) each.setAttribute(attribute, new URL(target, BASE).href);
      }
    }
    // In a shadow tree an address within the page leads nowhere.
    for (const a of map.querySelectorAll('a[href^="#"]')) {
      a.addEventListener('click', (event) => {
        event.preventDefault();
        map.querySelector(`[id="${a.getAttribute('href').slice(1)}"]`)?.focus();
      });
    }
    const height = this.getAttribute('height');
    if (height) map.querySelector('svg.partner-map').style.setProperty('max-height', /^\d+$/.test(height) ? `${height}px` : height);
    const form = map.querySelector('form.search');
    if (form) zips(form, BASE);
    for (const figure of map.querySelectorAll('.map-figure')) {
      movable(figure, { ask: form && (({ lat, lon }) => {
        form.elements.q.value = `${lat.toFixed(3)}, ${lon.toFixed(3)}`;
        form.requestSubmit();
      }) });
    }
    this.dispatchEvent(new CustomEvent('partner-map-ready', { bubbles: true }));
  }

  #link() {
    const link = document.createElement('a');
    link.href = this.#address('partners').href;
    link.textContent = this.getAttribute('aria-label') ?? new URL('partners', BASE).href;
    return link;
  }
}

/** The styles of all maps of a page, made once: a sheet that is no text of the page needs no leave of its policy. */
function styles() {
  if (!styles.sheet) {
    styles.sheet = new CSSStyleSheet();
    styles.sheet.replaceSync(STYLE);
  }
  return styles.sheet;
}

/** Maps in frames become as high as they say they are. */
addEventListener('message', ({ origin, source, data }) => {
  const height = data?.['coverage-map-height'];
  if (origin !== BASE.origin || !Number.isFinite(height)) return;
  for (const frame of document.querySelectorAll('iframe')) if (frame.contentWindow === source) frame.height = Math.ceil(height);
});

if (!customElements.get('partner-map')) customElements.define('partner-map', PartnerMap);
