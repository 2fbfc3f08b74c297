"""The texts of the library, and how to find words in them."""

import re

TEXTS = {
    "primes": (
        "Primes",
        "A prime has two divisors, one and itself. Every whole number above one is a product of primes,"
        " and apart from their order there is only one such product.",
    ),
    "fractions": (
        "Fractions",
        "A fraction is a division that waits. Two of them are equal if their products crosswise are,"
        " and they are added once their denominators agree.",
    ),
    "roots": (
        "Roots",
        "The square root of two is no fraction: if it were, its numerator and its denominator would both be even,"
        " however often one had halved them.",
    ),
}


def found(word):
    """Names of the texts with a word in them, with the sentence it is in."""
    whole = re.compile(r"\b" + re.escape(word) + r"\b", re.IGNORECASE)
    hits = []
    for name, (title, text) in TEXTS.items():
        for sentence in re.split(r"(?<=[.])\s+", text):
            if whole.search(sentence):
                hits.append({"text": name, "title": title, "sentence": sentence})
    return hits
