"""Fields are edited in their place; what is typed is kept, and refused only with a reason."""

from __future__ import annotations

from textual.widgets import Input

from gealc_tui.commands import activities
from gealc_tui.domain.fields import FIELDS, FieldType
from gealc_tui.i18n.labels import field_label, fold
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows
from stories.window import Window

HERE = "2019/3.4.1"


def _keys(text: str) -> list[str]:
    return ["space" if one == " " else one for one in text]


def field(window: Window) -> Input:
    return window.find("#field", Input)


def lead_of(replica: Replica) -> str | None:
    return replica.read.activity(HERE, replica.today).row.lead


async def test_the_lead_is_set_by_code_or_by_name(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.open_field("lead")
        await window.press(*"cl", "enter")
        assert lead_of(replica) == "CL"
        assert "Chile" in window.line_of("Responsable")
        assert window.focus == "fields"
        assert window.last == "3.4.1 · Responsable: Chile · u deshace"
        await window.press("enter", *"per", "enter")
        assert lead_of(replica) == "PE"
        await window.press("u")
        assert lead_of(replica) == "CL"


async def test_an_impossible_date_is_refused_and_stays_typed(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.open_field("due")
        await window.press(*"31/02/2019", "enter")
        assert "«31/02/2019» no es válido para Plazo" in window.words
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
        await window.open_field("place")
        await window.press("end", *" A")
        assert beside.draft(f"activity/{HERE}#place") == "Intercambios virtuales. A"
        # Nothing is asked of this window any more: the next start is all that is left, as after a kill.
        async with window_on(copy_of("Ana")) as after:
            assert after.cursor == HERE
            await after.open_field("place")
            assert field(after).value == "Intercambios virtuales. A"
            await after.press("B", "enter")
            assert beside.read.activity(HERE, beside.today).place == "Intercambios virtuales. AB"
            assert beside.draft(f"activity/{HERE}#place") == ""


async def test_esc_leaves_the_field_as_it_was(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    before = replica.fingerprint()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.open_field("place")
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
        await window.open_field("due")
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
        await window.open_field("lead")
        await window.press("backspace", "backspace", "enter")
        assert lead_of(replica) is None
        assert "—" in window.line_of("Responsable")


async def test_the_bottom_line_says_how_to_end(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to(HERE)
        await window.open_field("place")
        assert window.bottom.split("   ")[0] == "Enter guardar  Esc cancelar"
        await window.press("escape")
        assert window.bottom.startswith("1-5 estado")


async def test_status_is_set_by_its_keys_inside_the_detail_too_or_chosen(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("e", "2")
        assert "≈ En curso" in window.line_of("Estado")
        assert window.focus == "fields"
        await window.press("enter", *"cum", "enter")
        assert "● Cumplida" in window.line_of("Estado")
        await window.press("enter", "down", "enter")
        assert "■ Suspendida" in window.line_of("Estado")


async def test_a_list_narrows_while_one_types_and_a_beginning_of_one_only_suffices(
    copy_of: Copies, window_on: Windows
) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.open_field("co_leads")
        await window.press(*"par")
        assert "Paraguay" in window.words
        assert "Uruguay" not in window.detail_text
        await window.press("enter")
        assert replica.read.activity(HERE, replica.today).co_leads == ("PY",)
        await window.press("enter", "comma", "space", *"domin", "down", "down")
        await window.press("enter")
        assert len(replica.read.activity(HERE, replica.today).co_leads) == 2
        await window.open_field("lead")
        await window.press(*"zz", "enter")
        assert "se espera un país" in window.words
        assert window.focus == "field"


async def test_a_day_is_read_back_while_it_is_typed(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to(HERE)
        await window.open_field("due")
        await window.press(*"15/8/2019")
        assert "Entendido: 15/08/2019 (jueves)" in window.words


async def test_every_field_can_be_filled_in_where_it_stands(copy_of: Copies, window_on: Windows) -> None:
    """And from the list of commands with three keys beside the text."""
    typed = {
        FieldType.LINE: "Uno",
        FieldType.CODE: "9.9",
        FieldType.STATUS: "cumplida",
        FieldType.PERIOD: "segundo",
        FieldType.LEAD: "perú",
        FieldType.LEADS: "perú, chile",
        FieldType.DUE: "15/8/2019",
        FieldType.HAPPENED: "15/8/2019",
        FieldType.PERCENT: "40",
        FieldType.COUNT: "3",
    }
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        for one in FIELDS["activity"]:
            before = replica.read.activity(HERE, replica.today).value(one.name)
            if one.type is FieldType.STATUS:
                await window.open_field(one.name)
            else:
                await window.press("f8")
                await window.type(fold(field_label("activity", one.name)))
                await window.press("enter")
            assert window.focus == "field", one
            await window.press(*_keys(typed[one.type]), "enter")
            assert window.focus == "fields", one
            assert replica.read.activity(HERE, replica.today).value(one.name) != before, one
        product = replica.read.activity(HERE, replica.today).products[0]
        for one in FIELDS["product"]:
            await window.open_field(one.name)
            await window.press(*_keys(typed[one.type]), "enter")
        after = replica.read.activity(HERE, replica.today).products[0]
        assert all(getattr(after, one.name) != getattr(product, one.name) for one in FIELDS["product"])


async def test_an_objective_is_edited_from_the_area(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.press("tab", "home", "enter")
        assert window.focus == "field"
        await window.press("end", "!", "enter")
        outline = replica.read.outline(replica.today, replica.plan)
        assert outline is not None
        assert (outline.areas[0].objective or "").endswith("!")
