"""The closed lists."""

from __future__ import annotations

import re

from gealc_tui.domain.vocabulary import BODIES, COUNTRIES, MEMBERS, OBSERVERS, Period, Role, Status, Trust
from gealc_tui.i18n.countries import NAMES


def test_the_organization_has_35_members():
    assert len(MEMBERS) == 35
    assert {"AR", "BO", "CU", "GY", "KN", "SR", "US", "UY", "VE"} <= MEMBERS


def test_a_country_is_a_member_or_an_observer_and_not_both():
    assert not MEMBERS & OBSERVERS
    assert COUNTRIES == MEMBERS | OBSERVERS


def test_countries_are_iso_codes_and_bodies_are_not_confused_with_them():
    assert all(re.fullmatch("[A-Z]{2}", code) for code in COUNTRIES)
    assert not BODIES & COUNTRIES


def test_every_country_has_a_name_in_every_language():
    assert all(NAMES[code] for code in COUNTRIES)


def test_codes_in_databases_and_files_do_not_alter():
    assert [status.value for status in Status] == ["pending", "in_progress", "done", "on_hold", "cancelled"]
    assert [period.value for period in Period] == ["S1", "S2", "ANNUAL"]
    assert [role.value for role in Role] == ["focal", "secretariat", "committee", "observer"]
    assert {trust.value for trust in Trust} == {"self", "accepted", "stranger", "blocked"}
