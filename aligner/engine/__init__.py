"""The engine: from records to pairs, terms, findings and glossary entries, on one path.

`records.read` yields records, `blocks` groups them, `work` does everything for a block: it aligns each record
(`alignment`), extracts the terms of all and checks each. Commands differ in what they do with the results: a
stream for files and standard output (`stream`), a workspace (`run`), Parquet files (`ray`, `shards`); and in
who does the work: this process or several (`executors`), or a Ray cluster.
"""

from aligner.engine.alignment import AlignedRecord, align_record, align_task
from aligner.engine.glossary import make_glossary, occurrences
from aligner.engine.options import GlossaryOptions, Inputs, Settings, columns_of
from aligner.engine.records import records_of
from aligner.engine.run import Summary, Watch, run
from aligner.engine.start import check_inputs, run_local, run_parquet, run_ray
from aligner.engine.stream import stream_records, stream_results

__all__ = [
    "AlignedRecord",
    "GlossaryOptions",
    "Inputs",
    "Settings",
    "Summary",
    "Watch",
    "align_record",
    "align_task",
    "check_inputs",
    "columns_of",
    "make_glossary",
    "occurrences",
    "records_of",
    "run",
    "run_local",
    "run_parquet",
    "run_ray",
    "stream_records",
    "stream_results",
]
