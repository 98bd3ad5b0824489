"""``aligner formats``."""


def formats() -> None:
    """List the file formats, one line each, and what each can read and write.

    Example: aligner formats
    """
    from aligner.formats import FORMATS

    width = max(map(len, FORMATS))
    for name, row in FORMATS.rows.items():
        loaded = FORMATS.load(name)
        reads = [what for what in ("records", "pairs", "glossary") if getattr(loaded, f"read_{what}")]
        kinds = ("pairs", "glossary", "occurrences", "findings")
        writes = [what for what in kinds if getattr(loaded, f"write_{what}")]
        writes += ["pairs"] if loaded.write_files else []
        able = "; ".join(
            f"{verb} {', '.join(it)}" for verb, it in (("reads", reads), ("writes", writes)) if it
        )
        print(f"{name:<{width}}  {row.summary} ({able})")
