"""What is looked up in every language leaves the language in force alone: another thread may be drawing in it."""

from __future__ import annotations

import pytest

from gealc_tui import i18n
from gealc_tui.domain.vocabulary import MeetingBody, Period, Role, Status
from gealc_tui.i18n import countries
from gealc_tui.i18n.labels import country_by_name, fold
from gealc_tui.i18n.spellings import read_code


@pytest.fixture
def nobody_switches(monkeypatch):
    i18n.use("fr")

    def switch(language):
        raise AssertionError("the language in force was switched")

    monkeypatch.setattr(i18n, "use", switch)


@pytest.mark.usefixtures("nobody_switches")
def test_looking_up_switches_no_language():
    assert country_by_name("Estados Unidos") == country_by_name("united states") == "US"
    assert country_by_name("Atlantis") is None
    assert read_code("suspendida", Status) is read_code("on hold", Status) is Status.ON_HOLD
    assert read_code("primer semestre", Period) is Period.S1
    assert read_code("focal point", Role) is Role.FOCAL
    assert read_code("assembly", MeetingBody) is MeetingBody.ASSEMBLY
    assert i18n.language() == "fr"


def test_every_country_is_found_by_each_of_its_names():
    """As one finds it who goes through the languages in their order."""
    for language in i18n.LANGUAGES:
        for name in countries.NAMES.values():
            wanted = fold(i18n.catalogue(language).gettext(name))
            found = (
                code
                for one in i18n.LANGUAGES
                for code, other in countries.NAMES.items()
                if fold(i18n.catalogue(one).gettext(other)) == wanted
            )
            assert country_by_name(wanted) == next(found)
