"""A check, a format or an encoder is one file and one row of a table; nothing else has to know of it."""

import subprocess
import sys

import pytest

CHECK = '''
"""Shouting: exclamation marks that the English does not have."""
from aligner.checks.base import Check, of_pair


def find(parsed, context):
    at = parsed.pair.zh.find("！")
    if at >= 0 and "!" not in parsed.pair.en:
        yield parsed.finding("shouting", "warning", "Chinese shouts, English does not", (None, (at, at + 1)))


CHECK = Check(find, wrong=of_pair("It leaked.", "渗漏！"), right=of_pair("It leaked.", "渗漏。"))
'''
FORMAT = '''
"""Pairs as ``English = Chinese``, one a line."""
from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.types import Pair


def read_pairs(source):
    for item in source.lines():
        if isinstance(item, InputError):
            yield item
        else:
            number, line = item
            en, _, zh = line.partition(" = ")
            yield Pair(source.stem, number - 1, en, zh)


def write_pairs(pairs, stream):
    for pair in pairs:
        stream.write(f"{pair.en} = {pair.zh}\\n".encode())
    return []


def recognises(source):
    return source.suffix == ".eq"


FORMAT = Format("equals", (".eq",), recognises, read_pairs=read_pairs, write_pairs=write_pairs)
'''
ENCODER = '''
"""Vectors of the bundled encoder, turned round: every angle stays as it is."""
from dataclasses import replace

from aligner.encoders import load_encoder


class Encoder:
    name, dimensions = "mirror", 512

    def encode(self, texts):
        return [replace(text, encoder=self) for text in load_encoder().encode(texts)]

    def compose(self, sums, counts):
        return -load_encoder().compose(sums, counts)
'''
RUN = """
import sys
from {module} import {table}
from aligner.registry import Row

{table}.rows["{name}"] = Row("mine:{attribute}", "made in a test")
from aligner.cli.main import run
run()
"""


@pytest.fixture
def extended(tmp_path):
    """Return a function that adds a file and a row, and runs commands of the program so extended."""

    def run(table, module, name, attribute, code, *commands):
        (tmp_path / "mine.py").write_text(code, encoding="utf-8", newline="\n")
        (tmp_path / "a.tsv").write_text("en\tzh\nIt leaked.\t渗漏！\n", encoding="utf-8", newline="\n")
        (tmp_path / "b.eq").write_text("It leaked. = 渗漏。\n", encoding="utf-8", newline="\n")
        (tmp_path / "c.txt").write_text(
            "It leaked. She fell.\n\n渗漏。患者跌倒。\n", encoding="utf-8", newline="\n"
        )
        (tmp_path / "extended.py").write_text(
            RUN.format(table=table, module=module, name=name, attribute=attribute),
            encoding="utf-8",
            newline="\n",
        )
        done = [
            subprocess.run(
                [sys.executable, "extended.py", *command.split()],
                **{
                    "cwd": tmp_path,
                    "capture_output": True,
                    "text": True,
                    "encoding": "utf-8",
                    "check": False,
                },
            )
            for command in commands
        ]
        return [f"{one.stdout}{one.stderr}" for one in done]

    return run


def test_a_check_is_one_file_and_one_row(extended):
    listed, found = extended(
        *("CHECKS", "aligner.checks.table", "shouting", "CHECK", CHECK),
        *("checks", "check a.tsv --aligned --format tsv"),
    )
    assert "made in a test" in listed
    assert "Chinese shouts, English does not" in found


def test_a_format_is_one_file_and_one_row(extended):
    listed, written, read = extended(
        *("FORMATS", "aligner.formats.table", "equals", "FORMAT", FORMAT),
        *("formats", "align c.txt --format equals", "check b.eq --aligned --format tsv"),
    )
    assert "equals" in listed
    assert "It leaked. = 渗漏。\nShe fell. = 患者跌倒。\n" in written
    assert "records     1" in read


def test_an_encoder_is_one_file_and_one_row(extended):
    listed, mirrored, bundled = extended(
        *("ENCODERS", "aligner.encoders", "mirror", "Encoder", ENCODER),
        *("encoders", "align c.txt --encoder mirror --format tsv", "align c.txt --format tsv"),
    )
    assert "mirror" in listed
    assert "She fell." in mirrored
    assert mirrored.splitlines()[:3] == bundled.splitlines()[:3]
