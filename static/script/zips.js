// A ZIP is answered without being sent: all answers of its first three digits are fetched, and looked through here.

/** Answers ZIPs below a form; whatever else is asked goes to the service's own page. */
function zips(form, base) {
  const answer = form.parentElement.querySelector('.map-answer');
  if (!answer) return;
  form.addEventListener('submit', (event) => {
    const zip = form.elements.q.value.match(/^\s*(\d{5})(-\d{4})?\s*$/)?.[1];
    if (!zip || form.dataset.elsewhere) return;
    event.preventDefault();
    found(form, base, zip).then(
      (one) => tell(answer, one, form, base),
      () => {
        // What cannot be answered here is answered there.
        form.dataset.elsewhere = 'yes';
        form.requestSubmit();
      },
    );
  });
}

/** The answer to a ZIP among those of its prefix; null where there is no such ZIP. */
async function found(form, base, zip) {
  const url = new URL(`api/v1/zips/${zip.slice(0, 3)}.json`, base);
  for (const name of ['as_of', 'course']) if (form.elements[name]?.value) url.searchParams.set(name, form.elements[name].value);
  const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(15000) });
  if (!response.ok) throw new Error(String(response.status));
  const { zips: all } = await response.json();
  const one = Array.isArray(all) ? all.find((each) => each.zip === zip) : all[zip];
  if (!one) throw new Error('not among them');
  return one;
}

function tell(answer, { sentence, url, link }, form, base) {
  const more = document.createElement('a');
  more.href = new URL(link ?? url, base).href;
  more.textContent = answer.dataset.more;
  answer.replaceChildren(sentence, ' ', more);
}
