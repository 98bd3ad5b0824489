"""The public functions, as ``import aligner`` shows them: plain texts, lists and records in, tables out."""
