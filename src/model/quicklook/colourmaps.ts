/** Ids of the colour maps, in the order of the menu. */
export const COLOUR_MAPS = ['grey', 'dusk', 'heat', 'ice'] as const;

/** A way from brightness to colour. */
export type ColourMap = (typeof COLOUR_MAPS)[number];

type Colour = readonly [red: number, green: number, blue: number];

/**
 * Colours at equal steps of brightness. `dusk` grows evenly lighter from violet by green to
 * yellow, also for eyes that do not tell red from green.
 */
const STOPS: Readonly<Record<ColourMap, readonly Colour[]>> = {
  grey: [
    [0, 0, 0],
    [255, 255, 255]
  ],
  dusk: [
    [26, 14, 52],
    [57, 42, 110],
    [45, 83, 134],
    [32, 122, 136],
    [45, 159, 116],
    [125, 191, 79],
    [246, 229, 96]
  ],
  heat: [
    [0, 0, 0],
    [110, 8, 12],
    [205, 60, 8],
    [250, 150, 30],
    [255, 225, 120],
    [255, 255, 255]
  ],
  ice: [
    [0, 0, 0],
    [16, 30, 92],
    [30, 92, 168],
    [96, 168, 208],
    [190, 224, 236],
    [255, 255, 255]
  ]
};

/** Red, green and blue for each of 256 levels, one after the other. */
export function coloursOf(map: ColourMap, inverted: boolean): Uint8ClampedArray {
  const colours = new Uint8ClampedArray(3 * 256);
  for (let level = 0; level < 256; level++) {
    const place = (inverted ? 255 - level : level) / 255;
    colours.set(between(STOPS[map], place), 3 * level);
  }
  return colours;
}

/** @param place - 0 to 1 */
function between(stops: readonly Colour[], place: number): Colour {
  const at = place * (stops.length - 1);
  const first = Math.min(Math.floor(at), stops.length - 2);
  const share = at - first;
  const mix = (channel: 0 | 1 | 2): number =>
    stops[first][channel] * (1 - share) + stops[first + 1][channel] * share;
  return [mix(0), mix(1), mix(2)];
}
