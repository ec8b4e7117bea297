"""Fields are edited in their place; what is typed is kept, and refused only with a reason."""

from __future__ import annotations

from textual.widgets import Input

from gealc_tui.commands import activities
from gealc_tui.replica import Replica
from gealc_tui.tui.sheet import FieldRow
from stories.conftest import Copies, Windows
from stories.window import Window

HERE = "2019/3.4.1"


async def open_field(window: Window, field: str) -> None:
    """Goes into the activity and down to a field, and opens it."""
    await window.press("e", "home")
    rows = [row.field if isinstance(row, FieldRow) else "" for row in window.detail._rows]
    await window.press(*["down"] * rows.index(field), "enter")
    assert window.focus == "field"


def field(window: Window) -> Input:
    return window.find("#field", Input)


def lead_of(replica: Replica) -> str | None:
    return replica.read.activity(HERE, replica.today).row.lead


async def test_the_lead_is_set_by_code_or_by_name(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await open_field(window, "lead")
        await window.press(*"cl", "enter")
        assert lead_of(replica) == "CL"
        assert "Chile" in window.line_of("Responsable")
        assert window.focus == "fields"
        assert window.last == "3.4.1 · Responsable: Chile · u deshace"
        await window.press("enter", "home")
        await window.press("delete", "delete", *"perú", "enter")
        assert lead_of(replica) == "PE"
        await window.press("u")
        assert lead_of(replica) == "CL"


async def test_an_impossible_date_is_refused_and_stays_typed(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await open_field(window, "due")
        await window.press(*"31/02/2019", "enter")
        assert "«31/02/2019» no sirve para Plazo: se espera una fecha que exista" in window.last
        assert field(window).value == "31/02/2019"
        assert window.focus == "field"
        assert replica.read.activity(HERE, replica.today).row.due is None
        await window.press("home", "delete", "2", "delete", "8", "enter")
        assert replica.read.activity(HERE, replica.today).row.due == "2019-02-28"
        assert "28/02/2019" in window.line_of("Plazo")


async def test_what_is_typed_is_kept_before_enter_and_comes_back_after_a_kill(
    copy_of: Copies, window_on: Windows
) -> None:
    beside = copy_of("Ana")
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        await open_field(window, "place")
        await window.press("end", *" A")
        assert beside.draft(f"activity/{HERE}#place") == "Intercambios virtuales. A"
        # Nothing is asked of this window any more: the next start is all that is left, as after a kill.
        async with window_on(copy_of("Ana")) as after:
            assert after.cursor == HERE
            await open_field(after, "place")
            assert field(after).value == "Intercambios virtuales. A"
            await after.press("B", "enter")
            assert beside.read.activity(HERE, beside.today).place == "Intercambios virtuales. AB"
            assert beside.draft(f"activity/{HERE}#place") == ""


async def test_esc_leaves_the_field_as_it_was(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    before = replica.fingerprint()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await open_field(window, "place")
        await window.press("end", "X", "escape")
        assert window.focus == "fields"
        assert replica.fingerprint() == before
        assert "virtuales.X" not in window.text
        await window.press("enter")
        assert field(window).value == "Intercambios virtuales."
        await window.press("escape", "escape")
        assert window.focus == "tree"


async def test_keys_of_the_plan_are_letters_in_a_field(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    before = replica.fingerprint()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await open_field(window, "due")
        typed = "1234neduvoxpqtU?/"
        await window.press(*typed)
        assert field(window).value == typed
        assert window.screen == "PlanScreen"
        assert replica.fingerprint() == before


async def test_a_field_that_is_emptied_is_empty(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    activities.set_field(replica, f"activity/{HERE}", "lead", "CL")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await open_field(window, "lead")
        await window.press("backspace", "backspace", "enter")
        assert lead_of(replica) is None
        assert "—" in window.line_of("Responsable")


async def test_the_bottom_line_says_how_to_end(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to(HERE)
        await open_field(window, "place")
        assert window.bottom.split("   ")[0] == "Enter guardar  Esc dejar sin cambiar"
        await window.press("escape")
        assert window.bottom.startswith("1-5 estado")


async def test_status_is_set_by_its_keys_inside_the_detail_too(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("e", "enter")
        assert window.last == "El estado se pone con las teclas 1 a 5."
        await window.press("2")
        assert "≈ En curso" in window.line_of("Estado")
        assert window.focus == "fields"


async def test_an_objective_is_edited_from_the_area(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.press("tab", "home", "enter")
        assert window.focus == "field"
        await window.press("end", "!", "enter")
        outline = replica.read.outline(replica.today, replica.plan)
        assert outline is not None
        assert (outline.areas[0].objective or "").endswith("!")
