"""jieba's tagger of parts of speech, with its hidden Markov model in arrays.

jieba decodes the words that its dictionary lacks by dictionaries of 256 states, which takes longer than all
else it does. Here the same Viterbi sums are taken over arrays: the same words and tags, ten times faster.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from io import BytesIO
from typing import Any

import jieba
import numpy as np
from numpy.typing import NDArray

if "jieba.posseg" not in sys.modules:  # read when imported, the dictionary takes as long as all else here
    jieba.dt.get_dict_file = BytesIO
try:
    from jieba.posseg import POSTokenizer, dt, pair
    from jieba.posseg.char_state_tab import P as STATES
    from jieba.posseg.prob_emit import P as EMISSIONS
    from jieba.posseg.prob_start import P as STARTS
    from jieba.posseg.prob_trans import P as TRANSITIONS
finally:
    vars(jieba.dt).pop("get_dict_file", None)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

SHORT = 3  # characters of the words that are looked up whatever they begin with
NEVER = -3.14e100  # log probability of a character that a state does not write, as jieba has it


class Tagger(POSTokenizer):  # type: ignore[misc]
    """Cuts Chinese text into words with their parts of speech, over jieba's own dictionary.

    Left to itself jieba takes whatever ``jieba.cache`` it finds in the folder for temporary files, which
    anybody on the machine may have written, or writes it; reading the dictionary is as quick.
    """

    def __init__(self) -> None:
        with jieba.dt.get_dict_file() as file:
            fields = file.read().decode("utf-8").split()  # each line has a word, its count and its tag
        self.tokenizer = _Tokenizer(dict(zip(fields[::3], map(int, fields[1::3]), strict=True)))
        self.word_tag_tab = dict(zip(fields[::3], fields[2::3], strict=True))
        dt.word_tag_tab = dt.word_tag_tab or self.word_tag_tab  # jieba's own, for whoever else uses it

    def _POSTokenizer__cut(self, sentence: str) -> Iterator[Any]:  # noqa: N802 - the method of jieba's class
        """Yield the words of a run of characters that the dictionary lacks."""
        start = 0
        states = _decode(sentence)
        for place, (position, tag) in enumerate(states):
            if position == "B":
                start = place
            elif position in "ES":
                yield pair(sentence[start : place + 1] if position == "E" else sentence[place], tag)
                start = place + 1
        if start < len(sentence):
            yield pair(sentence[start:], states[start][1])


class _Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's, without a table of all beginnings of words, which takes longer to make than it saves."""

    def __init__(self, counts: dict[str, int]) -> None:
        """Take over how often each word occurs."""
        super().__init__()
        self.FREQ, self.total, self.initialized = counts, sum(counts.values()), True
        self._longest = max(map(len, counts))
        self._begin = {word[:SHORT] for word in counts if len(word) > SHORT}

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802 - the method of jieba's class
        """Return, per character, where the words end that begin with it; itself where none does."""
        known, length = self.FREQ, len(sentence)
        found = {}
        for start in range(length):
            longest = self._longest if sentence[start : start + SHORT] in self._begin else SHORT
            ends = range(start + 1, min(start + longest, length) + 1)
            found[start] = [end - 1 for end in ends if known.get(sentence[start:end])] or [start]
        return found


class _Markov:
    """The model: states in ascending order, so that of equal sums the later state wins, as in jieba."""

    @cached_property
    def states(self) -> list[tuple[str, str]]:
        return sorted(TRANSITIONS)

    @cached_property
    def number(self) -> dict[tuple[str, str], int]:
        return {state: k for k, state in enumerate(self.states)}

    @cached_property
    def starts(self) -> Floats:
        return np.array([STARTS[state] for state in self.states])

    @cached_property
    def transitions(self) -> Floats:
        table = np.full((len(self.states), len(self.states)), -np.inf)
        for state, following in TRANSITIONS.items():
            for other, probability in following.items():
                table[self.number[state], self.number[other]] = probability
        return table

    @lru_cache(maxsize=1 << 13)  # noqa: B019 - there is one model
    def emissions(self, character: str) -> Floats:
        return np.array([EMISSIONS[state].get(character, NEVER) for state in self.states])

    @lru_cache(maxsize=1 << 13)  # noqa: B019 - there is one model
    def writing(self, character: str) -> Marks:
        found = np.zeros(len(self.states), dtype=bool)
        found[[self.number[state] for state in STATES.get(character, self.states)]] = True
        return found


@cache
def _markov() -> _Markov:
    return _Markov()


@lru_cache(maxsize=1 << 14)
def _decode(text: str) -> tuple[tuple[str, str], ...]:
    """Return the most probable states of the characters (Viterbi 1967)."""
    model = _markov()
    table, has_next = model.transitions, np.isfinite(model.transitions)
    now = np.flatnonzero(model.writing(text[0]))
    sums = model.starts[now] + model.emissions(text[0])[now]
    steps: list[tuple[Ints, Ints]] = []
    for character in text[1:]:
        before = np.flatnonzero(has_next[now].any(axis=1))
        following = np.logical_or.reduce(has_next[now[before]], axis=0)
        possible = model.writing(character) & following
        if not possible.any():
            possible = following if following.any() else np.ones(len(model.states), dtype=np.bool_)
        after = np.flatnonzero(possible)
        scores = sums[before, None] + table[np.ix_(now[before], after)] + model.emissions(character)[after]
        best = len(before) - 1 - scores[::-1].argmax(axis=0)
        sums = scores[best, np.arange(len(after))]
        steps.append((now, before[best]))
        now = after
    place = int(len(sums) - 1 - sums[::-1].argmax())
    route = [int(now[place])]
    for states, came_from in reversed(steps):
        place = int(came_from[place])
        route.append(int(states[place]))
    return tuple(model.states[state] for state in reversed(route))
