import { describe, expect, it } from 'vitest';

import { TargetList } from '../../../src/model/targetlist.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import type { IResolvedTarget } from '../../../src/protocol/form.js';
import { archiveOf } from './rows.js';

/** A resolver that knows two names, and how many it was asked at once. */
class Resolver {
  readonly asked: string[] = [];
  most = 0;
  readonly title = 'Test resolver';

  async resolve(
    name: string,
    signal?: AbortSignal
  ): Promise<readonly IResolvedTarget[]> {
    this.asked.push(name);
    this._now += 1;
    this.most = Math.max(this.most, this._now);
    await this.gate;
    this._now -= 1;
    signal?.throwIfAborted();
    if (this.error || this.fails(name)) {
      throw this.error ?? new ProtocolError('unavailable', 'Simbad does not answer.');
    }
    return name.startsWith('M') ? [{ name, ra: 1, dec: 2, by: 'Test' }] : [];
  }

  gate: Promise<void> = Promise.resolve();
  error: ProtocolError | null = null;
  fails: (name: string) => boolean = () => false;
  private _now = 0;
}

function listOf(text: string): { list: TargetList; resolver: Resolver } {
  const resolver = new Resolver();
  const list = new TargetList({
    ...archiveOf(async function* () {}),
    resolve: resolver
  });
  list.read(text);
  return { list, resolver };
}

describe('TargetList', () => {
  it('asks nobody for positions', async () => {
    const { list, resolver } = listOf('A, 10, 20\n30 40');
    expect(await list.resolve()).toEqual([
      { name: 'A', ra: 10, dec: 20 },
      { name: '30 40', ra: 30, dec: 40 }
    ]);
    expect(resolver.asked).toEqual([]);
  });

  it('looks each name up once, three at a time', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `M ${index}`);
    const { list, resolver } = listOf([...names, ...names].join('\n'));
    expect(await list.resolve()).toHaveLength(40);
    expect(resolver.asked).toHaveLength(20);
    expect(resolver.most).toBe(3);
    expect(list.progress).toBeNull();
  });

  it('shows which names nobody knows before it goes on without them', async () => {
    const { list } = listOf('M 83\nXyzzy\n10 20');
    expect(await list.resolve()).toBeNull();
    expect(list.unknown.map(({ line, name }) => [line, name])).toEqual([[2, 'Xyzzy']]);
    expect(list.unreached).toEqual([]);
    expect(list.found).toEqual([
      { name: 'M 83', ra: 1, dec: 2 },
      { name: '10 20', ra: 10, dec: 20 }
    ]);
  });

  it('tells how far it is, and stops when asked', async () => {
    const { list, resolver } = listOf('M 1\nM 2\nM 3\nM 4');
    let open = (): void => undefined;
    resolver.gate = new Promise(resolve => (open = resolve));
    const done = list.resolve();
    expect(list.progress).toEqual({ done: 0, of: 4 });
    list.cancel();
    expect(list.progress).toBeNull();
    open();
    expect(await done).toBeNull();
    expect(resolver.asked).toHaveLength(3);
    expect(list.error).toBeNull();
  });

  it('says what the resolver says, and asks again', async () => {
    const { list, resolver } = listOf('M 83');
    resolver.error = new ProtocolError('unavailable', 'Simbad does not answer.');
    expect(await list.resolve()).toBeNull();
    expect(list.error?.message).toBe('Simbad does not answer.');
    resolver.error = null;
    expect(await list.resolve()).toHaveLength(1);
    expect(list.error).toBeNull();
  });

  it('asks for the others where the resolver fails at one name', async () => {
    const { list, resolver } = listOf('M 1\nBad\nM 2\nM 3\nM 4');
    resolver.fails = name => name === 'Bad';
    expect(await list.resolve()).toBeNull();
    expect(list.found).toHaveLength(4);
    expect(list.unreached.map(({ name }) => name)).toEqual(['Bad']);
    expect(list.unknown).toEqual([]);
    resolver.fails = () => false;
    expect(await list.resolve()).toBeNull();
    expect(list.unknown.map(({ name }) => name)).toEqual(['Bad']);
    expect(resolver.asked.filter(name => name === 'M 1')).toHaveLength(1);
  });

  it('asks a resolver that is down for a few names, not for all', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `M ${index}`);
    const { list, resolver } = listOf(['10 20', ...names].join('\n'));
    resolver.fails = () => true;
    expect(await list.resolve()).toBeNull();
    expect(resolver.asked.length).toBeLessThan(10);
    expect(list.unreached).toHaveLength(200);
    expect(list.found).toHaveLength(1);
    expect(list.error?.message).toBe('Simbad does not answer.');
  });

  it('does not look up a whole catalogue', async () => {
    const names = Array.from({ length: 501 }, (_, index) => `M ${index}`);
    const { list, resolver } = listOf(names.join('\n'));
    expect(await list.resolve()).toBeNull();
    expect(list.error?.message).toBe(
      'The list has 501 names without a position; 500 can be looked up at once.'
    );
    expect(resolver.asked).toEqual([]);
  });
});
