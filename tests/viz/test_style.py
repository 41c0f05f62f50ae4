"""The look: complete for every kind, readable on both themes, icons shipped."""

from __future__ import annotations

import pytest

from graphintel.model.grading import Confidence
from graphintel.model.kinds import FAMILIES, KINDS
from graphintel.viz.style import LANGUAGES, THEMES, Theme, look

SURES: tuple[Confidence, ...] = ("confirmed", "probable", "unconfirmed")


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_kind_of_the_model_has_its_family_icon_and_titles() -> None:
    assert list(look().kinds) == list(KINDS)
    for kind in KINDS.values():
        shown = look().kinds[kind.name]
        assert (shown.family, shown.icon) == (kind.family, kind.icon)
        assert shown.title == {"en": kind.title, "tr": kind.title_tr}
        assert look().icons[kind.icon].startswith("M")


def test_families_differ_in_shape_and_colour() -> None:
    families = look().families
    assert set(families) == set(FAMILIES)
    assert len({family.shape for family in families.values()}) == len(FAMILIES)
    for theme in THEMES:
        assert len({family.colour[theme] for family in families.values()}) == len(FAMILIES)


def test_lines_differ_without_colour() -> None:
    drawn = {(look().lines[name].dash, look().lines[name].cap) for name in (*SURES, "inferred")}
    assert len(drawn) == 4
    assert look().lines["inferred"].arrow == "hollow"
    assert look().lines["unconfirmed"].cap == "round"
    assert look().lines["path"].width == 4


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_lines_are_readable_on_the_canvas(theme: Theme) -> None:
    tokens = look().tokens[theme]
    for text in ("ink", "ink2"):
        for ground in ("canvas", "surface", "bg"):
            assert contrast(tokens[text], tokens[ground]) >= 5.0
    for line in ("link", "inferred", "path", "control"):
        assert contrast(tokens[line], tokens["canvas"]) >= 3.0
    for family in look().families.values():
        assert contrast(family.colour[theme], tokens["canvas"]) >= 3.0


def test_an_unknown_kind_looks_like_a_document_and_an_unknown_community_grey() -> None:
    assert look().kind("Spaceship").icon == look().kinds["Document"].icon
    assert look().community_colour(1, "light") == look().families["party"].colour["light"]
    assert (
        look().community_colour(0, "dark")
        == look().community_colour(8, "dark")
        == look().tokens["dark"]["other"]
    )


def test_titles_stand_in_both_languages() -> None:
    titles = [family.title for family in look().families.values()] + [
        line.title for line in look().lines.values()
    ]
    assert all(title[language] for title in titles for language in LANGUAGES)
