"""Changes of records and closings of tubes, as phones send them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_person_areas")]
    operations = [
        migrations.AddField("tube", "closed_by", models.UUIDField(null=True)),
        migrations.AddField("tube", "counted", models.SmallIntegerField(null=True)),
        migrations.AddField(
            "tube", "note", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField("tube", "size", models.SmallIntegerField(default=10)),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "round",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.UUIDField()),
                ("area", models.BigIntegerField()),
                ("round", models.UUIDField()),
                ("device", models.UUIDField()),
                ("specimen", models.UUIDField()),
                (
                    "kind",
                    models.CharField(choices=[("void", "Void"), ("move", "Move")], max_length=4),
                ),
                ("tube", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("waiting", "Waiting"),
                            ("held", "Held"),
                        ],
                        max_length=8,
                    ),
                ),
                ("code", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["round", "specimen"], name="change_of"),
                    models.Index(
                        fields=["round", "received_at"],
                        condition=models.Q(("state__in", ["waiting", "held"])),
                        name="change_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "round",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.UUIDField()),
                ("area", models.BigIntegerField()),
                ("round", models.UUIDField()),
                ("device", models.UUIDField()),
                ("table", models.UUIDField()),
                ("tube", models.TextField()),
                ("count", models.SmallIntegerField()),
                ("household", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("waiting", "Waiting"),
                            ("flagged", "Flagged"),
                            ("held", "Held"),
                        ],
                        max_length=8,
                    ),
                ),
                ("code", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["round", "tube"], name="closing_of")],
            },
        ),
    ]
