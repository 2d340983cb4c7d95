import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { SearchForm } from '../../../../src/view/search/form.js';
import { button, propsOf, show, textbox } from './support.js';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('SearchForm problems', () => {
  const problems = [
    { field: 'radius', message: 'Radius must be more than 0.' },
    { field: 'until', message: 'Until is before from.' }
  ] as const;

  it('stand at their fields', () => {
    show({ problems, adql: null });
    const radius = textbox('Radius');
    expect(radius.getAttribute('aria-invalid')).toBe('true');
    const id = radius.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(id)?.textContent).toBe(
      'Radius must be more than 0.'
    );
    expect(textbox('Observed from').getAttribute('aria-invalid')).toBeNull();
  });

  it('get the focus on Search, the first one first', () => {
    const props = propsOf();
    const { rerender } = render(<SearchForm {...props} />);
    const onSearch = () => rerender(<SearchForm {...props} problems={problems} />);
    rerender(<SearchForm {...props} onSearch={onSearch} />);
    fireEvent.click(button('Search'));
    expect(document.activeElement).toBe(textbox('Radius'));
  });

  it('open the fields they would be hidden in', () => {
    show({
      problems: [
        {
          field: 'column:dataproduct_subtype',
          message: 'This service has no dataproduct_subtype.'
        }
      ]
    });
    expect(textbox('Product subtype').getAttribute('aria-invalid')).toBe('true');
  });

  it('get the focus once a name was looked up in vain, and not later', () => {
    const props = propsOf();
    const waiting = { for: 'name', name: 'M 833' } as const;
    const unknown = [{ field: 'position', message: 'No resolver knows it.' }] as const;
    const { rerender } = render(<SearchForm {...props} />);
    const onSearch = () => rerender(<SearchForm {...props} waiting={waiting} />);
    rerender(<SearchForm {...props} onSearch={onSearch} />);
    fireEvent.click(button('Search'));
    expect(document.activeElement).not.toBe(textbox('Target or position'));
    rerender(<SearchForm {...props} problems={unknown} />);
    expect(document.activeElement).toBe(textbox('Target or position'));
    textbox('Observed from').focus();
    rerender(<SearchForm {...props} />);
    rerender(<SearchForm {...props} problems={problems} />);
    expect(document.activeElement).toBe(textbox('Observed from'));
  });

  it('do not move a control away between press and release', () => {
    vi.useFakeTimers();
    const { onLeave } = show();
    const image = screen.getByRole('checkbox', { name: 'image' });
    fireEvent.pointerDown(image);
    fireEvent.blur(textbox('Radius'));
    expect(onLeave).not.toHaveBeenCalled();
    fireEvent.pointerUp(image);
    vi.runAllTimers();
    expect(onLeave).toHaveBeenCalledWith('radius');
  });
});
