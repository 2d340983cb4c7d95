import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';

import { EMPTY_FORM } from '../../../../src/protocol/form.js';
import { show, textbox } from './support.js';

afterEach(cleanup);

const M83 = { name: 'M 83', ra: 204.25383, dec: -29.86576, by: 'Simbad' };
const OTHER = { ...M83, ra: 10, dec: 20, by: 'NED', known: 'MESSIER 083' };

describe('A target', () => {
  it('is shown with its position and who knows it', () => {
    show({ resolution: { state: 'found', target: M83 } });
    expect(screen.getByText('M 83: 204.2538 −29.8658 deg (Simbad)')).toBeTruthy();
  });

  it('is chosen of several by click or key', () => {
    const { onTarget, onSearch } = show({
      resolution: { state: 'several', name: 'M 83', matches: [M83, OTHER] }
    });
    const list = screen.getByRole('listbox', { name: 'Matches' });
    const options = within(list).getAllByRole('option');
    expect(options.map(option => option.textContent)).toEqual([
      'M 83: 204.2538 −29.8658 deg (Simbad)',
      'MESSIER 083 M 83: 10.0000 20.0000 deg (NED)'
    ]);
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    expect(options[1].getAttribute('aria-selected')).toBe('true');
    expect(list.getAttribute('aria-activedescendant')).toBe(options[1].id);
    fireEvent.keyDown(list, { key: 'Enter' });
    fireEvent.click(options[0]);
    expect(onTarget).toHaveBeenNthCalledWith(1, OTHER);
    expect(onTarget).toHaveBeenNthCalledWith(2, M83);
    expect(onSearch).not.toHaveBeenCalled();
  });

  it('gives way to a list of targets, until that is removed', () => {
    const targets = Array.from({ length: 1000 }, (_, index) => ({
      name: `T${index}`,
      ra: index / 10,
      dec: 0
    }));
    const { onChange } = show({ form: { ...EMPTY_FORM, targets } });
    expect(screen.queryByRole('textbox', { name: 'Target or position' })).toBeNull();
    expect(screen.getByText('1,000 targets')).toBeTruthy();
    expect(textbox('Radius')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove 1,000 targets' }));
    expect(onChange).toHaveBeenCalledWith({ targets: [] });
  });
});
