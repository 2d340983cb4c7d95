/** An answer as it was written down: status line, headers, a blank line, the body. */
export function readRecorded(text: string): Response {
  const [head, ...rest] = text.split(/\r?\n\r?\n/);
  const [line, ...fields] = head.split(/\r?\n/);
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(line)?.[1]);
  const headers = new Headers(
    fields.map((field): [string, string] => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), field.slice(colon + 1).trim()];
    })
  );
  return new Response(rest.join('\n\n'), { status, headers });
}
