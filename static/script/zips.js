// A ZIP is answered without being sent: all answers of its first three digits are fetched, and looked through here.

/** Answers ZIPs below a form, in English; whatever else is asked goes to the service's own page. */
function zips(form, base) {
  const answer = form.parentElement.querySelector('.map-answer');
  if (!answer || form.closest('[lang]')?.lang !== 'en') return;
  form.addEventListener('submit', (event) => {
    const zip = form.elements.q.value.match(/^\s*(\d{5})(-\d{4})?\s*$/)?.[1];
    if (!zip || form.dataset.elsewhere) return;
    event.preventDefault();
    found(form, base, zip).then(
      (one) => tell(answer, one, base),
      () => {
        // What cannot be answered here is answered there.
        form.dataset.elsewhere = 'yes';
        form.requestSubmit();
      },
    );
  });
}

/** The answer to a ZIP among those of its first digits. */
async function found(form, base, zip) {
  const url = new URL(`api/v1/zips/${zip.slice(0, 3)}.json`, base);
  for (const name of ['as_of', 'course']) if (form.elements[name]?.value) url.searchParams.set(name, form.elements[name].value);
  const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(15000) });
  if (!response.ok) throw new Error(String(response.status));
  const one = (await response.json()).zips[zip];
  if (!one) throw new Error(`no ZIP ${zip}`);
  return one;
}

function tell(answer, { verdict, next_step: step, url }, base) {
  const link = (to, text) => {
    const a = document.createElement('a');
    a.href = new URL(to, base).href;
    a.textContent = text;
    return a;
  };
  const next = step?.url ? [link(step.url, step.label), ' · '] : [];
  answer.replaceChildren(`${verdict}. `, ...next, link(url, answer.dataset.more));
}
