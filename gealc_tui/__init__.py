"""gealc_tui: an offline tracker for the annual work plan of Red GEALC."""

__version__ = "0.1.0"
