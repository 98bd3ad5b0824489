"""The work of the checks grows with the length of a pair, whatever stands in it."""

import time

import pytest

from aligner.checks import check_pairs
from aligner.types import Pair

PIECES = {
    "digits": "7",
    "Han digits": "一",
    "fractions": "1/2 ",
    "ratios": "1:2:",
    "numbers": "12 ",
    "percentages": "5% ",
    "P values": "P<0.05 ",
    "ranges": "1-2-",
    "powers": "10^9",
    "products": "3×",
    "intervals": "每2",
    "slashes": "/",
    "hyphens": "-",
    "capitals": "AB ",
    "one capital": "A",
    "codes": "A1",
    "left": "left ",
    "左": "左",
    "months": "May ",
    "brackets": "(AB) ",
    "closing brackets": "）",
    "ordinals": "first and ",
    "items": "甲乙、",
}


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        for pair in (Pair("r", 0, text, text), Pair("r", 1, text, "共12例。"), Pair("r", 2, "12 men.", text)):
            list(check_pairs([pair]))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_twice_the_length_is_about_twice_the_work(piece: str) -> None:
    length = 3_000
    short, long = (seconds((piece * size)[:size]) for size in (length, 2 * length))
    assert long < 3 * short + 0.1


@pytest.mark.parametrize("text", ["胸٣1", "10⁹⁹⁹⁹⁹⁹⁹", "10^99999", "1" * 5_000, "T" + "1" * 5_000, "٣٣٣ mg"])
def test_odd_numbers_are_read_or_passed_over(text: str) -> None:
    list(check_pairs([Pair("r", 0, text, text), Pair("r", 1, text, "共12例。")]))
