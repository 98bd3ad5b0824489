"""Web and mail addresses, DOIs, registration numbers, and the markup of files: what nobody translates."""

import re

ADDRESS = re.compile(
    r"(?P<mail>[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})"
    r"|(?P<doi>(?<![0-9.])10\.[0-9]{4,9}/[A-Za-z0-9._;()/:<>-]{1,200})"
    r"|(?P<web>(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&'*+=%-]{1,300})"
    r"|(?P<trial>(?<![A-Za-z])(?:NCT[0-9]{6,9}|ChiCTR[A-Z-]{0,6}[0-9]{6,12}|ISRCTN[0-9]{6,9}|CRD[0-9]{8,14}))"
)
TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9:]{0,20}(?: [^<>]{0,80})?/?>|\{[0-9]{1,3}\}|%[sd](?![A-Za-z])"
    r"|\[/?[0-9]{1,2}[>}\]](?=[^\W\d])"
)
_MAY_HOLD = re.compile(r"[@<{]|://|www\.|10\.[0-9]{4}")


def masked(text: str, *, tags: bool = True) -> str:
    """Write blanks over addresses, and over tags; the length is kept.

    Args:
        text: any text.
        tags: leave tags standing if not: ``<sup>`` tells a power.
    """
    if not _MAY_HOLD.search(text):
        return text
    for pattern in (ADDRESS, TAG) if tags else (ADDRESS,):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text
