"""Where targets are."""

from xml.etree import ElementTree

import pytest

from obsdeck.sandbox.resolver.objects import known_objects
from obsdeck.tests.sandbox.signing import HTTP


def ask(base_url: str, name: str, options: str = "SNV") -> list[ElementTree.Element]:
    """Return what each resolver says."""
    answer = HTTP.get(f"{base_url}resolver/sesame/-oxp/{options}?{name}")
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root[0].tag) == ("Sesame", "Target")
    return root.findall("Target/Resolver")


@pytest.mark.parametrize("name", ["M83", "m%2083", "M+83", "M%20%2083", "ngc5236", "NGC%205236"])
def test_names_are_found_whatever_their_case_and_blanks(base_url: str, name: str) -> None:
    (simbad,) = ask(base_url, name)
    assert (simbad.get("name") or "").startswith("S=Simbad")
    assert simbad.findtext("oname") == "M 83"
    assert float(simbad.findtext("jradeg") or "nan") == pytest.approx(204.2538, abs=1e-3)
    assert float(simbad.findtext("jdedeg") or "nan") == pytest.approx(-29.8658, abs=1e-3)
    assert simbad.findtext("jpos") == "13:37:00.95 -29:51:55.50"
    assert simbad.findtext("otype") == "G"


def test_several_resolvers_answer_differently(base_url: str) -> None:
    simbad, ned, _ = ask(base_url, "3C 273", "ASNV")
    assert [one.findtext("oname") for one in (simbad, ned)] == ["3C 273", "3C 273"]
    assert simbad.findtext("jradeg") != ned.findtext("jradeg")


def test_unknown_names_are_said_to_be(base_url: str) -> None:
    for one in ask(base_url, "Nowhere%20%3Cb%3E%01"):
        assert one.findtext("INFO") == " *** Nothing found *** "
        assert one.find("jradeg") is None


@pytest.mark.parametrize("name", ["South pole", "o'brien's%20star", "Zero hours"])
def test_targets_of_the_data_are_known(base_url: str, name: str) -> None:
    found = ask(base_url, name)[-1]
    assert (found.get("name") or "").startswith("V=")
    assert found.find("jradeg") is not None


def test_hostile_names_are_only_names(base_url: str) -> None:
    (found,) = ask(base_url, "'%20OR%20'1'='1", "V")
    assert found.find("jradeg") is None


def test_enough_objects_are_known_and_all_are_on_the_sky() -> None:
    objects = set(known_objects().values())
    assert len(objects) >= 150
    assert all(0 <= one.ra < 360 and -90 <= one.dec <= 90 for one in objects)
    assert {f"m{number}" for number in range(1, 111)} <= set(known_objects())
