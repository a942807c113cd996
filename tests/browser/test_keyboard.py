"""A story by keyboard alone, and for those whom movement makes ill."""

import re

import pytest

from tests.newsrooms import full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a card has is reached once the card is open.
REACHABLE = ":is(a[href]:not([hidden]), button, input, textarea, [tabindex='0']):not(.said *)"
# Where the focus is: the element's place in the page, its ring and what that is drawn on, and whether
# it is in view.
FOCUS = """(reachable) => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const [box] = it.getClientRects();
  let around = it.parentElement;
  const colour = () => getComputedStyle(around).backgroundColor;
  while (colour() === "rgba(0, 0, 0, 0)") around = around.parentElement;
  return {
    at: [...document.querySelectorAll(reachable)].indexOf(it),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    colours: [style.outlineColor, colour()],
    inView: box.bottom > 0 && box.top >= 0 && box.top < innerHeight,
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((it) =>
  ["", "::before", "::after"].some((part) => {
    const { animationName, transitionDuration } = getComputedStyle(it, part);
    return animationName !== "none" || transitionDuration.split(",").some((t) => parseFloat(t) > 0);
  })).length + document.getAnimations().length"""


def contrast(*colours):
    """Of two colours, by WCAG 2's definition."""
    lights = []
    for colour in colours:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_link_and_quotation_is_reached_by_tab_and_seen(
    cast, live_server, sit_down, width, scheme
):
    page = sit_down(width=width, color_scheme=scheme)
    page.goto(live_server.url + full(cast).get_absolute_url())
    stops = page.locator(REACHABLE).count()
    assert page.locator(".quotation").count() == 3
    assert (
        page.locator(".who[popovertarget]").count() == 3
    )  # one for each who speaks in a paragraph
    for number in range(stops):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS, REACHABLE)
        where = page.evaluate("document.activeElement.outerHTML")
        assert focus["at"] == number, where
        assert focus["ring"] >= 2, where
        assert contrast(*focus["colours"]) >= 3, where
        assert focus["inView"], where


def test_nothing_moves_for_who_asked_for_less_of_it(cast, live_server, sit_down):
    page = sit_down(reduced_motion="reduce")
    for path in (full(cast).get_absolute_url(), "/"):
        page.goto(live_server.url + path)
        assert page.evaluate(MOVING) == 0
    page.evaluate("document.querySelector('main').style.transition = 'opacity 1s'")
    assert page.evaluate(MOVING) == 1
