"""Two people said two things: both stand on the screen with their names, side by side, and one key settles it."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from gealc_tui.commands import activities, differences, notes
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.tui.screens import difference
from stories.conftest import MINUTE, Clock, Copies, Windows, file_of
from stories.window import NARROW


async def test_a_difference_shows_in_the_tree_the_top_line_and_the_detail(
    in_difference: Replica, window_on: Windows
) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        assert "≠" in window.line_of("3.6.1 Relevamiento")[:10]
        assert "≠ 2 diferencias" in window.top
        shown = window.detail_text
        assert "≠ a elegir         ■ Suspendida  Eva, Perú, 19/06 12:01" in shown
        assert "≠                  ≈ En curso  Ana, Uruguay, 18/06 12:01" in shown


async def test_both_values_fit_a_small_terminal(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference, NARROW) as window:
        await window.go_to("2019/3.6.1")
        await window.press("enter")
        assert "≠ 2" in window.top
        assert "Eva, Perú, 19/06 12:01" in window.line_of("■ Suspendida  Eva")
        assert "Ana, Uruguay, 18/06 12:01" in window.line_of("≈ En curso  Ana")


async def test_enter_opens_a_difference_and_a_number_settles_it(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        await window.press("e", "home", "down", "down", "enter")
        line = window.line_of(" 1  Eva, Perú")
        assert line.index(" 1  Eva, Perú") < line.index(" 2  Ana, Uruguay"), "they stand side by side"
        assert "19/06 12:01 · se ve ahora" in window.text
        assert window.text.count("había visto: ○ Pendiente") == 2
        assert "■ Suspendida" in window.line_of("≈ En curso")
        assert "1 de 2" in window.text
        await window.press("2")
        reading = in_difference.read.activity("2019/3.6.1", in_difference.today)
        assert (reading.row.status, reading.differences) == (Status.IN_PROGRESS, ())
        assert window.last == "3.6.1 · Estado: En curso · u deshace"
        assert "Ya está resuelta" in window.text
        await window.press("1", "2")
        assert window.last == "Ya está resuelta: d va a la siguiente."
        assert len(in_difference.read.differences()) == 1, "a key that is pressed again settles nothing else"
        await window.press("escape")
        assert window.cursor == "2019/3.6.1"
        assert "a elegir" not in window.detail_text
        assert "≠" not in window.line_of("3.6.1 Relevamiento")
        assert "≠ 1 diferencia" in window.top


async def test_d_and_u_work_at_a_difference_and_the_tree_follows(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        await window.press("D", "2", "u")
        assert in_difference.read.activity("2019/3.6.1", in_difference.today).row.status is Status.ON_HOLD
        await window.press("d")
        assert "≠ Lugar" in window.text
        assert "1 de 1" in window.text
        await window.press("1", "d")
        assert window.last == "No quedan diferencias."
        assert window.screen == "PlanScreen"
        assert window.cursor == "2019/3.9.1"


async def test_in_a_small_terminal_the_values_stand_one_under_the_other(
    in_difference: Replica, window_on: Windows
) -> None:
    async with window_on(in_difference, NARROW) as window:
        await window.go_to("2019/3.6.1")
        await window.press("D")
        rows = [
            window.place_of(words)[0] for words in ("1  Eva, Perú", "■ Suspendida", "2  Ana, Uruguay", "≈ En curso")
        ]
        assert rows == sorted(rows)
        assert len(set(rows)) == 4
        assert "Esc volver" in window.bottom, "the way out is not cut away"


@pytest.fixture
def two_versions(in_difference: Replica, copy_of: Copies) -> Replica:
    """Ana's copy, in which she and Eva have written Eva's note anew, each without having seen the other's."""
    eva = copy_of("Eva", "PE")
    (note,) = (one for one in eva.read.notes("activity/2019/3.6.1") if one.author.name == "Eva")
    notes.edit_note(in_difference, note.id, "Sin respuesta de los países;\nUruguay pregunta otra vez [x].")
    notes.edit_note(eva, note.id, "Sin respuesta de los países;\npropongo suspender שלום\u202e.")
    in_difference.merge([("eva.json", file_of(eva))])
    return in_difference


async def test_of_two_versions_of_a_note_the_words_that_differ_are_underlined(
    two_versions: Replica, window_on: Windows
) -> None:
    async with window_on(two_versions) as window:
        await window.press("D", "d")
        assert "≠ Nota" in window.text
        assert window.text.count("había visto: Sin respuesta de los países;") == 2
        assert "\u202e" not in window.text
        underlined = {
            segment.text.strip()
            for strip in window.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and segment.style.underline and segment.style.bold
        }
        assert underlined == {"propongo suspender שלום", "Uruguay pregunta otra vez [x]"}


async def test_a_third_version_outlives_the_window_and_stands_alone_when_saved(
    two_versions: Replica, copy_of: Copies, window_on: Windows
) -> None:
    async with window_on(two_versions) as window:
        await window.press("D", "d", "e", *" Más 3")
        assert "Otro valor para «Nota»" in window.text
        # Each key is on the disk before the next one: a kill takes nothing away.
        (note,) = (one for one in two_versions.read.differences() if one.field == "text")
        assert copy_of("Ana", "UY").draft(f"{note.entity}#text").endswith(". Más 3")
    async with window_on(copy_of("Ana", "UY")) as window:
        await window.press("D", "d")
        assert "hay un borrador" in window.text
        await window.press("e")
        assert window.find("#text", TextArea).text.endswith(". Más 3")
        await window.press("f2")
        assert "Ya está resuelta" in window.text
        assert [one.text for one in two_versions.read.notes("activity/2019/3.6.1")][-1].endswith(". Más 3")
        assert len(two_versions.read.differences()) == 2
        assert two_versions.draft(f"{note.entity}#text") == ""


async def test_a_third_status_is_chosen_from_a_list_where_digits_keep_nothing(
    in_difference: Replica, window_on: Windows
) -> None:
    async with window_on(in_difference) as window:
        await window.press("D", "e", "1", "y", "u")
        assert len(in_difference.read.differences()) == 2
        await window.press("down", "down", "enter")
        assert in_difference.read.activity("2019/3.6.1", in_difference.today).row.status is Status.DONE
        assert window.last == "3.6.1 · Estado: Cumplida · u deshace"


async def test_a_third_place_is_typed_and_what_does_not_fit_stays_to_be_put_right(
    in_difference: Replica, window_on: Windows
) -> None:
    async with window_on(in_difference) as window:
        await window.press("D", "d", "e")
        window.find("#line", Input).value = "x" * 2_001
        await window.press("enter")
        assert "caben 2000" in window.last
        assert window.find("#line", Input).value == "x" * 2_001
        window.find("#line", Input).value = "Quito"
        await window.press("enter")
        assert in_difference.read.activity("2019/3.9.1", in_difference.today).place == "Quito"


async def test_a_value_that_comes_meanwhile_is_not_taken_away_unseen(
    in_difference: Replica, copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "POLL_SECONDS", 3_600)
    luz = copy_of("Luz", "PA")
    activities.set_status(luz, "2019/3.6.1", Status.CANCELLED)
    async with window_on(in_difference) as window:
        await window.press("D")
        copy_of("Ana", "UY").merge([("luz.json", file_of(luz))], accept=True)
        await window.press("1")
        assert "cambió mientras tanto" in window.last
        assert "Luz, Panamá" in window.text
        assert len(in_difference.read.difference("activity/2019/3.6.1", "status").values) == 3
        await window.press("1")
        assert in_difference.read.difference("activity/2019/3.6.1", "status") is None


async def test_what_is_written_while_somebody_else_settles_is_not_lost(
    in_difference: Replica, copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "POLL_SECONDS", 3_600)
    place = ("activity/2019/3.9.1", "place")
    async with window_on(in_difference) as window:
        await window.press("D", "d", "e", *" 7")
        differences.take(copy_of("Ana", "UY"), *place, "2")
        await window.press("enter")
        assert "No hay una diferencia que resolver" in window.last
        assert "Ya está resuelta" in window.text
        assert window.find("#line", Input).value == "Lima 7"
        await window.press("enter")
        assert [one.value for one in in_difference.read.standing(*place)] == ["Lima 7"]


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        (("y", "enter"), ["2019/3.9.1"]),
        (("y", "y", "escape", "w", "down", "enter"), []),
    ],
)
async def test_many_are_settled_at_once_after_a_second_look(
    two_versions: Replica, window_on: Windows, keys: tuple[str, ...], left: list[str]
) -> None:
    async with window_on(two_versions) as window:
        await window.press("D", keys[0])
        assert "Toda la actividad 3.6.1: 2 diferencias" in window.text
        assert "tomar lo de Eva, Perú (2 diferencias)" in window.text
        assert len(two_versions.read.differences()) == 3
        await window.press(*keys[1:])
        assert [one.activity for one in two_versions.read.differences()] == left
        assert window.last == f"{3 - len(left)} diferencias resueltas · u deshace"


async def test_a_difference_that_concerns_no_activity_is_found_too(
    copy_of: Copies, clock: Clock, window_on: Windows
) -> None:
    ana, eva = copy_of("Ana", "UY"), copy_of("Eva", "PE")
    activities.set_field(ana, "area/2019/3.6", "objective", "Uno")
    clock.now += MINUTE
    activities.set_field(eva, "area/2019/3.6", "objective", "Dos")
    ana.merge([("eva.json", file_of(eva))], accept=True)
    async with window_on(ana) as window:
        assert "≠ 1 diferencia" in window.top
        await window.press("d")
        assert "3.6  Tecnologías emergentes" in window.text
        assert "≠ Objetivo" in window.text
        await window.press("y")
        assert window.last == "Aquí no queda ninguna diferencia de una actividad."
        await window.press("2", "escape")
        assert ana.read.differences() == ()


async def test_a_status_key_settles_a_difference_of_status(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        await window.press("3")
        reading = in_difference.read.activity("2019/3.6.1", in_difference.today)
        assert (reading.row.status, reading.differences) == (Status.DONE, ())


async def test_what_was_settled_stands_in_the_other_copy_too(
    in_difference: Replica, copy_of: Copies, window_on: Windows
) -> None:
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.6.1")
        await window.press("e", "home", "down", "enter", "1")
    eva = copy_of("Eva", "PE")
    eva.merge([("ana.json", file_of(in_difference))], accept=True)
    reading = eva.read.activity("2019/3.6.1", eva.today)
    assert (reading.row.status, reading.differences) == (Status.ON_HOLD, ())


async def test_d_goes_from_difference_to_difference_and_round(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        for expected in ("2019/3.6.1", "2019/3.9.1", "2019/3.6.1"):
            await window.press("d")
            await window.until(lambda: window.cursor == expected)  # noqa: B023
        assert "a elegir" in window.detail_text


async def test_d_finds_a_difference_that_a_search_hides(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.press("slash", *"blog", "enter", "d")
        await window.until(lambda: window.cursor == "2019/3.6.1")
        assert "a elegir" in window.detail_text


async def test_d_opens_an_area_that_is_closed(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.press("o", "d")
        await window.until(lambda: window.cursor == "2019/3.6.1")
        assert "3.6.1 Relevamiento" in window.text


async def test_without_differences_d_says_so(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("d")
        assert window.last == "No hay diferencias."


async def test_v_shows_who_said_what_and_when(in_difference: Replica, window_on: Windows, copy_of: Copies) -> None:
    activities.set_status(in_difference, "2019/3.4.1", Status.IN_PROGRESS)
    activities.set_status(in_difference, "2019/3.4.1", Status.DONE)
    async with window_on(in_difference) as window:
        await window.go_to("2019/3.4.1")
        await window.press("v")
        shown = window.detail_text
        assert "20/06 12:00 · Ana, Uruguay" in shown
        assert "Estado: En curso → Cumplida" in shown
        assert shown.index("En curso → Cumplida") < shown.index(
            "Pendiente → En curso" if "Pendiente →" in shown else "Estado: En curso\n"
        ), "the newest stands first"
        assert "documento oficial" in shown


async def test_v_twice_shows_what_was_noticed_in_the_document(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), (120, 50)) as window:
        await window.go_to("2019/3.5.2")
        await window.press("v", "v")
        shown = " ".join(window.detail_text.split())
        assert "Responsable: Chile" in shown
        assert "No se sabe de qué actividad es responsable. Pregunta para la Secretaría." in shown
        await window.press("v")
        assert "Sin notas" in window.detail_text


async def test_values_that_look_alike_are_said_to_differ_in_what_nobody_sees(
    copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, eva = copy_of("Ana", "UY"), copy_of("Eva", "PE")
    activities.set_field(ana, "activity/2019/3.9.1", "place", "Lima")
    with monkeypatch.context() as older:
        older.setattr("gealc_tui.invisible.folded", str)
        activities.set_field(eva, "activity/2019/3.9.1", "place", "Lima\u200b")
    ana.merge([("eva.json", file_of(eva))], accept=True)
    async with window_on(ana) as window:
        await window.press("D")
        assert window.screen == "DifferenceScreen"
        assert "difieren en caracteres que no se ven (espacio sin ancho, U+200B)" in window.words
