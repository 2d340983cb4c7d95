import { describe, expect, it } from 'vitest';

import {
  type ISearchForm,
  spellOut,
  targetName
} from '../../../../src/protocol/form.js';
import { formOf, obsCoreQuery } from '../../../support/forms.js';

/** The fields that an outline becomes, pasted into the field of the position. */
function placeOf(text: string): Partial<ISearchForm> {
  const { form, problem } = spellOut(formOf({ position: text, radiusUnit: 'arcmin' }));
  expect(problem).toBeNull();
  const { position, radius, radiusUnit, polygon } = form;
  return { position, radius, radiusUnit, polygon };
}

const problemWith = (text: string) => spellOut(formOf({ polygon: text })).problem;

describe('An outline that is pasted into the form', () => {
  it('VO-51: becomes a position and a radius where it is a circle', () => {
    const circle = { position: '55.75 -32.29', radius: '0.25', radiusUnit: 'deg' };
    expect(placeOf('Circle ICRS 55.75 -32.29 0.25')).toEqual({
      ...circle,
      polygon: ''
    });
    expect(placeOf('UNION ICRS TOPOCENTER (CIRCLE 55.75 -32.29 0.25)')).toMatchObject(
      circle
    );
  });

  it('becomes corners where it is a polygon, the radius staying as it was', () => {
    expect(placeOf('POLYGON ICRS UNKNOWNREFPOS 10 20 11 20 11 21 10 20')).toEqual({
      position: '',
      radius: '0.5',
      radiusUnit: 'arcmin',
      polygon: '10 20, 11 20, 11 21'
    });
  });

  it('is searched as it stands', () => {
    const { adql } = obsCoreQuery({ polygon: 'Circle ICRS 10 20 0.25' });
    expect(adql).toContain("CIRCLE('ICRS', 10, 20, 0.25)");
    const corners = obsCoreQuery({ position: 'Polygon 10 20 11 20 11 21' });
    expect(corners.adql).toContain("POLYGON('ICRS', ");
  });

  it('is turned where it is galactic', () => {
    const { adql } = obsCoreQuery({ position: 'Circle GALACTIC 0 0 0.25' });
    expect(adql).toMatch(/CIRCLE\('ICRS', 266\.40\d+, -28\.93\d+, 0\.25\)/);
  });

  it.each([
    ['Box ICRS 10 20 1 1', 'A box cannot be searched. Type one circle or polygon.'],
    ['Ellipse ICRS 1 2 3 1 0', /^An ellipse cannot be searched\./],
    ['Union (Circle 1 2 3 Circle 4 5 6)', /^A union of 2 outlines cannot/],
    ['Not (Circle 1 2 3)', /^Everything outside an outline cannot/],
    ['Circle FK4 10 20 1', 'Coordinates in FK4 cannot be searched. Type them in ICRS.'],
    ['Circle ICRS 10', /^This outline cannot be read\./]
  ])('is a problem where no field asks for it: %s', (text, message) => {
    const problem = problemWith(text);
    expect(problem?.field).toBe('polygon');
    expect(problem?.message).toMatch(message);
    expect(() => obsCoreQuery({ polygon: text })).toThrow(message);
  });

  it('does not take the place of what is in the other field', () => {
    const both = { position: 'M 83', polygon: 'Circle ICRS 1 2 3' };
    const message = 'Give a position or a polygon, not both.';
    expect(spellOut(formOf(both)).problem).toEqual({ field: 'polygon', message });
  });

  it('is no name, and a name is no outline', () => {
    expect(targetName(formOf({ position: 'Circle ICRS 10' }))).toBeNull();
    expect(targetName(formOf({ position: 'Box Nebula' }))).toBe('Box Nebula');
  });

  it('may have sexagesimal corners', () => {
    const text =
      'Polygon ICRS 00:40:00 +21:00:00, 00:44:00 +20:00:00, 00:40:00 +19:00:00';
    expect(placeOf(text).polygon).toMatch(/^00:40:00 \+21:00:00,/);
    expect(obsCoreQuery({ position: text }).adql).toContain('POLYGON');
  });
});
