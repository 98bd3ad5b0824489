"""What a reviewer wants of the checks: which of them, how loud, the direction, and patterns of their own.

A profile is a TOML file:

    source = "en"                       # the language translated from
    checks = ["number", "unit"]         # these alone; or without = ["punctuation"]

    [cuts]                              # of a finding's probability, where it has one
    error = 0.95
    warning = 0.6

    [severity]                          # of all findings of a check
    repetition = "info"

    [[pattern]]                         # a regular expression that neither text, or one of them, may hold
    side = "zh"
    match = "病人"
    message = "our style is 患者"
    severity = "info"
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from aligner.checks.table import CHECKS
from aligner.errors import InputError, SettingError, UnknownNameError
from aligner.types import Finding, Language, Pair, Severity, Span

_KEYS = frozenset(("source", "checks", "without", "cuts", "severity", "pattern"))
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_LONGEST = 200  # characters of a pattern
_QUOTED = re.compile(r"('[^']*')")
_OTHER = {"omission": "addition", "addition": "omission"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that a text must not hold, and what to say of it."""

    match: re.Pattern[str]
    message: str
    side: Language
    severity: Severity = "warning"


@dataclass(frozen=True)
class Profile:
    """What to report, and how.

    Attributes:
        checks: the checks whose findings are kept; all by default.
        source: the language translated from; None to speak of the languages by their names.
        cuts: least probabilities of an error and a warning, for findings that have a probability.
        severity: severities by check.
        patterns: own patterns.
    """

    checks: frozenset[str] = frozenset(CHECKS)
    source: Language | None = None
    cuts: Mapping[str, float] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()


def load_profile(path: Path) -> Profile:
    """Read a profile from TOML.

    Raises:
        InputError: it cannot be read, or says what no profile says.
        UnknownNameError: it names a check that there is not.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"the profile cannot be read ({error})", where=str(path)) from error
    if unknown := sorted(rows.keys() - _KEYS):
        hint = f"known are: {', '.join(sorted(_KEYS))}"
        raise InputError(f"the profile says '{unknown[0]}'", where=str(path), hint=hint)
    try:
        return Profile(
            choose(_names(rows.get("checks")), _names(rows.get("without"))),
            _one_of(rows.get("source"), ("en", "zh")),
            {str(name): float(cut) for name, cut in rows.get("cuts", {}).items()},
            {_known(name): _one_of(level, _SEVERITIES) for name, level in rows.get("severity", {}).items()},
            tuple(_pattern(row) for row in rows.get("pattern", ())),
        )
    except (TypeError, ValueError, KeyError, AttributeError, re.error) as error:
        hint = "see aligner check --help"
        raise InputError(f"the profile cannot be used ({error})", where=str(path), hint=hint) from error


def of_options(path: Path | None, checks: str | None, without: str | None, source: str | None) -> Profile:
    """Return the profile of a file with what a command line says over it.

    Raises:
        AlignerError: the file cannot be used, or an option does not fit.
    """
    profile = load_profile(path) if path else Profile()
    if checks or without:
        named = choose(
            *(
                [name.strip() for name in (text or "").split(",") if name.strip()]
                for text in (checks, without)
            )
        )
        profile = replace(profile, checks=named)
    return replace(profile, source=_one_of(source, ("en", "zh"))) if source else profile


def choose(checks: Sequence[str], without: Sequence[str]) -> frozenset[str]:
    """Return the checks that are named, or all but those that are not wanted.

    Raises:
        SettingError: both are given.
        UnknownNameError: there is no such check.
    """
    if checks and without:
        raise SettingError("--checks and --without exclude each other", hint="give one of them")
    for name in (*checks, *without):
        _known(name)
    return frozenset(checks) if checks else frozenset(CHECKS) - frozenset(without)


def apply(profile: Profile, pairs: Iterable[Pair], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Keep what a profile asks for, as loud as it says, and add what its patterns find."""
    for finding in findings:
        if finding.check in profile.checks:
            yield _directed(_weighed(finding, profile), profile.source)
    if profile.patterns:
        for pair in pairs:
            yield from _matches(pair, profile.patterns)


def _weighed(finding: Finding, profile: Profile) -> Finding:
    severity = profile.severity.get(finding.check)
    if severity is None and profile.cuts and finding.probability is not None:
        severity = next(
            (name for name in ("error", "warning") if finding.probability >= profile.cuts.get(name, 2.0)),
            "info",
        )
    return replace(finding, severity=severity) if severity else finding


def _directed(finding: Finding, source: Language | None) -> Finding:
    """Speak of source and target; what a translation from Chinese leaves out, the English lacks."""
    if source is None:
        return finding
    target = finding.zh if source == "en" else finding.en
    check = finding.check if source == "en" else _OTHER.get(finding.check, finding.check)
    if check == "omission" and not target.strip():
        check = "untranslated"
    names = ("source", "target") if source == "en" else ("target", "source")
    parts = _QUOTED.split(finding.message)
    for at in range(0, len(parts), 2):
        for language, name in zip(("English", "Chinese"), names, strict=True):
            parts[at] = re.sub(rf"\b[Tt]he {language}\b|\b{language}\b", f"the {name}", parts[at])
    message = "".join(parts)
    return replace(finding, check=check, message=message[:1].upper() + message[1:])


def _matches(pair: Pair, patterns: Iterable[Pattern]) -> Iterator[Finding]:
    for pattern in patterns:
        text = pair.en if pattern.side == "en" else pair.zh
        for match in pattern.match.finditer(text):
            span: Span | None = match.span() if match.end() > match.start() else None
            en_span, zh_span = (span, None) if pattern.side == "en" else (None, span)
            yield Finding(
                pair.record,
                pair.bead,
                "term",
                pattern.severity,
                f"{match.group()}: {pattern.message}",
                en_span,
                zh_span,
                pair.en,
                pair.zh,
                category="style",
                source=pair.source,
            )


def _pattern(row: Mapping[str, Any]) -> Pattern:
    written = str(row["match"])
    if len(written) > _LONGEST:
        raise ValueError(f"the pattern '{written[:20]}…' is longer than {_LONGEST} characters")
    side = _one_of(row.get("side", "zh"), ("en", "zh"))
    severity = _one_of(row.get("severity", "warning"), _SEVERITIES)
    return Pattern(re.compile(written), str(row.get("message", "")), side or "zh", severity or "warning")


def _names(value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError("checks and without are lists of names")
    return [str(name) for name in value]


def _known(name: str) -> str:
    if name not in CHECKS:
        raise UnknownNameError("check", name, CHECKS)
    return name


def _one_of(value: Any, known: Sequence[str]) -> Any:
    if value is not None and value not in known:
        raise ValueError(f"'{value}' is none of {', '.join(known)}")
    return value
