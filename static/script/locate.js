// "Use my location": on a press only, rounded to three decimals (about 100 m), in the body of a request and never in an
// address. The answer takes the place of what the page says; "back" brings that back.

const LOOKING = { enableHighAccuracy: false, timeout: 15000, maximumAge: 300000 };
const ANSWERING = 15000;

function locating(form, restart) {
  const button = form.querySelector('[data-locate]');
  const status = form.querySelector('[role=status]');
  if (!button || !status || !navigator.geolocation) return;
  const say = (what) => {
    status.textContent = what ? (status.dataset[what] ?? '') : '';
    button.setAttribute('aria-disabled', String(what === 'looking'));
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    say('looking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => answer(form, coords).then(
        (page) => { say(''); exchange(page, restart); },
        () => say('failed'),
      ),
      ({ code }) => say(code === 1 ? 'denied' : 'unknown'),
      LOOKING,
    );
  });
}

/** The page that answers for a position. */
async function answer(form, { latitude: lat, longitude: lon }) {
  const body = new URLSearchParams(new FormData(form));
  body.delete('q');
  body.set('lat', lat.toFixed(3));
  body.set('lon', lon.toFixed(3));
  const response = await fetch(form.action, { method: 'POST', body, signal: AbortSignal.timeout(ANSWERING) });
  if (!response.ok) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** What pages said before and after: the browser's history holds their number, never where somebody is. */
const said = [];

function exchange(page, restart) {
  if (said.length === 0) {
    said.push({ main: document.querySelector('main'), title: document.title });
    history.replaceState({ ...history.state, said: 0 }, '');
    addEventListener('popstate', ({ state }) => {
      const earlier = said[state?.said];
      if (earlier) say(earlier);
    });
  }
  const next = { main: document.adoptNode(page.querySelector('main')), title: page.title };
  said.splice((history.state?.said ?? 0) + 1);
  said.push(next);
  history.pushState({ said: said.length - 1 }, '');
  say(next);
  restart(next.main);
  const heading = next.main.querySelector('h1');
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
}

function say({ main, title }) {
  document.querySelector('main').replaceWith(main);
  document.title = title;
}
