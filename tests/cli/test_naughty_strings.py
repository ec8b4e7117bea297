"""What other copies send, however odd: every command shows it and survives, and a terminal obeys none of it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

import pytest

from gealc_tui.cli.main import main
from gealc_tui.commands import activities
from gealc_tui.plain import drawable
from gealc_tui.replica import Replica

NAUGHTY = (
    "[/] listo",
    "[x] hecho [CEPAL] Mesa [50%]",
    "carpeta C:\\",
    "{0} {name} $text %s",
    "\u202eexe.txt\u202c fin \u2067x\u2069",
    "שלום abc مرحبا",
    "e\u0301\u0302\u0303 a\u200bb\u200dc\ufeffd",
    "会議は三月に開催されます",
    "👩‍👩‍👧 listo 🇺🇾",
    "\x1b[31mrojo\x1b[0m \x1b]0;título\x07\x07\x9b2J fin",
    "uno\ndos\ttres\r\ncuatro",
    "\x00nulo\x08\x7f \x85 fin",
    "á" * 2_000,
)


@pytest.fixture
def strange(make_replica: Callable[..., Replica], everything: Callable[[Replica], bytes]) -> tuple[Replica, Replica]:
    """Ana, and Eva who wrote such things wherever there is room for words; Ana has received them."""
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    eva.commit([(f"person/{eva.id}", "name", f"{NAUGHTY[0]}\n{NAUGHTY[9]} Eva {NAUGHTY[2]}")])
    eva.commit([("plan/2019", "title", NAUGHTY[10]), ("area/2019/3.1", "title", NAUGHTY[9])])
    outline = eva.read.outline(eva.today, eva.plan)
    assert outline is not None
    for row, text in zip(outline.activities, NAUGHTY, strict=False):
        about, note = f"activity/{row.id}", f"note/{row.id}"
        eva.commit([(about, "title", text), (about, "place", text), (about, "resources", text)])
        eva.commit([(note, "about", about), (note, "text", text), (note, "official", True)])
        activities.set_field(ana, about, "place", "Quito")
    return ana, eva


def test_every_command_shows_them_and_no_terminal_obeys(
    strange: tuple[Replica, Replica], everything: Callable[[Replica], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    ana, eva = strange
    file = ana.path.parent / "[x] \u202e会議.json"
    file.write_bytes(everything(eva))

    def said(*arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        capsys.readouterr()
        code = main(["--home", str(ana.path.parent), *arguments])
        out, err = capsys.readouterr()
        assert code in codes, (arguments, err)
        for line in (out + err).split("\n"):
            obeyed = [one for one in line if unicodedata.category(one) == "Cc" or one in "\u202e\u202c\u2067\u2069"]
            assert not obeyed, (arguments, line)
        return " ".join(out.split())

    looked = said("merge", "--dry-run", "--accept", str(file), codes=(0, 3))
    said("merge", str(file), codes=(0, 3))
    assert "[/] listo" in said("people")
    said("accept", eva.id or "", codes=(0, 3))
    told = {
        "merge": looked,
        "list": said("list"),
        "log": said("log"),
        "conflicts": said("conflicts", codes=(0, 3)),
        "people": said("people"),
        "backups": said("backups"),
    }
    for text in NAUGHTY:
        for place in ("list", "log", "conflicts"):
            assert " ".join(drawable(text).split()) in told[place], (place, text)
    outline = ana.read.outline(ana.today, ana.plan)
    assert outline is not None
    for row, text in zip(outline.activities, NAUGHTY, strict=False):
        shown = said("show", row.id)
        assert shown.count(" ".join(drawable(text).split())) >= 3, text
        capsys.readouterr()
        assert main(["--home", str(ana.path.parent), "show", row.id, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["title"] == text, "programs get it as it is"
