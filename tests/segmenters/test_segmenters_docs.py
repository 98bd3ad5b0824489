import pytest

from aligner.segmenters import segment
from aligner.segmenters.docs import pipeline
from aligner.types import Language

CASES: list[tuple[Language, str, list[str]]] = [
    (
        "en",
        "It hurt at T12. The cement, vs. PKP, leaked.",
        ["It hurt at T12.", "The cement, vs. PKP, leaked."],
    ),
    ("en", "All P<.05.We stopped.\n\nthen none", ["All P<.05.", "We stopped.", "then none"]),
    ("zh", "疼痛缓解。VP.术后拔管.P<0.05.结论", ["疼痛缓解。", "VP.", "术后拔管.", "P<0.05.", "结论"]),
    ("zh", "目的 探讨渗漏。\n方法 选取20例", ["目的 探讨渗漏。", "方法 选取20例"]),
    ("en", "", []),
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning", "ignore::UserWarning")
@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_a_doc_has_the_same_sentences(language: Language, text: str, expected: list[str]) -> None:
    doc = pipeline(language)(text)
    assert doc.text == text
    assert [sentence.text.strip() for sentence in doc.sents] == expected
    assert [sentence.text for sentence in segment(text, language)] == expected
