"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

INPUTS = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="Files, folders or globs; - is standard input.")
]
OUT = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="File to write; standard output if not given.")
]
FORMAT = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="tsv, jsonl, xlsx, ... ('aligner formats'); if not given, as the extension of --out says.",
    ),
]
ENCODER = Annotated[
    str, typer.Option("--encoder", metavar="NAME", help="Encoder; 'aligner encoders' lists what there is.")
]
DEVICE = Annotated[
    str, typer.Option("--device", metavar="NAME", help="Where a model runs: cpu, cuda, mps or auto.")
]
INPUT_FORMAT = Annotated[
    str | None,
    typer.Option("--input-format", metavar="NAME", help="Format of the input, if it is told wrongly."),
]
LINES = Annotated[
    bool,
    typer.Option("--lines", help="Input has one sentence a line: NAME.en with NAME.zh, or gold NAME.json."),
]
ALIGNED = Annotated[
    bool, typer.Option("--aligned", help="Each row (columns id, en, zh) is one aligned pair already.")
]
GLOSSARY = Annotated[
    Path | None, typer.Option("--glossary", metavar="FILE", help="Glossary that translations should follow.")
]
COLUMNS = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="ID,EN,ZH",
        help="Names of a table's columns, if not found by itself; or en=NAME,zh=NAME,note=NAME.",
    ),
]
NOTES = Annotated[
    Path | None,
    typer.Option("--notes", metavar="FILE", help="File for what stands in no text of a record."),
]
UNITS = Annotated[
    bool,
    typer.Option(
        "--units", help="Cut pairs of several sentences into translation units where they can be cut."
    ),
]
SPLIT = Annotated[
    bool, typer.Option("--split", help="Input is pairs of paragraphs (TMX, XLIFF, tables): align each.")
]
SOURCE = Annotated[
    Literal["en", "zh"] | None, typer.Option("--source", help="Language that was translated (TMX, XLIFF).")
]
TARGET = Annotated[
    str | None,
    typer.Option("--target", metavar="TAG", help="Tag of the other language: zh-TW, en-GB, ..."),
]
HEADINGS = Annotated[
    Literal["keep", "split"],
    typer.Option("--headings", help="Headings stay in their sentence, or are pairs."),
]
TITLES = Annotated[bool, typer.Option("--titles", help="Titles are pairs too.")]
KEYWORDS = Annotated[bool, typer.Option("--keywords", help="Keywords are pairs too.")]
