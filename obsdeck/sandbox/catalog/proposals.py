"""A table that only people with an account get to see."""

from obsdeck.sandbox.catalog.model import Column, Table

PROPOSALS = Table(
    "obsdeck.proposals",
    "Observing proposals under review. Nobody sees them without signing in; the reserved ones are "
    "for the members of the programme only.",
    (
        Column("prog_id", "char", "*", description="Programme", principal=True, indexed=True),
        Column("title", "unicodeChar", "*", description="Title", principal=True),
        Column("pi", "unicodeChar", "*", description="Principal investigator"),
        Column("hours", "double", unit="h", description="Time asked for"),
        Column("submitted", "char", "*", xtype="timestamp", description="When it was handed in"),
        Column("release_date", "char", "*", xtype="timestamp", description="When it is published"),
    ),
)
