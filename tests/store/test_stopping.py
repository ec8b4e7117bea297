"""What a person stops leaves everything as it was, and what is on the disk can no longer be stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica


def after(steps: int) -> Callable[[], bool]:
    """Asks to stop after so many steps."""
    left = iter(range(steps))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_merge_that_is_stopped_anywhere_changes_nothing(
    make_replica: Callable[..., Replica],
    everything: Callable[[Replica], bytes],
    whole: Callable[[Replica], object],
    dry_run: bool,
) -> None:
    ana, eva = make_replica("Ana", plan="small"), make_replica("Eva", "PE", plan="small")
    activities.set_status(eva, "2019/1.1.1", Status.DONE)
    file, before = everything(eva), whole(ana)
    steps = stopped = 0
    while True:
        with ana.another() as beside:
            beside.stop_when(after(steps))
            try:
                report = beside.merge([("eva.json", file)], accept=True, dry_run=dry_run)
            except errors.Stopped:
                stopped += 1
                assert whole(ana) == before, f"after {steps} steps"
            else:
                break
        steps += 7
    assert stopped > 5
    assert report.new > 0
    assert (whole(ana) == before) is dry_run


def test_rebuild_and_verify_can_be_stopped(make_replica: Callable[..., Replica]) -> None:
    ana = make_replica("Ana", plan="small")
    before = ana.fingerprint()
    ana.stop_when(after(3))
    with pytest.raises(errors.Stopped):
        ana.rebuild()
    ana.stop_when(lambda: False)
    assert ana.fingerprint() == before
    assert ana.verify() == ()
