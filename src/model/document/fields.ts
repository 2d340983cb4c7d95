import { type JsonNode, LineError } from './json.js';

/** Reads a value of one shape from a node; throws LineError where it is another. */
export type Reader<T> = (node: JsonNode, name: string) => T;

/** A text. */
export const text: Reader<string> = (node, name) => {
  const value = scalar(node);
  if (typeof value !== 'string') {
    throw wrong(node, name, 'a text in double quotes');
  }
  return value;
};

/** A text that is not empty. */
export const filled: Reader<string> = (node, name) => {
  const value = text(node, name);
  if (value.trim() === '') {
    throw wrong(node, name, 'filled');
  }
  return value;
};

/** A number. */
export const number: Reader<number> = (node, name) => {
  const value = scalar(node);
  // 1e999 is JSON, and infinite.
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw wrong(node, name, 'a number');
  }
  return value;
};

/** A whole number that is not negative. */
export const count: Reader<number> = (node, name) => {
  const value = number(node, name);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw wrong(node, name, 'a whole number, not negative');
  }
  return value;
};

/** True or false. */
export const flag: Reader<boolean> = (node, name) => {
  const value = scalar(node);
  if (typeof value !== 'boolean') {
    throw wrong(node, name, 'true or false');
  }
  return value;
};

/** One of a few texts. */
export function oneOf<T extends string>(values: readonly T[]): Reader<T> {
  return (node, name) => {
    const value = text(node, name);
    const found = values.find(known => known === value);
    if (found === undefined) {
      throw wrong(node, name, `one of ${values.join(', ')}`);
    }
    return found;
  };
}

/** A list of values of one shape. */
export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (node, name) => {
    if (node.kind !== 'array') {
      throw wrong(node, name, 'a list in brackets');
    }
    return node.items.map(item => read(item, name));
  };
}

/** Values of one shape under any names. */
export function recordOf<T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (node, name) =>
    Object.fromEntries(
      [...members(node, name)].map(([key, member]) => [key, read(member, key)])
    );
}

/** A value of the one shape or the other, told apart by the kind of the node. */
export function either<A, B>(
  isFirst: (node: JsonNode) => boolean,
  first: Reader<A>,
  second: Reader<B>
): Reader<A | B> {
  return (node, name) => (isFirst(node) ? first(node, name) : second(node, name));
}

/** The members of an object. */
export function members(node: JsonNode, name: string): ReadonlyMap<string, JsonNode> {
  if (node.kind !== 'object') {
    throw wrong(node, name, 'a group in braces');
  }
  return node.members;
}

/** The value of a scalar; undefined for lists and objects. */
export function scalar(node: JsonNode): string | number | boolean | null | undefined {
  return node.kind === 'scalar' ? node.value : undefined;
}

/** The error of a value that is not what it must be. */
export function wrong(node: JsonNode, name: string, must: string): LineError {
  return new LineError(node.line, `“${name}” must be ${must}`);
}
