"""Residents come in as they do: messy spreadsheets, some rows broken. Nothing is dropped."""

from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import import_roll
from muster.demo.generator.mess import sheets
from muster.demo.night.stage import Stage
from muster.kernel import clock


def come_in(stage: Stage) -> None:
    """Four files from the estates; then the first of them once more, which changes nothing."""
    files = sheets(stage.world)
    taken = waiting = rows = 0
    for i, file in enumerate(files):
        with clock.travel(stage.at(-3 + i / 10)), act_as(stage.actors["secretary"]):
            report = import_roll(
                area=stage.community, filename=file.filename, data=file.content,
                estate=stage.estates()[0 if i < 2 else 1],
            )  # fmt: skip
        rows += report.rows
        taken += report.taken + report.known
        waiting += report.waiting
        stage.promise(report.rows == file.good + file.bad, f"{file.filename}: rows were lost")
        stage.promise(report.waiting >= file.bad, f"{file.filename}: a broken row was taken unseen")
    with act_as(stage.actors["secretary"]):
        again = import_roll(area=stage.community, filename=files[0].filename, data=files[0].content)
    stage.promise(again.again, "the same file again changed something")
    stage.note(rows=rows, residents=taken, rows_waiting=waiting)
