"""muster.web.desk.custody: boxes as a packer sees them."""

from typing import Any

from django.urls import reverse

from muster.apps.screening.models import Box, HandOver, Packed
from muster.apps.screening.queries.lost import PLACES
from muster.web.round_words import ROUND_WORDS
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import Lived, one, sent, shown


def begun(client: Any, lived: Lived) -> Any:
    round_id = lived[1]["round"].id
    text = shown(sent(client, "desk-box-begin", round=round_id, code="box-7"))
    assert "BOX-7" in text
    return one(Box, code="BOX-7")


def test_tubes_are_scanned_in_and_taken_out(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    box = begun(client, lived)
    first = shown(client.post(reverse("desk-box-pack", args=[box.id]), {"tube": "LC0000000001"}))
    assert "✓ LC0000000001" in first
    assert "autofocus" in first
    unknown = shown(client.post(reverse("desk-box-pack", args=[box.id]), {"tube": "LC0000000404"}))
    assert "系统里没有这支管" in unknown
    empty = shown(client.post(reverse("desk-box-pack", args=[box.id]), {"tube": " "}))
    assert "请先扫码" in empty
    packed = one(Packed, tube="LC0000000404")
    assert "已取出" in shown(sent(client, "desk-box-unpack", packed.id))
    assert one(Packed, tube="LC0000000404").taken_out_at is not None


def test_a_box_is_handed_over_with_what_was_counted(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    box = begun(client, lived)
    client.post(reverse("desk-box-pack", args=[box.id]), {"tube": "LC0000000001"})
    text = shown(sent(client, "desk-box-hand", box.id, "sealed", counted=2))
    assert "清点数与扫码数不一致" in text
    assert "这箱已封" in shown(client.post(reverse("desk-box-pack", args=[box.id]), {"tube": "X1"}))
    out_of_order = shown(sent(client, "desk-box-hand", box.id, "laboratory", counted=1))
    assert "先封箱" in out_of_order
    shown(sent(client, "desk-box-hand", box.id, "courier", counted=1, to="晋A12345"))
    assert one(HandOver, box=box.id, stage="courier").to == "晋A12345"


def test_a_count_that_is_no_number_is_named(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    box = begun(client, lived)
    text = shown(sent(client, "desk-box-hand", box.id, "sealed", counted="ten"))
    assert "人工清点支数" in text
    assert one(HandOver, box=box.id) is None


def test_the_manifest_has_codes_and_nobodys_name(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    box = begun(client, lived)
    client.post(reverse("desk-box-pack", args=[box.id]), {"tube": "LC0000000001"})
    text = shown(client.get(reverse("desk-box-manifest", args=[box.id])))
    assert "LC0000000001" in text
    assert "<svg" in text
    assert "王一" not in text


def test_the_lists_of_lost_results(enter: Enter, lived: Lived) -> None:
    text = shown(enter("secretary").get(reverse("desk-lost")))
    for key in PLACES:
        assert str(ROUND_WORDS["lost"][key]) in text
    assert "XX0000000000" in text  # a result for a tube that nobody knows


def test_who_may_not_carry_is_refused(enter: Enter, lived: Lived) -> None:
    answer = enter("contact").get(reverse("desk-boxes"))
    assert answer.status_code in {403, 404}
