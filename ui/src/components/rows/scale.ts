/** Web views stop drawing elements beyond about 33 million pixels; stay well below. */
export const MAX_PIXELS = 8_000_000;

/** Maps a scroll offset in pixels to a position in units (rows or columns) and back. */
export interface Scale {
  /** Height or width of the element that makes the scroll bar. */
  pixels: number;
  /** True when one pixel of the scroll bar is not one pixel of content. */
  squeezed: boolean;
  /** Largest position: the first unit in view when scrolled to the end. */
  last: number;
  toUnits(offset: number): number;
  toPixels(units: number): number;
}

/** The scale for `count` units of `size` pixels each, seen through a view of `view` pixels. */
export function scaleOf(count: number, size: number, view: number): Scale {
  const full = count * size;
  const pixels = Math.min(full, MAX_PIXELS);
  const squeezed = full > MAX_PIXELS;
  const last = Math.max(0, count - view / size);
  const room = Math.max(1, pixels - view);
  return {
    pixels,
    squeezed,
    last,
    toUnits: (offset) => (squeezed ? Math.min(last, (offset / room) * last) : offset / size),
    toPixels: (units) => (squeezed ? (last === 0 ? 0 : (units / last) * room) : units * size),
  };
}
