"""The questions that the surfaces ask, answered with frozen readings.

Every answer is taken from one moment of the database.
"""

from __future__ import annotations

from gealc_tui.store.finding_queries import FindingQueries
from gealc_tui.store.life_queries import LifeQueries
from gealc_tui.store.meeting_queries import MeetingQueries
from gealc_tui.store.naming_queries import NamingQueries
from gealc_tui.store.translation_queries import TranslationQueries
from gealc_tui.store.year_queries import YearQueries


class Queries(FindingQueries, LifeQueries, MeetingQueries, YearQueries, NamingQueries, TranslationQueries):
    """All of them, over one database."""
