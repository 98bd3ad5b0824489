"""The command ``aligner``: its table of commands, and the only place that turns errors into exit codes."""

import logging
import os
import sys
from typing import cast

import typer

from aligner.errors import AlignerError
from aligner.registry import Row, Table

COMMANDS = Table(
    "command",
    {
        "align": Row("aligner.cli.align:align", "Write the sentence pairs of bilingual records."),
        "glossary": Row("aligner.cli.glossary:glossary", "Write the bilingual glossary of records."),
        "check": Row("aligner.cli.check:check", "Find where a translation may have drifted."),
        "run": Row("aligner.cli.run:run", "Process any number of records into a workspace; can be resumed."),
        "export": Row("aligner.cli.export:export", "Write what a workspace holds."),
        "review": Row("aligner.cli.review:review", "Open the local page to review a workspace."),
        "report": Row("aligner.cli.report_html:report", "Write a workspace as one HTML file to read."),
        "evaluate align": Row("aligner.cli.evaluate_align:evaluate_align", "Score alignment against gold."),
        "evaluate terms": Row("aligner.cli.evaluate_terms:evaluate_terms", "Score terms against gold."),
        "evaluate checks": Row("aligner.cli.evaluate_checks:evaluate_checks", "Score checks against gold."),
        "evaluate speed": Row("aligner.cli.evaluate_speed:evaluate_speed", "Compare speed with peers."),
        "formats": Row("aligner.cli.formats:formats", "List the file formats."),
        "encoders": Row("aligner.cli.encoders:encoders", "List the encoders."),
        "checks": Row("aligner.cli.checks:checks", "List the checks."),
    },
)
GROUPS = {"evaluate": "Measure quality and speed; every figure with what produced it."}
# Typer brings the base class of its usage errors under no public name but through one of its children.
USAGE_ERROR = cast(type[Exception], typer.BadParameter.__mro__[2])
DONE, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130


def build() -> typer.Typer:
    """Return the application with all commands of the table; ``evaluate align`` is one below ``evaluate``."""
    app = _group("Sentence pairs, a bilingual glossary and a translation review from medical abstracts.")
    groups: dict[str, typer.Typer] = {}
    for name, row in COMMANDS.rows.items():
        group, _, command = name.rpartition(" ")
        if group and group not in groups:
            groups[group] = _group(GROUPS[group])
            app.add_typer(groups[group], name=group, short_help=GROUPS[group])
        (groups[group] if group else app).command(command, short_help=row.summary)(COMMANDS.load(name))
    return app


def _group(text: str) -> typer.Typer:
    return typer.Typer(
        name="aligner",
        help=text,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
    )


def run() -> None:
    """Run the command line and exit: 0 done, 1 done with findings or failures, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    logging.basicConfig(level=logging.WARNING, format="aligner: %(message)s")
    try:
        code = build()(standalone_mode=False) or DONE
        sys.stdout.flush()
    except AlignerError as error:
        code = _fail(str(error))
    except USAGE_ERROR as error:
        code = _fail(_usage(error))
    except typer.Exit as error:
        code = error.exit_code
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
        _fail("interrupted")
    except OSError as error:
        code = _fail(f"{error.filename or 'system'}: {error.strerror or error}")
    sys.exit(code)


def _fail(message: str) -> int:
    print(f"aligner: {message}", file=sys.stderr)
    return FAILED


def _usage(error: BaseException) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "aligner"
    return f"{' '.join(message.split()).rstrip('.')}; see {command} --help"
