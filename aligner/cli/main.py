"""The command ``aligner``: its table of commands, and the only place that turns errors into exit codes."""

import gc
import logging
import os
import sys
from typing import Annotated, cast

import typer

from aligner import __version__
from aligner.cli.exit_codes import ExitCode
from aligner.cli.messages import InterruptedJobError, NothingDoneError, say
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
        "merge": Row("aligner.cli.merge:merge", "Take over the decisions of an edited glossary file."),
        "review": Row("aligner.cli.review:review", "Open the local page to review a workspace."),
        "report": Row("aligner.cli.report:report", "Write the report of a review, to send."),
        "evaluate align": Row("aligner.cli.evaluate_align:evaluate_align", "Score alignment against gold."),
        "evaluate terms": Row("aligner.cli.evaluate_terms:evaluate_terms", "Score terms against gold."),
        "evaluate checks": Row("aligner.cli.evaluate_checks:evaluate_checks", "Score checks against gold."),
        "evaluate glossary": Row(
            "aligner.cli.evaluate_glossary:evaluate_glossary", "Score a glossary's rows on verdicts."
        ),
        "evaluate topic": Row("aligner.cli.evaluate_topic:evaluate_topic", "Score a topic on mixed records."),
        "evaluate speed": Row("aligner.cli.evaluate_speed:evaluate_speed", "Compare speed with peers."),
        "formats": Row("aligner.cli.formats:formats", "List the file formats."),
        "encoders": Row("aligner.cli.encoders:encoders", "List the encoders."),
        "checks": Row("aligner.cli.checks:checks", "List the checks."),
    },
)
COMPLETING = "_ALIGNER_COMPLETE"
"""Set by a shell that asks how a line may go on."""
GROUPS = {"evaluate": "Measure quality and speed; every figure with what produced it."}
# Typer brings the base class of its usage errors under no public name but through one of its children.
USAGE_ERROR = cast(type[Exception], typer.BadParameter.__mro__[2])
START = """\
Sentence pairs, a bilingual glossary and a translation review from
English/Chinese medical abstracts.

  aligner align abstract.txt                    the sentence pairs of a record
  aligner glossary abstracts/ --out terms.xlsx  a glossary of a folder
  aligner run abstracts/ --workspace work.db    all of it; then aligner review

aligner --help lists all commands, aligner COMMAND --help its options.
aligner --install-completion teaches your shell to complete them.
"""
THREADS = ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Products of matrices are small here: one thread a process (measured: `aligner.encoders.bundled`). Libraries
read these variables when they are loaded; what is set already stays.
"""
GARBAGE = (100_000, 50, 50)
"""Thresholds of the collector: dictionaries of a million strings live to the end, and each look at them all
takes a tenth of a second (measured: a tenth of the time of `glossary`)."""


def build() -> typer.Typer:
    """Return the application with all commands of the table; ``evaluate align`` is one below ``evaluate``."""
    text = "Sentence pairs, a bilingual glossary and a translation review from medical abstracts."
    app = _group(text, completion=True)
    app.callback(invoke_without_command=True)(_options)
    groups: dict[str, typer.Typer] = {}
    for name, row in COMMANDS.rows.items():
        group, _, command = name.rpartition(" ")
        if group and group not in groups:
            groups[group] = _group(GROUPS[group])
            app.add_typer(groups[group], name=group, short_help=GROUPS[group])
        (groups[group] if group else app).command(command, short_help=row.summary)(COMMANDS.load(name))
    return app


def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    if version:
        print(f"aligner {__version__}")
        raise typer.Exit


def _group(text: str, *, completion: bool = False) -> typer.Typer:
    return typer.Typer(
        name="aligner",
        help=text,
        no_args_is_help=True,
        add_completion=completion,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
    )


def run() -> None:
    """Run the command line and exit with one of `ExitCode`."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
    gc.set_threshold(*GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    logging.basicConfig(level=logging.WARNING, format="aligner: %(message)s")
    try:
        code = _call()
        sys.stdout.flush()
    except (BrokenPipeError, _ReaderGoneError):  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = ExitCode.DONE
    except InterruptedJobError as stopped:
        code = _end(ExitCode.INTERRUPTED, str(stopped))
    except KeyboardInterrupt:
        code = _end(ExitCode.INTERRUPTED, "interrupted")
    except NothingDoneError:
        code = ExitCode.FAILED
    except AlignerError as error:
        code = _end(ExitCode.FAILED, str(error))
    except USAGE_ERROR as error:
        code = _end(ExitCode.FAILED, _usage(error))
    except OSError as error:
        code = _end(ExitCode.FAILED, f"{error.filename or 'system'}: {error.strerror or error}")
    sys.exit(code)


class _ReaderGoneError(Exception):
    """The other end of standard output was closed."""


def _call() -> int:
    """Call the command, and undo what Typer does with interrupts and closed pipes."""
    if len(sys.argv) < 2 and COMPLETING not in os.environ:
        print(START, end="")
        return ExitCode.DONE
    try:
        code = build()(standalone_mode=False, prog_name="aligner")
    except typer.Abort:
        raise KeyboardInterrupt from None
    except USAGE_ERROR as error:
        if "NoArgsIsHelp" not in type(error).__name__:
            raise
        print(error)  # a group was called without a command
        return ExitCode.DONE
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):
            raise _ReaderGoneError from None
        raise
    if code == ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    return int(code or ExitCode.DONE)


def _end(code: ExitCode, message: str) -> ExitCode:
    say(message)
    return code


def _usage(error: BaseException) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "aligner"
    return f"{' '.join(message.split()).rstrip('.')}; see {command} --help"
