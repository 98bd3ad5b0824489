"""Words around a number: comparators (at least, 低于) and roles (grade, 期, n =, 95% CI)."""

import re
from functools import cache

from aligner.quantities.types import Comparator, Counted
from aligner.types import Language

_BEFORE: dict[Language, dict[Comparator, str]] = {
    "en": {
        "<=": r"≤|<=|=<|no more than|not more than|at most|up to|not exceeding|maximum of"
        r"|no greater than|no later than|not to exceed|no longer than",
        ">=": r"≥|>=|=>|at least|no less than|not less than|no fewer than|a minimum of|minimum"
        r"|no lower than|no earlier than",
        "<": r"<|less than|fewer than|lower than|below|under|younger than|shorter than|smaller than"
        r"|within less than|earlier than",
        ">": r">|more than|greater than|higher than|above|over|older than|longer than|larger than"
        r"|exceed(?:s|ed|ing)?|in excess of|later than|beyond",
        "~": r"≈|~|about|approximately|around|roughly|nearly|almost|an estimated|estimated|some"
        r"|close to|circa|ca\.",
        "=": r"=|equal to",
    },
    "zh": {
        "<=": r"≤|<=|不超过|至多|最多|不大于|不高于|不多于|最长|最大|不迟于|不晚于|高达|长达",
        ">=": r"≥|>=|至少|不少于|不低于|不小于|最少|最低|达到或超过|大于等于|大于或等于|等于或大于"
        r"|等于或高于|高于或等于",
        "<": r"<|小于|少于|低于|不足|未满|不满|不到|短于|未达|早于",
        ">": r">|大于|多于|高于|超过|超出|长于|逾|超|大过|晚于",
        "~": r"≈|~|大约|约为|约|近|大概|左右|估计|将近|接近",
        "=": r"=|等于",
    },
}
_AFTER: dict[Language, dict[Comparator, str]] = {
    "en": {
        ">=": r"(?: of age)? or (?:more|higher|older|greater|above|longer|over|later|worse|larger)\b"
        r"| and (?:above|older|over|higher)\b|\+(?= |$|[.,;)])",
        "<=": r"(?: of age)? or (?:less|lower|younger|fewer|below|shorter|under|earlier|smaller)\b| and "
        r"(?:below|younger|under)\b",
    },
    "zh": {
        ">=": r"\)?[例名个岁年月周天项级期%次]{0,2} ?(?:及|或|或者)?(?:以上|更高|更多|更大|更重)",
        "<=": r"\)?[例名个岁年月周天项级期%次]{0,2} ?(?:(?:及|或|或者)?(?:以下|更低|更少|更小)|以内|之内)",
        "~": r"[例名个岁年月周天项次]{0,2}(?:余|多[例名个岁年月周天项次]|左右)",
    },
}
_ROLES_BEFORE: dict[Language, dict[str, str]] = {
    "en": {
        "n": r"\bn ?=",
        "CI": r"\bci ?[,:=]?|confidence intervals?(?: \[ ?ci ?\])?(?: \(ci\))?,?|\bci of",
        "grade": r"\bgrades?|\bclass(?:es)?|\bdegrees?|\blevels?(?= ?$)",
        "stage": r"\bstages?|\bphases?",
        "type": r"\btypes?|\bsubtypes?",
        "reference": r"\bfig(?:ure|s|ures)?\.?|\btables?|\bsection|\bappendix|\bvideo|\bpanel|\bno\."
        r"|\bnumber,?|\bversion|\bchapter|\bref(?:s|erences?)?\.?",
    },
    "zh": {
        "n": r"\bn ?=",
        "CI": r"\bci ?[,:=，]?|(?:置信|可信)区间(?:\( ?ci ?\)|\[ ?ci ?\])?(?:为|是|[,:=，])?",
        "grade": r"等级|分级",
        "stage": r"分期",
        "reference": r"图|表|附录|注册号|编号|第(?=$)",
    },
}
_ROLES_AFTER: dict[Language, dict[str, str]] = {
    "en": {},
    "zh": {
        "grade": r"[AaBb]?(?:[、和或及与,]|至|~|-|/)?[ⅠⅡⅢⅣⅤIV0-9]{0,3} ?(?:级|度)(?!高|数|以?[上下]?角)",
        "stage": r"[AaBb]?(?:[、和或及与,]|至|~|-|/)?[ⅠⅡⅢⅣⅤIV0-9]{0,3} ?期(?!间|望|限)",
        "type": r"[、和或及与,]?[ⅠⅡⅢⅣⅤIV0-9]{0,3} ?型",
    },
}
_COUNTED: dict[Language, dict[Counted, re.Pattern[str]]] = {
    "en": {
        "case": re.compile(
            r"(?: of (?:the|these|those|our|all)(?: [a-z]+)?)?(?: [a-z-]+)?? "
            r"(?:patients?|cases?|participants?|subjects?|people|persons?|individuals?|women|woman|men"
            r"|man|males?|females?|child(?:ren)?|infants?|neonates?|adults?|deaths?|fractures?|events?|vertebrae?"
            r"|recurrences?|relapses?|leak(?:age)?s?|volunteers?|donors?|residents?|relatives?|[a-z]+ists?"
            r"|(?:review|rat|observ|research|read|examin|work|interview|carry)ers?|authors?|physicians?|doctors?"
            r"|surgeons?|nurses?|investigators?|experts?|clinicians?|operators?|assessors?|students?|workers?)\b"
            r"(?! (?:groups?|cohorts?|series))"
        ),
        "time": re.compile(r" times\b"),
    },
    "zh": {
        "case": re.compile(r" ?(?:例|名|位(?![点置移])|人(?![年次份群类])|处|[个节節] ?椎)"),
        "time": re.compile(r" ?次"),
    },
}
# English words that a comparator or a role can end with, so that most numbers need no closer look.
_ENDS = frozenset(
    [
        "than",
        "most",
        "to",
        "exceeding",
        "of",
        "maximum",
        "least",
        "minimum",
        "below",
        "under",
        "above",
        "over",
        "exceed",
        "exceeds",
        "exceeded",
        "excess",
        "later",
        "beyond",
        "about",
        "approximately",
        "around",
        "roughly",
        "nearly",
        "almost",
        "estimated",
        "some",
        "circa",
        "ca",
        "equal",
        "a",
        "an",
        "the",
        "was",
        "is",
        "by",
        "as",
        "total",
        "age",
        "n",
        "ci",
        "interval",
        "intervals",
        "grade",
        "grades",
        "class",
        "classes",
        "degree",
        "degrees",
        "level",
        "levels",
        "stage",
        "stages",
        "phase",
        "phases",
        "type",
        "types",
        "subtype",
        "subtypes",
        "fig",
        "figs",
        "figure",
        "figures",
        "table",
        "tables",
        "section",
        "appendix",
        "video",
        "panel",
        "no",
        "number",
        "version",
        "chapter",
        "ref",
        "refs",
        "reference",
        "references",
    ]
)
_DENIED = {">": "<=", "<": ">="}
_NOT = re.compile(r"(?:\b(?:not|never|cannot)|n['’]t)(?: [a-z]+)? ?$", re.IGNORECASE)  # not last more than
_LAST_WORD = re.compile(r"([A-Za-z]+)[^A-Za-z]{0,6}$")
_SIGN_LAST = re.compile(r"[<>=≤≥≈~][ (\[]*$")


@cache
def _compiled(which: str, language: Language) -> re.Pattern[str]:
    tables = {"before": _BEFORE, "after": _AFTER, "role": _ROLES_BEFORE, "role after": _ROLES_AFTER}
    rows = tables[which][language]  # type: ignore[index]
    body = "|".join(f"(?P<g{at}>{pattern})" for at, pattern in enumerate(rows.values()))
    if not body:
        return re.compile(r"(?!)")
    if which in ("before", "role"):
        filler = (
            r"(?: (?:a|an|the|of|was|is|to|by|as|total|age))*" if language == "en" else r"[为于的达是有]?"
        )
        return re.compile(
            rf"(?:{body}){filler} ?[(\[]? ?$" if which == "before" else rf"(?:{body}) ?[(]? ?$", re.IGNORECASE
        )
    return re.compile(body, re.IGNORECASE)


def _which(which: str, language: Language, match: re.Match[str]) -> str:
    tables = {"before": _BEFORE, "after": _AFTER, "role": _ROLES_BEFORE, "role after": _ROLES_AFTER}
    names = list(tables[which][language])  # type: ignore[index]
    return str(names[next(at for at in range(len(names)) if match[f"g{at}"] is not None)])


def comparator_before(before: str, language: Language) -> Comparator:
    """Read the comparator that ends ``before``, the text in front of a number."""
    if language == "en" and not _is_worth(before):
        return ""
    match = _compiled("before", language).search(before)
    if match is None:
        return ""
    found = _which("before", language, match)
    is_denied = found in _DENIED and _NOT.search(before, 0, match.start())
    return _DENIED[found] if is_denied else found  # type: ignore[return-value]


def _is_worth(before: str) -> bool:
    last = _LAST_WORD.search(before[-18:])
    return (last is not None and last[1].lower() in _ENDS) or _SIGN_LAST.search(before[-4:]) is not None


def comparator_after(plain: str, end: int, language: Language) -> Comparator:
    """Read the comparator that follows a number and its unit: ``or older``, 以上."""
    match = _compiled("after", language).match(plain, end)
    return _which("after", language, match) if match else ""  # type: ignore[return-value]


def role_before(before: str, language: Language) -> str:
    """Read what ``before`` says the number stands for: ``grade``, ``n``, ``CI``; empty otherwise."""
    if language == "en" and not _is_worth(before):
        return ""
    match = _compiled("role", language).search(before)
    return _which("role", language, match) if match else ""


def role_after(plain: str, end: int, language: Language) -> str:
    """Read what follows the number: 级, 期, 型."""
    match = _compiled("role after", language).match(plain, end)
    return _which("role after", language, match) if match else ""


def counted(plain: str, end: int, language: Language) -> Counted:
    """Tell what the number that ends at ``end`` counts, by the noun or the counter behind it."""
    for what, behind in _COUNTED[language].items():
        if behind.match(plain, end):
            return what
    return ""
