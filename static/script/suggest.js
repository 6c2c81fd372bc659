// Names while typing: a combobox with a list (WAI-ARIA Authoring Practices, "Editable Combobox With List Autocomplete").
// The list helps; the field works without it, and when it does not come.

const PATIENCE = 120;

function suggesting(form) {
  const input = form.querySelector('input[name=q]');
  const { suggest, suggestions: name } = form.dataset;
  if (!input || !suggest) return;
  const list = document.createElement('ul');
  list.id = `${input.id}-list`;
  list.className = 'suggestions';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', name);
  input.parentElement.append(list);
  const attributes = { role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id };
  for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
  typing({ form, input, list, suggest, active: -1 });
}

function typing(box) {
  const { input, list } = box;
  let timer;
  let asking;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    asking?.abort();
    if (input.value.trim().length < 2) return close(box);
    timer = setTimeout(async () => {
      asking = new AbortController();
      fill(box, await fetched(box, asking.signal));
    }, PATIENCE);
    return undefined;
  });
  input.addEventListener('keydown', (event) => key(box, event));
  input.addEventListener('blur', () => close(box));
  // The field keeps the focus while the list is pressed.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const option = target.closest('[role=option]');
    if (option) choose(box, option);
  });
}

async function fetched({ input, suggest }, signal) {
  try {
    const response = await fetch(`${suggest}?q=${encodeURIComponent(input.value.trim())}`, { signal });
    return response.ok ? (await response.json()).suggestions : [];
  } catch {
    return [];
  }
}

function fill(box, suggestions) {
  const { input, list } = box;
  list.replaceChildren(
    ...suggestions.slice(0, 8).map(({ label, q }, i) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${i}`;
      option.dataset.q = q;
      option.textContent = label;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      return option;
    }),
  );
  const isOpen = list.children.length > 0 && input.matches(':focus');
  list.hidden = !isOpen;
  input.setAttribute('aria-expanded', String(isOpen));
  activate(box, -1);
}

function close(box) {
  box.list.hidden = true;
  box.input.setAttribute('aria-expanded', 'false');
  activate(box, -1);
}

function activate(box, number) {
  const options = [...box.list.children];
  box.active = number;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === number)));
  const option = options[number];
  if (option) {
    box.input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  } else {
    box.input.removeAttribute('aria-activedescendant');
  }
}

function choose(box, option) {
  box.input.value = option.dataset.q;
  close(box);
  box.form.requestSubmit();
}

function key(box, event) {
  const { list, active } = box;
  const last = list.children.length - 1;
  if (event.key === 'Escape' && !list.hidden) {
    event.preventDefault();
    close(box);
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && last >= 0) {
    event.preventDefault();
    if (list.hidden) {
      list.hidden = false;
      box.input.setAttribute('aria-expanded', 'true');
    }
    // From the field to the first or last name, and from there back to the field.
    const [first, past] = event.key === 'ArrowDown' ? [active + 1, -1] : [active === -1 ? last : active - 1, -1];
    activate(box, first > last ? past : first);
  } else if (event.key === 'Enter' && !list.hidden && active >= 0) {
    event.preventDefault();
    choose(box, list.children[active]);
  }
}
