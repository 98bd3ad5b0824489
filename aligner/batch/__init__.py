"""Batches: any number of records into a workspace, on one core, several, or a cluster."""

from aligner.batch.run import Summary, Watch, run
from aligner.batch.start import check_inputs, run_local, run_parquet, run_ray
from aligner.batch.work import Settings

__all__ = ["Settings", "Summary", "Watch", "check_inputs", "run", "run_local", "run_parquet", "run_ray"]
