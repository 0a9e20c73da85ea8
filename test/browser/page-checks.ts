/// <reference lib="dom" />

/**
 * What is measured inside the browser. Each function is handed over as source text, so it uses
 * nothing but what the page has; none of them changes the page.
 */

/** True when the page is wider than its window: people would have to scroll sideways (WCAG 1.4.10). */
export function scrollsSideways(): boolean {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth;
}

/**
 * Things to press that are smaller than 24 by 24 px (WCAG 2.5.8). Links within a sentence are exempt;
 * a link that stands alone is not.
 */
export function smallTargets(): readonly string[] {
  const targets = [...document.querySelectorAll("a, button, input:not([type=hidden]), select")];
  return targets.filter(isReachable).filter(isTooSmall).map(nameOf);

  function isReachable(element: Element): boolean {
    return element.closest("[aria-hidden]") === null && !element.classList.contains("skip");
  }
  function isTooSmall(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    return (width < 24 || height < 24) && !isInSentence(element);
  }
  function isInSentence(element: Element): boolean {
    const around = element.parentElement?.textContent?.trim() ?? "";
    return element.tagName === "A" && around !== element.textContent?.trim();
  }
  function nameOf(element: Element): string {
    return element.outerHTML.slice(0, 80);
  }
}

/** Main buttons under 44 px; the small "Change" buttons of a list are none. */
export function lowButtons(): readonly string[] {
  const buttons = [...document.querySelectorAll("button:not(.plain), .button")];
  return buttons
    .filter((button) => button.getBoundingClientRect().height < 44)
    .map((button) => button.outerHTML.slice(0, 80));
}

/** The element that has the focus: where it stands among all elements, and how well its ring is seen. */
export interface Focused {
  readonly name: string;
  readonly place: number;
  readonly ringPx: number;
  readonly ringContrast: number;
  readonly visible: boolean;
}

export function focused(): Focused | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    name: element.id || (element.textContent ?? "").trim() || element.outerHTML.slice(0, 60),
    place: [...document.querySelectorAll("*")].indexOf(element),
    ringPx: outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth),
    ringContrast: contrast(toRgb(outlineColor), behind(element.parentElement)),
    visible: box.width > 0 && box.top < innerHeight && box.bottom > 0,
  };

  function behind(around: Element | null): readonly number[] {
    if (around === null) return toRgb(getComputedStyle(document.body).backgroundColor);
    const { backgroundColor } = getComputedStyle(around);
    const isClear = backgroundColor === "rgba(0, 0, 0, 0)";
    return isClear ? behind(around.parentElement) : toRgb(backgroundColor);
  }
  function toRgb(colour: string): readonly number[] {
    const numbers = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    return colour.startsWith("color(srgb") ? numbers : numbers.map((value) => value / 255);
  }
  function contrast(first: readonly number[], second: readonly number[]): number {
    const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function luminance(colour: readonly number[]): number {
    const linear = (part: number) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const [red = 0, green = 0, blue = 0] = colour.map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
}

/** How many stops the Tab key makes: one for a group of radio buttons, none for what is hidden or out of its way. */
export function tabStops(): number {
  const focusable = document.querySelectorAll(
    "a[href], button, input:not([type=hidden], [type=radio], [tabindex='-1']), select",
  );
  const groups = new Set(
    [...document.querySelectorAll<HTMLInputElement>("[type=radio]")].map(({ name }) => name),
  );
  return focusable.length + groups.size;
}
