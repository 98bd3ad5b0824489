"""Training of the alignment's weights: ``python -m aligner.alignment.training``."""
