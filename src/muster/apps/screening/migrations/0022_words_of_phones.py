"""What recorders typed stands where its scope guards it, and without the numbers of people.

Why a tube is not full was kept twice: with the tube, which names nobody and whoever has a result may
see, and with the closing. It goes from the tube. In what was typed before, numbers are masked.
"""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from muster.intake.speech.phones import without_numbers

EARLIER = import_module("muster.apps.screening.migrations.0018_log_by_itself").CLOSE
replacing = import_module("muster.apps.screening.migrations.0021_late_records").replacing

NO_NOTE = EARLIER.replace(
    "p_now, p_device, i.count, i.reason,\n           ''",
    "p_now, p_device, i.count, '',\n           ''",
)
CLEAR = """
UPDATE screening_tube SET note = '' WHERE note <> '';
UPDATE screening_decision SET after = jsonb_set(after, '{tube,note}', '""')
WHERE choice = 'closing_applied' AND after #>> '{tube,note}' <> '';
UPDATE screening_decision SET before = jsonb_set(before, '{tube,note}', '""')
WHERE choice = 'closing_applied' AND before #>> '{tube,note}' <> '';
"""


def mask(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Mask the numbers in reasons of changes and closings."""
    for name in ("Change", "Closing"):
        model = apps.get_model("screening", name).objects.using(editor.connection.alias)
        rows = model.filter(reason__regex=r"[0-9０-９]{3}")
        for district, round_id, id_, reason in rows.values_list(
            "district", "round", "id", "reason"
        ):
            masked = without_numbers(reason)
            if masked != reason:
                rows.filter(district=district, round=round_id, id=id_).update(reason=masked)


class Migration(migrations.Migration):
    dependencies = [("screening", "0021_late_records")]
    operations = [
        migrations.RunSQL(replacing(NO_NOTE) + CLEAR, replacing(EARLIER)),
        migrations.RunPython(mask, migrations.RunPython.noop),
    ]
