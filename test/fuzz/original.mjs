/**
 * Where in a document its tags, attribute values, texts, elements and streams are, so
 * that it can be damaged many times without being searched again.
 */

const MARKUP =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)((?:[\w.-]+:)?([A-Za-z_][\w.-]*))((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;

const VALUE = /\s[\w:.-]+\s*=\s*(?:"([^"]*)"|'[^']*')/g;

/**
 * @param bytes - a document in UTF-8 or another superset of ASCII
 * @param wellFormed - whether it is
 * @returns places as `{ start, end }`: `tags` (with their `name`), `values` of
 * attributes, `texts` that are not blank, `elements` (below the root), `streams` (with
 * the `data` they stand for), and `inside`, offsets where content may stand
 */
export function original(bytes, wellFormed) {
  const text = Buffer.from(bytes).toString('latin1');
  const found = {
    tags: [],
    values: [],
    texts: [],
    elements: [],
    streams: [],
    inside: []
  };
  const open = [];
  let behind = -1;
  for (const hit of text.matchAll(MARKUP)) {
    const end = hit.index + hit[0].length;
    if (hit[3] === undefined) {
      behind = -1;
      continue;
    }
    noteText(found, text, behind, hit.index, open.at(-1));
    noteTag(found, hit, end, open);
    behind = end;
  }
  return { bytes, wellFormed, ...found };
}

function noteTag({ tags, values, elements, inside }, hit, end, open) {
  const start = hit.index;
  const [, slash, written, name, attributes, closed] = hit;
  tags.push({
    start,
    end,
    name: {
      start: start + 1 + slash.length,
      end: start + 1 + slash.length + written.length
    }
  });
  if (slash === '' && open.length > 0) {
    inside.push(start);
  }
  if (slash !== '') {
    inside.push(start);
    const from = open.pop();
    if (open.length > 0 && from?.name === name) {
      elements.push({ start: from.start, end });
      inside.push(end);
    }
    return;
  }
  noteValues(values, attributes, start + 1 + written.length);
  if (closed === '') {
    open.push({ name, start });
    inside.push(end);
  } else if (open.length > 0) {
    elements.push({ start, end });
    inside.push(end);
  }
}

function noteValues(values, attributes, offset) {
  for (const { 0: whole, 1: value, index } of attributes.matchAll(VALUE)) {
    if (value !== undefined) {
      const end = offset + index + whole.length - 1;
      values.push({ start: end - value.length, end });
    }
  }
}

function noteText({ texts, streams }, text, start, end, within) {
  const content = start < 0 ? '' : text.slice(start, end);
  if (within !== undefined && content.trim() !== '') {
    texts.push({ start, end });
    if (within.name === 'STREAM') {
      streams.push({ start, end, data: Buffer.from(content, 'base64') });
    }
  }
}
