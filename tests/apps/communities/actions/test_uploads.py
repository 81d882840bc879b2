"""A large file is read beside the request (`muster.apps.communities.tasks`): sealed while it waits,
its progress in view, stopped when somebody says so, refused with a reason."""

from typing import Any

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.communities.actions import cancel_upload, receive_upload, uploads
from muster.apps.communities.errors import NothingToCancel
from muster.apps.communities.models import Intake, Upload
from muster.apps.communities.queries.imports import upload_of, uploads_of
from muster.apps.communities.tasks import take_in
from muster.apps.people.errors import NotAllowed
from muster.intake.errors import TooLarge
from tests.apps.communities.actions.test_rolls import BAD, FILE
from tests.support.city import HERE, SmallCity


def received(city: SmallCity, data: bytes = FILE) -> Upload:
    with act_as(city.secretary):
        return receive_upload(area=HERE, filename="晨光花园.xlsx", data=data, sender="物业")


def now(upload: Upload) -> Upload:
    with as_system("look"):
        return Upload.objects.get(id=upload.id)


def test_the_job_takes_the_rows_in_as_whoever_sent_them(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    state = uploads._state

    def watched(upload: Any, **changed: Any) -> None:
        seen.append((changed.get("done", -1), changed.get("total", -1)))
        state(upload, **changed)

    monkeypatch.setattr(uploads, "_state", watched)
    upload = received(city)
    assert FILE[:64] not in bytes(now(upload).content)
    assert take_in(upload_id=str(upload.id)) == "done"
    done = now(upload)
    assert (done.state, done.done) == ("done", 3000)
    assert bytes(done.content)  # still sealed, to be read again with other columns
    assert FILE[:64] not in bytes(done.content)
    assert (2000 + 1, 3001) in seen or any(0 < a < 3000 for a, _ in seen)
    with act_as(city.secretary):
        assert Intake.objects.filter(batch=done.batch, state="waiting").count() == len(BAD)
        assert done.batch is not None
        assert done.batch.created_by == f"account:{city.secretary.account}"
        assert uploads_of(HERE) == []
        assert upload_of(upload.id).state == "done"
    assert take_in(upload_id=str(upload.id)) == "gone"
    same = received(city)
    assert take_in(upload_id=str(same.id)) == "done"
    assert bytes(now(same).content) == b""


def test_what_is_no_spreadsheet_is_refused_with_a_reason(city: SmallCity) -> None:
    upload = received(city, b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert take_in(upload_id=str(upload.id)) == "refused"
    assert now(upload).problem
    with act_as(city.secretary):
        assert [u.id for u in uploads_of(HERE)] == [upload.id]


def test_stopped_before_and_while_it_is_read(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = received(city)
    with act_as(city.secretary):
        cancel_upload(upload=upload.id)
        with pytest.raises(NothingToCancel):
            cancel_upload(upload=upload.id)
    assert take_in(upload_id=str(upload.id)) == "gone"
    upload = received(city)
    state = uploads._state

    def stopped(upload: Any, **changed: Any) -> None:
        with as_system("stop"):
            Upload.objects.filter(id=upload).update(state="cancelled")
        state(upload, **changed)

    monkeypatch.setattr(uploads, "_state", stopped)
    assert take_in(upload_id=str(upload.id)) == "cancelled"
    with as_system("look"):
        assert not Intake.objects.exists()


def test_only_who_may_and_nothing_too_large(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        receive_upload(area=HERE, filename="a.xlsx", data=b"")
    with act_as(city.secretary), pytest.raises(TooLarge):
        receive_upload(area=HERE, filename="a.xlsx", data=bytes(65 * 1024 * 1024))
