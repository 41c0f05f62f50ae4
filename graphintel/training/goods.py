"""Goods: what lawful traders declare, what smugglers declare as cover, and what was found instead."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from graphintel.training.entities import Item


class Goods(NamedTuple):
    """A kind of goods: code (HS 6 and national digits), wording, kilograms a package and euro a kilogram."""

    hs: str
    english: str
    turkish: str
    package_kg: float
    price: float


LAWFUL: dict[str, tuple[Goods, ...]] = {
    "textile": (
        Goods("610910000000", "T-shirts of cotton, knitted", "Pamuklu örme tişört", 12, 9.5),
        Goods("630260000000", "Towels of cotton", "Pamuklu havlu", 18, 7.2),
        Goods("570242000000", "Carpets, woven", "Dokuma halı", 35, 6.1),
    ),
    "food": (
        Goods("080222000000", "Hazelnuts, shelled", "İç fındık", 25, 6.8),
        Goods("081310000000", "Dried apricots", "Kuru kayısı", 12.5, 4.9),
        Goods("110100000000", "Wheat flour", "Buğday unu", 50, 0.5),
        Goods("070200000000", "Tomatoes, fresh", "Taze domates", 10, 0.9),
    ),
    "building": (
        Goods("690721000000", "Ceramic tiles", "Seramik karo", 22, 0.6),
        Goods("252329000000", "Portland cement", "Portland çimentosu", 50, 0.1),
        Goods("721420000000", "Steel bars", "İnşaat demiri", 1000, 0.7),
    ),
    "machine": (
        Goods("841810000000", "Refrigerators with freezer", "Buzdolabı", 70, 4.2),
        Goods("845011000000", "Washing machines", "Çamaşır makinesi", 65, 4.0),
        Goods("843359000000", "Harvesting machines, parts", "Hasat makinesi parçası", 120, 8.4),
    ),
    "automotive": (
        Goods("870829000000", "Body parts of motor vehicles", "Kaporta parçası", 30, 8.8),
        Goods("401110000000", "Tyres, new", "Yeni dış lastik", 11, 3.9),
        Goods("870830000000", "Brakes and parts", "Fren aksamı", 24, 9.9),
    ),
    "plastics": (
        Goods("390120000000", "Polyethylene in granules", "Polietilen granül", 25, 1.2),
        Goods("392410000000", "Tableware of plastics", "Plastik sofra eşyası", 9, 2.8),
    ),
    "electronics": (
        Goods("851762000000", "Network devices", "Ağ cihazı", 8, 48.0),
        Goods("852872000000", "Television sets", "Televizyon alıcısı", 16, 14.0),
    ),
}


class Contraband(NamedTuple):
    """What a group smuggles: product group and products, unit, most of one load, unit value, and its cover goods."""

    group: str
    products: tuple[str, ...]
    brands: tuple[str, ...]
    unit: str
    most: int
    value: float
    cover: tuple[Goods, ...]
    concealment: tuple[str, ...]


CONTRABAND: dict[str, Contraband] = {
    "tobacco": Contraband(
        "Tobacco", ("Cigarettes", "Cut tobacco"), ("Doruk Blue", "Silver Liva", ""), "Pieces", 4_000_000, 0.15,
        (Goods("691110000000", "Porcelain tableware", "Porselen sofra eşyası", 14, 2.4),
         Goods("480300000000", "Tissue paper", "Temizlik kâğıdı", 9, 1.3)),
        ("In freight, behind a row of cartons", "Double wall of the trailer"),
    ),
    "drugs": Contraband(
        "Drugs", ("Heroin", "Methamphetamine"), ("",), "Kilograms", 180, 16000.0,
        (Goods("080620000000", "Dried grapes", "Kuru üzüm", 12, 2.1),
         Goods("251511000000", "Marble, crude", "Ham mermer", 800, 0.2)),
        ("In the fuel tank", "In a hollow of the trailer's floor"),
    ),
    "fuel": Contraband(
        "Tax/duty fraud", ("Diesel oil",), ("",), "Litres", 24000, 1.1,
        (Goods("271019000000", "Lubricating oil", "Madeni yağ", 180, 1.9),
         Goods("381400000000", "Solvents and thinners", "Solvent ve tiner", 170, 1.4)),
        ("Declared as lubricating oil", "Second tank under the chassis"),
    ),
    "cultural goods": Contraband(
        "Cultural goods", ("Ancient coins", "Stone relief", "Ceramic vessels"), ("",), "Pieces", 900, 350.0,
        (Goods("680291000000", "Worked marble", "İşlenmiş mermer", 60, 1.1),
         Goods("940360000000", "Wooden furniture", "Ahşap mobilya", 45, 3.2)),
        ("Among worked marble", "In furniture with a false back"),
    ),
    "cash": Contraband(
        "Cash", ("Banknotes, EUR", "Banknotes, USD"), ("",), "Pieces", 6000, 100.0,
        (Goods("870899000000", "Parts of motor vehicles", "Taşıt aksamı", 20, 6.0),
         Goods("401693000000", "Gaskets of rubber", "Kauçuk conta", 6, 7.5)),
        ("In the spare wheel", "In the dashboard"),
    ),
    "medicines": Contraband(
        "Medicines", ("Pregabalin capsules", "Cancer medicines"), ("",), "Pieces", 220_000, 1.2,
        (Goods("210690000000", "Food supplements", "Gıda takviyesi", 8, 9.0),
         Goods("330499000000", "Skin creams", "Cilt kremi", 7, 8.0)),
        ("In cartons of food supplements", "Behind the driver's bed"),
    ),
}  # fmt: skip


def items(rng: Random, choice: tuple[Goods, ...], count: int, currency: str) -> tuple[Item, ...]:
    """Goods items of one load: packages, gross and net kilograms (one decimal) and value."""
    made = []
    for goods in rng.sample(choice, min(count, len(choice))):
        # About nine tonnes a load, few very heavy.
        packages = max(1, int(rng.lognormvariate(0, 0.6) * 9000 / goods.package_kg / count))
        net = round(packages * goods.package_kg, 1)
        gross = round(net * rng.uniform(1.02, 1.12) + 0.1, 1)
        value = round(net * goods.price * rng.uniform(0.85, 1.2), 1)
        made.append(Item(goods.hs, goods.english, goods.turkish, packages, gross, net, value, currency))
    return tuple(made)
