"""Two small tables for what ObsCore does not show: every datatype, awkward names, no rows."""

from obsdeck.sandbox.catalog.model import Column, Table

ODD = Table(
    "obsdeck.odd",
    "One column of every VOTable datatype, a reserved word and a delimited name",
    (
        Column("id", "int", ucd="meta.id;meta.main", description="Row number", principal=True),
        Column("size", "long", unit="byte", description="A column whose name is reserved"),
        Column("Mixed Case", "double", unit="deg", description="Only a delimited name finds it"),
        Column('has "quotes"', "char", "*", description="A name with quotation marks"),
        Column("flag", "boolean", description="A truth value"),
        Column("bits", "bit", "12", description="Twelve bits, the most significant first"),
        Column("tiny", "unsignedByte", description="0 to 255"),
        Column("small", "short", description="16 bits"),
        Column("medium", "int", description="32 bits"),
        Column("big", "long", description="64 bits, more than a double can hold"),
        Column("single", "float", unit="mag", description="Single precision"),
        Column("precise", "double", unit="m", description="Double precision"),
        Column("letters", "char", "8", description="Text of at most eight characters"),
        Column("words", "unicodeChar", "*", description="Text in any alphabet"),
        Column("moment", "char", "*", ucd="time.epoch", xtype="timestamp", description="UTC"),
        Column("wave", "floatComplex", description="Complex, single precision"),
        Column("amplitude", "doubleComplex", description="Complex, double precision"),
        Column("triple", "double", "3", description="Three numbers"),
        Column("series", "int", "*", description="Any number of integers"),
        Column("matrix", "float", "2x3", description="Three pairs"),
        Column("place", "double", "2", unit="deg", xtype="point", description="A DALI point"),
        Column("outline", "double", "*", unit="deg", xtype="polygon", description="A polygon"),
    ),
)

EMPTY = Table(
    "obsdeck.empty",
    "A table without rows",
    (
        Column("id", "int", ucd="meta.id;meta.main", description="Row number", principal=True),
        Column("name", "char", "*", ucd="meta.id", description="Name"),
        Column("value", "double", unit="Jy", description="A column whose name is reserved"),
    ),
)
