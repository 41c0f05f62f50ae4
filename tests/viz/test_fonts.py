"""Fonts: each letter's file and no other is embedded, the same way every time; advances are known for what is drawn."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphintel.content import shelf
from graphintel.viz.fonts import BOLD, REGULAR, advances, font_files, font_rules, letters_of
from graphintel.viz.labels import text_width
from graphintel.viz.style import look

WOFF2 = b"wOF2"
FACE = re.compile(r'font-family:"([^"]+)";font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]+)\)')


def sans(text: str, weight: int = REGULAR) -> dict[tuple[str, int], set[int]]:
    """Letters of Sans."""
    return {("sans", weight): set(map(ord, text))}


def names(rules: str) -> list[str]:
    """The files whose bytes stand in some rules."""
    by_bytes = {shelf(f"viz/fonts/{file.name}").read_bytes(): file.name for file in font_files()}
    return [by_bytes[base64.b64decode(data)] for _, _, data in FACE.findall(rules)]


def test_every_file_of_the_set_has_its_rule_and_is_a_font() -> None:
    on_shelf = {path.name for path in shelf("viz/fonts").glob("*.woff2")}
    assert {file.name for file in font_files()} == on_shelf
    assert len(font_files()) == len(on_shelf)
    for name in on_shelf:
        assert shelf(f"viz/fonts/{name}").read_bytes()[:4] == WOFF2
    assert "SIL Open Font License, Version 1.1" in shelf("viz/fonts/OFL.txt").read_text(encoding="utf-8")


def test_the_families_are_those_of_the_look_in_the_weights_it_uses() -> None:
    faces = {(file.family, file.weight) for file in font_files()}
    assert faces == {
        ("IBM Plex Sans", 400), ("IBM Plex Sans", 600), ("IBM Plex Sans Arabic", 400),
        ("IBM Plex Sans Arabic", 600), ("IBM Plex Mono", 400),
    }  # fmt: skip
    for family, _ in faces:
        assert f"'{family}'" in look().sans + look().mono


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("34 ABC 123", ["sans-latin-400.woff2"]),
        ("İşçi Ağı", ["sans-latin-400.woff2", "sans-latin-ext-400.woff2"]),
        ("Груз", ["sans-cyrillic-400.woff2"]),
        ("سمير", ["arabic-400.woff2"]),
        ("≈0,62", ["sans-latin-400.woff2", "sans-signs-400.woff2"]),
        ("関", []),
        ("", []),
    ],
)
def test_only_the_files_of_the_letters_are_embedded(text: str, files: list[str]) -> None:
    assert names(font_rules(sans(text))) == files


def test_a_weight_is_embedded_for_its_own_letters_only() -> None:
    rules = font_rules(sans("Груз") | sans("42", BOLD))
    assert names(rules) == ["sans-cyrillic-400.woff2", "sans-latin-600.woff2"]
    assert names(font_rules({("mono", REGULAR): {ord("a")}})) == ["mono-latin-400.woff2"]


@given(some.text(max_size=40))
def test_the_same_letters_in_any_order_give_the_same_rules(text: str) -> None:
    assert font_rules(sans(text)) == font_rules(sans("".join(sorted(text)) + text))


def test_letters_are_read_by_weight_and_kind_and_only_where_they_are_drawn() -> None:
    page = (
        '<p class="strip">S</p><p>a<br>b</p><code>c</code><h2>d</h2><svg><title>e</title><desc>f</desc>'
        '<text font-weight="600">g</text><text>h<tspan font-weight="600">i</tspan>j</text><rect/></svg>'
        '<td>&lt;</td><span class="cell"><b>k</b> l</span>'
    )
    found = {face: "".join(sorted(map(chr, letters))) for face, letters in letters_of(page).items()}
    assert found == {
        ("sans", 400): " <abhjl", ("sans", 600): "Sdgik", ("mono", 400): "c",
    }  # fmt: skip


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_advances_are_known_for_the_alphabets_of_the_region(weight: int) -> None:
    known = advances()[weight]
    for letters in ("abcçdefgğhıijklmnoöprsştuüvyzİŞĞâîû", "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ", "αβγδεζ", "ابپتثجچحخ",
                    "0123456789", " .,:;()/&–—…≈×·→"):  # fmt: skip
        assert set(letters) <= set(known)


def test_bold_is_wider_and_figures_are_of_one_width() -> None:
    assert text_width("Kapıkule", 12, bold=True) > text_width("Kapıkule", 12)
    assert len({text_width(figure, 12) for figure in "0123456789"}) == 1
    assert text_width("İstanbul", 24) == pytest.approx(2 * text_width("İstanbul", 12))
