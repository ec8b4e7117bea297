"""What becomes of files: made for everybody or for some, sent in all forms, lost, late, repeated, damaged, refused."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from gealc_tui.commands import exchange
from gealc_tui.commands.exchange import Form
from gealc_tui.domain.vocabulary import Status, Trust

from .copies import Copy, Letter, letter
from .living import Living
from .world import SEEN, does, pick, who
from .writing import activity, status

form = st.sampled_from([Form.FILE, Form.FILE, Form.FILE, Form.MAIL, Form.ZIP, Form.TEXT])

some_files = precondition(lambda self: bool(self.files))


class Letters(Living):
    """The rules by which files travel."""

    def file_of(self, copy: Copy, *, everything: bool = False, recipients: list[str] | None = None) -> Letter:
        made = exchange.export_text(self.speaker(copy).replica, recipients=recipients or (), everything=everything)
        return letter(f"{len(self.files)} {copy.name}.json", made)

    @does(sender=who, number=who, accept=st.booleans(), trial=st.booleans())
    def send_a_file(self, sender: int, number: int, accept: bool, trial: bool) -> None:
        """Made and taken in at once, as when two sit at one table."""
        self.send(self.copy(sender), self.copy(number), accept=accept, trial=trial)

    def send(self, sender: Copy, copy: Copy, *, accept: bool = False, trial: bool = False) -> None:
        made = self.file_of(sender)
        self.take_in(copy, [made], accept=accept, trial=trial)
        shown = copy.view
        assert not self.take_in(copy, [made])
        assert copy.view == shown

    @does(sender=who, number=who, activity=activity, status=status)
    def answer(self, sender: int, number: int, activity: str, status: Status) -> None:
        """One reads what another has to say, and then writes to the same field."""
        self.send(self.copy(sender), self.copy(number))
        self.set_status(self.copy(number), activity, status)

    @does(one=who, other=who, third=who, activity=activity, statuses=st.tuples(status, status))
    def write_at_the_same_time(
        self, one: int, other: int, third: int, activity: str, statuses: tuple[Status, Status]
    ) -> None:
        """Two write to one field, and a third reads both."""
        for number, said in zip((one, other), statuses, strict=True):
            self.set_status(self.copy(number), activity, said)
        for number in (one, other):
            self.take_in(self.copy(third), [self.file_of(self.copy(number))])

    @does(number=who, everything=st.booleans(), recipient=st.none() | who, form=form)
    def make_a_file(self, number: int, everything: bool, recipient: int | None, form: Form) -> None:
        copy = self.speaker(self.copy(number))
        known = {one.replica for one in copy.replica.people()}
        recipients = [self.copy(recipient).id] if recipient is not None else []
        recipients = [one for one in recipients if one in known]
        plain = self.file_of(copy, recipients=recipients, everything=everything)
        # The clock has gone on: the same content, said a second later.
        parcel = exchange.prepare(copy.replica, form, recipients=recipients, everything=everything)
        self.files.append(plain._replace(name=f"{len(self.files)} {copy.name}.{form}", data=parcel.data))

    @some_files
    @does(number=who, which=st.lists(pick, min_size=1, max_size=3), accept=st.booleans(), trial=st.booleans())
    def take_in_files(self, number: int, which: list[int], accept: bool, trial: bool) -> None:
        """Any files, late, twice and in any order; those that nobody takes in are lost."""
        letters = [self.files[n % len(self.files)] for n in which]
        self.take_in(self.copy(number), letters, accept=accept, trial=trial)

    # --- damage ------------------------------------------------------------------------------------------------------

    @some_files
    @does(number=who, which=pick, place=st.integers(0, 10**6))
    def take_in_a_file_that_was_cut_off(self, number: int, which: int, place: int) -> None:
        one = self.files[which % len(self.files)]
        self._take_in_damaged(self.copy(number), one, one.data[: place % (len(one.data) - 2)])

    @some_files
    @does(number=who, which=pick, place=st.integers(0, 10**6), bits=st.sampled_from([1, 2, 4, 8, 16, 32, 64, 128, 42]))
    def take_in_an_altered_file(self, number: int, which: int, place: int, bits: int) -> None:
        """One bit is another, or one byte."""
        one = self.files[which % len(self.files)]
        place %= len(one.data)
        data = one.data[:place] + bytes([one.data[place] ^ bits]) + one.data[place + 1 :]
        self._take_in_damaged(self.copy(number), one, data)

    def _take_in_damaged(self, copy: Copy, one: Letter, data: bytes) -> None:
        """Refused, and nothing is altered; or what was damaged says nothing (white space), or there is a sound copy."""
        whole = copy.whole()
        trial = copy.replica.merge([(one.name, data)], dry_run=True)
        assert copy.whole() == whole
        if all(file.error is not None for file in trial.files):
            copy.replica.merge([(one.name, data)], accept=True)
            assert copy.whole() == whole
            SEEN["files refused"] += 1
        else:
            is_sound = not trial.refused
            self.take_in(copy, [one._replace(data=data, is_damaged=not is_sound)])
            SEEN["files that damage did no harm"] += 1

    @some_files
    @does(number=who, which=st.lists(pick, min_size=2, max_size=4), bad=pick, place=st.integers(0, 10**6))
    def take_in_files_of_which_one_is_damaged(self, number: int, which: list[int], bad: int, place: int) -> None:
        """The others come in."""
        letters = [self.files[n % len(self.files)] for n in which]
        one = letters[bad % len(letters)]
        cut = one.data[: place % (len(one.data) // 2)]
        letters[bad % len(letters)] = one._replace(name=f"cortado {one.name}", data=cut, holds={}, is_damaged=True)
        self.take_in(self.copy(number), letters)

    @some_files
    @does(number=who, which=pick)
    def take_in_a_file_of_a_later_format(self, number: int, which: int) -> None:
        copy, one = self.copy(number), self.files[which % len(self.files)]
        data = one.data.replace(b'"version": 1', b'"version": 2')
        if one.data.startswith(b"{"):
            whole = copy.whole()
            report = copy.replica.merge([(one.name, data)], accept=True)
            assert [file.outcome for file in report.files] == ["newer-version"]
            assert copy.whole() == whole

    # --- asking ------------------------------------------------------------------------------------------------------

    @does(number=who)
    def ask_by_letter(self, number: int) -> None:
        copy = self.speaker(self.copy(number))
        self.files.append(letter(f"{len(self.files)} {copy.name}.json", copy.replica.request_text("Pido lo que falta")))

    @does(asks=who, answers=who)
    def ask_and_be_answered(self, asks: int, answers: int) -> None:
        asking, other = self.speaker(self.copy(asks)), self.speaker(self.copy(answers))
        request = letter("pedido.json", asking.replica.request_text("Pido lo que falta"))
        report = other.replica.merge([(request.name, request.data)])
        is_known = asking.id in other.accepted - other.blocked and asking.id != other.id
        assert list(report.requests) == ([asking.id] if is_known else [])
        self._ask(other)
        answer = self.file_of(other, recipients=[asking.id] if is_known else [], everything=not is_known)
        self.take_in(asking, [answer])
        for author in asking.accepted - asking.blocked - {asking.id}:
            theirs, here = (self.book.of(author, one.view.held) for one in (other, asking))
            if author in self._known(other) and author not in self.book.parted:
                assert theirs <= here
        SEEN["requests answered"] += 1

    # --- trust -------------------------------------------------------------------------------------------------------

    @does(number=who, which=pick)
    def accept_a_stranger(self, number: int, which: int) -> None:
        copy = self.copy(number)
        if found := copy.strangers():
            self.accept(copy, found[which % len(found)])
            SEEN["strangers accepted"] += 1

    def accept(self, copy: Copy, replica: str) -> None:
        self.speaker(copy)
        before, waiting = copy.view, copy.aside().get(replica, set())
        if replica != copy.id:
            again = {other for other, because in copy.blocked_for.items() if because == replica and other != replica}
            copy.accepted |= {replica}
            for one in (replica, *again):
                copy.blocked -= {one}
                copy.blocked_for.pop(one, None)
        report = copy.replica.accept(replica)
        own = self._ask(copy)
        came = copy.view.held - before.held - {one.id for one in own}
        assert waiting <= copy.view.held
        assert report.new == len(came)
        authors = {self.book.wrote[id].replica for id in came}
        assert authors <= self._known(copy)
        copy.accepted |= authors - {copy.id}
        self.ask_what_came(copy, [])

    @does(number=who, which=pick)
    def block_somebody(self, number: int, which: int) -> None:
        copy = self.copy(number)
        others = [one.replica for one in copy.replica.people() if one.trust is not Trust.SELF]
        if others:
            self.block(copy, others[which % len(others)])

    def block(self, copy: Copy, replica: str) -> None:
        """With everybody who goes on, or ever will, under an identity that this key named."""
        copy.replica.block(replica)
        for one in (replica, *self.named_by(replica)):
            if one != copy.id and one not in copy.blocked:
                copy.blocked |= {one}
                copy.accepted -= {one}
                copy.blocked_for[one] = replica
        self._ask(copy)

    def named_by(self, replica: str) -> set[str]:
        found = {replica}
        while more := {new for new, old in self.succeeded.items() if old in found} - found:
            found |= more
        return found - {replica}

    @some_files
    @does(number=who, which=pick)
    def block_for_a_while(self, number: int, which: int) -> None:
        """What was sent meanwhile is sent again."""
        copy, one = self.copy(number), self.files[which % len(self.files)]
        others = sorted(one.holds.keys() - {copy.id})
        if others:
            self.block(copy, others[0])
            self.take_in(copy, [one])
            self.accept(copy, others[0])
            self.take_in(copy, [one])
