"""Links of the platform's images, written as it writes them (``rubin.md``, 4)."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from obsdeck.sandbox.links.descriptors import Descriptor, Parameter, descriptor_xml
from obsdeck.sandbox.links.table import FIELDS, STANDARD
from obsdeck.sandbox.soda.offers import SYNC

#: Columns in the order of the platform: the description comes before the meaning.
_NAMES = (
    "ID", "access_url", "service_def", "error_message", "description", "semantics",
    "content_type", "content_length",
)  # fmt: skip

DETAILS = ("Image", "MaskedImage", "Exposure")

#: Identifier, meaning and description of the service of each detail.
_SERVICES = {
    "Image": ("cutout-sync", "#cutout", "Cutout service (SODA sync), only image pixels"),
    "MaskedImage": (
        "cutout-sync-maskedimage",
        "https://rsp.lsst.io/guides/api/soda.html#MaskedImage",
        "Cutout service (SODA sync), masked image only",
    ),
    "Exposure": (
        "cutout-sync-exposure",
        "https://rsp.lsst.io/guides/api/soda.html#Exposure",
        "Cutout service (SODA sync), file with full metadata",
    ),
}

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">\n'
    ' <RESOURCE type="results">\n  <TABLE>\n'
    f'   <INFO name="standardID" value="{STANDARD}"/>\n'
    "   <DESCRIPTION>Links table for observation datasets</DESCRIPTION>\n"
)
_DID_UCD = "meta.id;meta.dataset"


def cutout_rows(identifier: str) -> list[Mapping[str, object]]:
    """Return the rows of the services that cut an image."""
    return [
        {
            "ID": identifier,
            "service_def": service,
            "description": text,
            "semantics": semantics,
            "content_type": "application/fits",
        }
        for service, semantics, text in _SERVICES.values()
    ]


def cutout_services(url: str, identifiers: Sequence[str]) -> list[Descriptor]:
    """Return these services; the ID of a single image is fixed, of several it is that of the row.

    Parameters
    ----------
    url
        Where images are cut.
    identifiers
        Images that can be.
    """
    about = "Publisher DID of the dataset of interest"
    one = Parameter("ID", ucd=_DID_UCD, description=about, value=identifiers[0])
    every = Parameter("ID", ucd=_DID_UCD, description=about, ref="ID")
    return [
        Descriptor(
            service,
            url,
            (one if len(identifiers) == 1 else every, *_inputs(detail)),
            SYNC,
            inputs_first=True,
        )
        for detail, (service, _, _) in _SERVICES.items()
    ]


def _inputs(detail: str) -> list[Parameter]:
    return [
        Parameter("POLYGON", "double", "*", "deg", "pos.outline;obs", "polygon",
                  "A polygon that should be covered by the cutout."),
        Parameter("CIRCLE", "double", "3", "deg", "pos.outline;obs", "circle",
                  "A circle that should be covered by the cutout."),
        Parameter("CUTOUTDETAIL", value=detail, options=DETAILS if detail == "Image" else (),
                  description="Amount of information to include in the cutout"),
    ]  # fmt: skip


def document(rows: Sequence[Mapping[str, object]], services: Sequence[Descriptor]) -> bytes:
    """Return the VOTable of links."""
    fields = "".join(f"   {_field(name)}\n" for name in _NAMES)
    body = "".join(f"     <TR>{''.join(_cell(row, n) for n in _NAMES)}</TR>\n" for row in rows)
    data = f"   <DATA>\n    <TABLEDATA>\n{body}    </TABLEDATA>\n   </DATA>\n"
    described = "".join(descriptor_xml(service) for service in services)
    text = f"{_HEAD}{fields}{data}  </TABLE>\n </RESOURCE>\n{described}</VOTABLE>\n"
    return text.encode()


def _field(name: str) -> str:
    known = next(field for field in FIELDS if field.name == name)
    is_size = name == "content_length"
    kind = 'datatype="long" unit="byte"' if is_size else 'arraysize="*" datatype="char"'
    return f'<FIELD ID="{name}" {kind} name="{name}" ucd="{known.ucd}"/>'


def _cell(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if value is None:
        return "<TD/>"
    if name == "access_url":
        return f"<TD><![CDATA[{value}]]></TD>"
    return f"<TD>{escape(str(value), {chr(39): '&#39;'})}</TD>"
