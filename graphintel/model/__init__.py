"""What may exist: kinds, links, values, records, markings, grades and the nouns that layers hand to each other."""
