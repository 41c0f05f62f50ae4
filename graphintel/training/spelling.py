"""How one name is written from file to file: romanised, in capitals, without diacritics, with short and long forms."""

from __future__ import annotations

from random import Random


def _letters(text: str) -> dict[str, str]:
    return {pair[0]: pair[1:] for pair in text.split()}


_CYRILLIC = _letters(
    "АA БB ВV ГG ДD ЕE ЖZh ЗZ ИI ЙY КK ЛL МM НN ОO ПP РR СS ТT УU ФF ХH ЦTs ЧCh ШSh ЩSht ЪA ЬY ЮYu ЯYa"
)
_GREEK = _letters("ΑA ΒV ΓG ΔD ΕE ΖZ ΗI ΘTh ΙI ΚK ΛL ΜM ΝN ΞX ΟO ΠP ΡR ΣS ΤT ΥY ΦF ΧCh ΨPs ΩO")
_GEORGIAN = _letters(
    "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh"
)
_ACCENTS = str.maketrans("άέήίόύώϊΐϋς", "αεηιουωιιυσ")
_DIGRAPHS = (("ΟΥ", "ΟU"), ("ου", "οu"), ("Ου", "Οu"))
_PLAIN = str.maketrans("çğıöşüâîûÇĞİÖŞÜÂÎÛ", "cgiosuaiuCGIOSUAIU")
_SHORT = (
    ("Uluslararası", "Ulus."),
    ("Dış Ticaret", "Dış Tic."),
    ("Sanayi ve Ticaret", "San. ve Tic."),
    ("Gümrük Müşavirliği", "Güm. Müş."),
    ("Nakliyat", "Nak."),
)
_FORMS = {
    "Ltd. Şti.": ("Ltd. Şti.", "Ltd.Şti.", "LTD ŞTİ", "Limited Şirketi", "Ltd Şti"),
    "A.Ş.": ("A.Ş.", "AŞ", "A. Ş.", "Anonim Şirketi", "A.S."),
}
# Capitals that look the same in both scripts, as a plate reader or a clerk mixes them up.
_TO_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")


def romanise(text: str) -> str:
    """Cyrillic by the Bulgarian law, Greek much as ELOT 743, Georgian after the national system; Latin stays."""
    if text.isascii():
        return text
    # Two letters that make one sound come before the single letters.
    for pair, latin in _DIGRAPHS:
        text = text.replace(pair, latin)
    return "".join(_letter(sign) for sign in text.translate(_ACCENTS)) if _foreign(text) else text


def _foreign(text: str) -> bool:
    return any("\u0370" <= sign <= "\u052f" or "\u10d0" <= sign <= "\u10ff" for sign in text)


def _letter(sign: str) -> str:
    if sign in _GEORGIAN:
        return _GEORGIAN[sign]
    upper = sign.upper()
    latin = _CYRILLIC.get(upper) or _GREEK.get(upper)
    if latin is None:
        return sign
    return latin if sign == upper else latin.lower()


def upper(text: str) -> str:
    """Capitals by the Turkish rule: i becomes İ, ı becomes I."""
    return text.replace("i", "İ").replace("ı", "I").upper()


def plain(text: str) -> str:
    """Turkish letters without their marks, as old systems print them."""
    return text.translate(_PLAIN)


def cyrillic_plate(plate: str) -> str:
    """A Bulgarian plate with Cyrillic letters of the same shape."""
    return plate.translate(_TO_CYRILLIC)


def plates(plate: str) -> tuple[str, ...]:
    """Ways to space one plate, the official one first."""
    joined = plate.replace(" ", "").replace("-", "")
    dashed = plate.replace(" ", "-")
    return tuple(dict.fromkeys((plate, joined, dashed, joined.lower())))


def firm(rng: Random, name: str, native: str, script: bool) -> str:
    """A firm's name as one more clerk writes it; `script` allows the native script."""
    draw = rng.random()
    # Latin is the more usual hand for foreign firms even where their script could be written.
    if native:
        return native if script and draw < 0.35 else name.upper() if draw < 0.6 else name
    if draw < 0.45:
        return name
    for form, ways in _FORMS.items():
        name = name.replace(form, rng.choice(ways)) if form in name else name
    if rng.random() < 0.4:
        for long, short in _SHORT:
            name = name.replace(long, short)
    if draw < 0.75:
        return upper(name)
    return plain(upper(name)) if draw < 0.92 else name


def person(rng: Random, name: str, native: str, script: bool) -> str:
    """A person's name as written: given name first, in capitals, without marks, or surname first."""
    draw = rng.random()
    if native and script and draw < 0.4:
        return native
    if draw < 0.55:
        return name
    if draw < 0.75:
        return upper(name) if not native else name.upper()
    if draw < 0.92:
        return plain(upper(name)) if not native else name.upper()
    given, _, surname = name.rpartition(" ")
    return f"{surname} {given}"
