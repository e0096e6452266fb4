// A browser for pages without scripts: keeps cookies, follows redirects, fills in and submits the first form it sees.

const HOPS = 20;

export class Browser {
  #cookies = new Map();

  // Goes to `start`, fills forms with `fields` (a form is submitted with its first button unless `fields` names another;
  // `fields.link` is the text of a link to follow instead, where there is one) and answers {url} when sent to an address that begins with `end`, or {status, text} of the last page without a form.
  async go(start, fields, end) {
    let next = { url: new URL(start), method: 'GET' };
    const seen = new Map();
    for (let hop = 0; hop < HOPS; hop += 1) {
      if (end && next.url.href.startsWith(end)) {
        return { url: next.url };
      }
      const response = await this.#send(next);
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location) {
        await response.body?.cancel();
        next = { url: new URL(location, next.url), method: 'GET' };
        continue;
      }
      const text = await response.text();
      const link = fields.link && linkOf(text, fields.link);
      if (link) {
        next = { url: new URL(link, next.url), method: 'GET' };
        continue;
      }
      const form = response.ok ? formOf(text, next.url, fields) : undefined;
      const tries = (seen.get(form?.url.pathname) ?? 0) + 1;
      if (!form || tries > 2) {
        return { status: response.status, text, page: next.url };
      }
      seen.set(form.url.pathname, tries);
      next = form;
    }
    throw new Error(`no end after ${HOPS} pages, at ${next.url}`);
  }

  async #send({ url, method, body }) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      method, body, redirect: 'manual', headers: { accept: 'text/html', ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '' || /;\s*max-age=0\b/i.test(line)) {
        this.#cookies.delete(name);
      } else {
        this.#cookies.set(name, value);
      }
    }
    return response;
  }
}

function linkOf(page, said) {
  const links = [...page.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gis)];
  const found = links.find(([, , text]) => text.includes(said));
  return found && attributes(found[1]).href;
}

function formOf(page, base, fields) {
  const [, opening, inside] = /<form\b([^>]*)>(.*?)<\/form>/is.exec(page) ?? [];
  if (opening === undefined) {
    return undefined;
  }
  const values = new URLSearchParams();
  for (const [tag] of inside.matchAll(/<input\b[^>]*>/gi)) {
    const { name, type = 'text', value = '' } = attributes(tag);
    if (name && type !== 'submit') {
      values.set(name, fields[name] ?? value);
    }
  }
  const buttons = [...page.matchAll(/<(?:button|input)\b[^>]*>/gi)]
    .map(([tag]) => ({ tag, ...attributes(tag) }))
    .filter((one) => one.name && (/^<button/i.test(one.tag) || one.type === 'submit'));
  const pressed = buttons.find((one) => fields[one.name] === one.value) ?? (inside.includes('<button') ? buttons.find((one) => inside.includes(one.tag)) : undefined);
  if (pressed) {
    values.set(pressed.name, pressed.value ?? '');
  }
  const { action = '', method = 'get' } = attributes(opening);
  const url = new URL(action || base.href, base);
  if (method.toLowerCase() === 'post') {
    return { url, method: 'POST', body: values };
  }
  url.search = values;
  return { url, method: 'GET' };
}

function attributes(tag) {
  const found = [...tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)];
  return Object.fromEntries(found.map(([, name, ...values]) => [name.toLowerCase(), plain(values.find((v) => v !== undefined))]));
}

function plain(text) {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, decimal) => String.fromCodePoint(Number(decimal)))
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
