"""What people write, by the commands, and what programs of other versions and people of ill will write beside them."""

from __future__ import annotations

from hypothesis import strategies as st

from gealc_tui import errors
from gealc_tui.commands import activities, differences, notes, undo
from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.entities import knows
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica, Setting
from gealc_tui.sync.trust import SUCCEEDS

from .copies import Copy
from .world import SEEN, World, does, pick, who

ACTIVITIES = ("2019/1.1.1", "2019/1.1.2")
FIELDS = {"place": ["Lima", "Quito", "", "  "], "progress": ["0", "50", "100", ""], "co_leads": ["UY", "PE,UY", ""]}
TEXTS = ["uno", "dos", "tres\ncuatro", "ñandú «5»"]

FROM_THE_FUTURE: list[Setting] = [
    ("activity/2019/1.1.1", "mood", "bueno"),
    ("activity/2019/1.1.1", "mood", ["bueno", [1, None, True]]),
    ("activity/2019/1.1.1", "status", "postponed"),
    ("activity/2019/1.1.1", "progress", "mucho"),
    ("activity/2019/1.1.2", "lead", 2**53 - 1),
    ("activity/2019/1.1.2", "co_leads", False),
    ("activity/2019/1.1.2", "deleted", True),
    ("activity/2019/1.1.2", "deleted", False),
    ("robot/7", "arms", 2),
    ("robot/7", "arms", 4),
]
"""An unknown field, values that this version does not know, an unknown kind."""

activity = st.sampled_from(ACTIVITIES)
status = st.sampled_from(list(Status))
text = st.sampled_from(TEXTS)


class Writing(World):
    """The rules by which something is written."""

    @does(number=who, activity=activity, status=status, note=st.none() | text)
    def set_a_status(self, number: int, activity: str, status: Status, note: str | None) -> None:
        self.set_status(self.copy(number), activity, status, note)

    def set_status(self, copy: Copy, activity: str, status: Status, note: str | None = None) -> None:
        self.write(copy, lambda replica: activities.set_status(replica, activity, status, note))

    @does(number=who, activity=activity, field=st.sampled_from(sorted(FIELDS)), which=pick)
    def set_a_field(self, number: int, activity: str, field: str, which: int) -> None:
        said = FIELDS[field][which % len(FIELDS[field])]
        self.write(self.copy(number), lambda copy: activities.set_field(copy, f"activity/{activity}", field, said))

    @does(number=who, activity=activity, text=text)
    def add_a_note(self, number: int, activity: str, text: str) -> None:
        self.write(self.copy(number), lambda copy: notes.add_note(copy, f"activity/{activity}", text))

    def _some_note(self, copy: Copy, which: int) -> str | None:
        found = [note.id for one in ACTIVITIES for note in copy.replica.read.notes(f"activity/{one}")]
        return found[which % len(found)] if found else None

    @does(number=who, which=pick, text=text)
    def edit_a_note(self, number: int, which: int, text: str) -> None:
        copy = self.copy(number)
        if (note := self._some_note(copy, which)) is not None:
            self.write(copy, lambda replica: notes.edit_note(replica, note, text))

    @does(number=who, which=pick)
    def delete_a_note(self, number: int, which: int) -> None:
        copy = self.copy(number)
        if (note := self._some_note(copy, which)) is not None and self.write(
            copy, lambda one: notes.delete_note(one, note)
        ):
            SEEN["notes deleted"] += 1

    @does(number=who, which=pick)
    def bring_back_a_note(self, number: int, which: int) -> None:
        copy = self.copy(number)
        found = sorted(place for place in copy.view.heads if place[0].startswith("note/") and place[1] == "deleted")
        if found:
            entity = found[which % len(found)][0]
            self.write(copy, lambda replica: replica.commit([(entity, "deleted", False)]))

    @does(number=who)
    def take_back(self, number: int) -> None:
        if self.write(self.copy(number), undo.undo, errors.NothingToUndo, errors.ChangedSince):
            SEEN["changes undone"] += 1

    @does(number=who)
    def do_again(self, number: int) -> None:
        if self.write(self.copy(number), undo.redo, errors.NothingToRedo, errors.ChangedSince):
            SEEN["changes done again"] += 1

    @does(number=who, which=pick, value=pick)
    def settle_a_difference(self, number: int, which: int, value: int) -> None:
        copy = self.copy(number)
        found = [one for one in copy.replica.read.differences() if knows(kind_of(one.entity), one.field)]
        if found:
            one = found[which % len(found)]
            change = one.values[value % len(one.values)].change
            if not self.write(copy, lambda replica: differences.take(replica, one.entity, one.field, change)):
                assert copy.replica.read.approved_plans()
                return
            assert copy.replica.read.difference(one.entity, one.field) is None
            SEEN["differences settled"] += 1

    @does(number=who, activity=st.none() | activity, which=pick, way=st.sampled_from(["shown", "theirs", "others"]))
    def settle_many_differences(self, number: int, activity: str | None, which: int, way: str) -> None:
        copy = self.copy(number)
        standing = [value for one in copy.replica.read.differences() for value in one.values]
        if not standing:
            return
        author = standing[which % len(standing)].author.replica

        def settle(replica: Replica) -> object:
            if way == "shown":
                return differences.take_shown(replica, activity or ACTIVITIES[0])
            take = differences.take_theirs if way == "theirs" else differences.take_others
            return take(replica, author, activity)

        if self.write(copy, settle, errors.NothingToSettle):
            SEEN["settled together"] += 1

    @does(number=who, name=st.sampled_from(["Ana María", "José", "Ñusta"]))
    def change_the_name(self, number: int, name: str) -> None:
        copy = self.copy(number)
        self.write(copy, lambda replica: replica.introduce(name, "UY", "focal"))
        assert copy.replica.read.person(copy.id)[0] == name

    # --- of other versions, and of ill will --------------------------------------------------------------------------

    @does(number=who, which=st.lists(pick, min_size=1, max_size=2))
    def write_from_the_future(self, number: int, which: list[int]) -> None:
        settings = {
            FROM_THE_FUTURE[n % len(FROM_THE_FUTURE)][:2]: FROM_THE_FUTURE[n % len(FROM_THE_FUTURE)][2] for n in which
        }
        said = [(entity, field, value) for (entity, field), value in settings.items()]
        self.write(self.copy(number), lambda replica: replica.commit(said))

    @does(number=who, of=who, name=text)
    def speak_of_another_person(self, number: int, of: int, name: str) -> None:
        """Their own program would not do it: it counts nowhere."""
        other = f"person/{self.copy(of).id}"
        self.write(self.copy(number), lambda replica: replica.commit([(other, "name", name)], step=None))

    @does(number=who, of=who)
    def claim_to_be_anothers_successor(self, number: int, of: int) -> None:
        """With a signature that is not the other's."""
        copy, other = self.copy(number), self.copy(of).id

        def claim(replica: Replica) -> object:
            proof: Value = [other, replica._identity.sign_successor(replica.id or "")]
            return replica.commit([(f"person/{replica.id}", SUCCEEDS, proof)], step=None)

        if other != copy.id:
            self.write(copy, claim)
