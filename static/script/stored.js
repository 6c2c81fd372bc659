// Pages that come from a folder or a store instead of the service know nothing of the question in their address. A ZIP is then
// answered by the list of its first three digits; whatever else is asked is looked for among the links of the page.

const ZIP = /^\s*(\d{3})(\d{2})(-\d{4})?\s*$/;

/** Answers the question of the address where the page does not; the service's own pages keep it in their form. */
function stored(form) {
  const input = form.elements.q;
  const lists = form.dataset.zips;
  const asked = location.pathname.match(/\/zips\/(\d{5})\/?$/)?.[1] ?? new URLSearchParams(location.search).get('q') ?? '';
  if (!input || !lists || !asked.trim() || input.getAttribute('value') || document.getElementById(asked)) return;
  const zip = asked.match(ZIP);
  if (zip) return location.replace(listed(lists, zip));
  input.value = asked;
  const named = [...document.querySelectorAll('main a[href^="/"]')].find((link) => same(link.textContent, asked));
  if (named) return location.replace(named.href);
  const status = form.querySelector('[role=status]');
  if (status) status.textContent = status.dataset.unanswered ?? '';
  return undefined;
}

function listed(lists, [, prefix, rest]) {
  const list = new URL(lists, location.href);
  list.pathname += `/${prefix}`;
  list.hash = prefix + rest;
  return list;
}

function same(one, other) {
  return one.trim().localeCompare(other.trim(), undefined, { sensitivity: 'base' }) === 0;
}

/** Says that a list of ZIPs has not the one that was asked for. */
function absent() {
  const notice = document.getElementById('absent');
  if (!notice) return;
  const look = () => {
    const zip = location.hash.slice(1);
    notice.hidden = !/^\d{5}$/.test(zip) || document.getElementById(zip) !== null;
  };
  addEventListener('hashchange', look);
  look();
}
