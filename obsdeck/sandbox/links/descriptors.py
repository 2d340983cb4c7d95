"""Service descriptors (DataLink 1.1, 4): services that take a product, and their parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring


@dataclass(frozen=True)
class Parameter:
    """An input of a service.

    Attributes
    ----------
    name, datatype, arraysize, unit, ucd, xtype, description
        As in VOTable.
    value
        Empty for what the client gives.
    ref
        Column of the links whose value is sent.
    least, most
        MIN and MAX of what makes sense.
    options
        What there is to choose from.
    """

    name: str
    datatype: str = "char"
    arraysize: str | None = "*"
    unit: str | None = None
    ucd: str | None = None
    xtype: str | None = None
    description: str = ""
    value: str = ""
    ref: str | None = None
    least: str | None = None
    most: str | None = None
    options: Sequence[str] = ()


@dataclass(frozen=True)
class Descriptor:
    """A service.

    Attributes
    ----------
    identifier
        What ``service_def`` says.
    url
        Where it is.
    parameters
        Its inputs.
    standard
        Its ``standardID``, None for a service of no standard.
    description
        What it does.
    content_type
        What it answers with.
    inputs_first
        Whether the group of inputs comes before the address, as some services write it.
    """

    identifier: str
    url: str
    parameters: Sequence[Parameter]
    standard: str | None = None
    description: str = ""
    content_type: str | None = None
    inputs_first: bool = False


def descriptor_xml(service: Descriptor) -> str:
    """Return the RESOURCE that describes a service, as text within a VOTable."""
    attributes = {"ID": service.identifier, "type": "meta", "utype": "adhoc:service"}
    resource = Element("RESOURCE", attributes)
    _add_description(resource, service.description)
    inputs = Element("GROUP", {"name": "inputParams"})
    for parameter in service.parameters:
        _add_param(inputs, parameter)
    if service.inputs_first:
        resource.append(inputs)
    about = {
        "standardID": service.standard,
        "accessURL": service.url,
        "contentType": service.content_type,
    }
    for name, value in about.items():
        if value is not None:
            _add_param(resource, Parameter(name, value=value))
    if not service.inputs_first:
        resource.append(inputs)
    indent(resource, " ")
    return tostring(resource, encoding="unicode") + "\n"


def _add_param(parent: Element, parameter: Parameter) -> None:
    attributes = {
        "name": parameter.name,
        "datatype": parameter.datatype,
        "arraysize": parameter.arraysize,
        "unit": parameter.unit,
        "ucd": parameter.ucd,
        "xtype": parameter.xtype,
        "ref": parameter.ref,
        "value": parameter.value,
    }
    given = {name: value for name, value in attributes.items() if value is not None}
    element = SubElement(parent, "PARAM", given)
    _add_description(element, parameter.description)
    if parameter.least is None and parameter.most is None and not parameter.options:
        return
    values = SubElement(element, "VALUES")
    for name, limit in (("MIN", parameter.least), ("MAX", parameter.most)):
        if limit is not None:
            SubElement(values, name, {"value": limit})
    for option in parameter.options:
        SubElement(values, "OPTION", {"value": option})


def _add_description(parent: Element, text: str) -> None:
    if text:
        SubElement(parent, "DESCRIPTION").text = text
