"""Persons, organisations, accounts, grants."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Organisation(models.Model):
    """A body in the tree: committee, office, branch, enterprise; or a temporary one with an end.

    `code`: 15 digits, three a level, so that everything below a body is one range of codes.
    """

    record: ClassVar = Record(holds="", why="the tree a call goes down", goes="contacts")

    class Kind(models.TextChoices):
        COMMITTEE = "committee"
        OFFICE = "office"
        BRANCH = "party_branch"
        ENTERPRISE = "enterprise"
        SCHOOL = "school"
        HOSPITAL = "hospital"
        COMMUNITY = "community"
        COMMAND_POST = "command_post"
        TEMPORARY_COMMITTEE = "temporary_committee"
        TEMPORARY_BRANCH = "temporary_branch"
        VANGUARD_POST = "vanguard_post"
        TEAM = "team"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.BigIntegerField(unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    name = models.TextField()
    uscc = models.CharField(max_length=18, blank=True)
    area = models.BigIntegerField()
    scope = models.TextField(blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["area"]), models.Index(fields=["kind"]))

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody: resident, neighbour, cadre. Lives at `area`, may belong to a `unit`, and may be
    `serving` in a community that is not his own.

    `pinyin` and `initials` are what the name is searched by. The identity number is sealed; it is
    found by `id_index`, a keyed hash, and shown masked.
    """

    record: ClassVar = Record(
        holds="name, birth date, sealed identity number, party membership, skills, registration",
        why="to be tested, posted and accounted for",
        goes="residents",
        scope=Scope(place="area", serving="serving", unit="unit", person="id"),
    )

    class IdType(models.TextChoices):
        RESIDENT = "resident_id"
        RESIDENT_15 = "resident_id_15"
        PASSPORT = "passport"
        HK_MACAO = "hk_macao_permit"
        TAIWAN = "taiwan_permit"
        OTHER = "other"
        NONE = "none"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)
    name = models.TextField()
    pinyin = models.TextField(blank=True)
    initials = models.TextField(blank=True)
    birth_date = models.DateField(null=True)
    id_type = models.CharField(max_length=16, choices=IdType.choices, default=IdType.NONE)
    id_cipher = models.BinaryField(null=True)
    id_index = models.BinaryField(null=True)
    id_tail = models.CharField(max_length=4, blank=True)
    party_member = models.BooleanField(null=True)
    skills = ArrayField(models.TextField(), default=list)
    roles = ArrayField(models.TextField(), default=list)
    unavailable = models.TextField(blank=True)
    registered_address = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    source = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    created_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["area", "initials"]),
            models.Index(fields=["unit"]),
            models.Index(fields=["id_index"]),
        )

    def __str__(self) -> str:
        return str(self.id)


class Merge(models.Model):
    """Two entries that were taken for one person, and what moved, so that it can be undone.

    `phones`: ids of the numbers that moved, each `shift` ranks down. The kept entry's area.
    """

    record: ClassVar = Record(
        holds="which two entries are one person",
        why="a merge can be undone",
        goes="residents",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Person, models.CASCADE, related_name="+")
    dropped = models.ForeignKey(Person, models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    phones = ArrayField(models.UUIDField(), default=list)
    shift = models.SmallIntegerField(default=0)
    by = models.TextField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Phone(models.Model):
    """A number somebody can be reached at. One person has several, one number several persons."""

    record: ClassVar = Record(
        holds="telephone number",
        why="to call and to recognise",
        goes="residents",
        scope=Scope(place="area", serving="serving", unit="unit", person="person_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    number = models.TextField()
    tail = models.CharField(max_length=4)
    rank = models.SmallIntegerField(default=0)
    area = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    serving = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "number"], name="phone_once"),)
        indexes = (models.Index(fields=["number"]), models.Index(fields=["area", "tail"]))

    def __str__(self) -> str:
        return str(self.id)


class Contact(models.Model):
    """Who answers for an organisation."""

    record: ClassVar = Record(
        holds="name and telephone of a contact",
        why="calls go to a person, not to a sign on a door",
        goes="contacts",
        scope=Scope(place="area", unit="unit"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    name = models.TextField()
    phone = models.TextField(blank=True)
    area = models.BigIntegerField()
    unit = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.id)


class Membership(models.Model):
    """Somebody's place in a (mostly temporary) body, from and until when, as leader or member."""

    record: ClassVar = Record(
        holds="who belongs to a body and leads it",
        why="temporary branches, posts and teams need leaders",
        goes="residents",
        scope=Scope(place="area", unit="unit", person="person_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    leader = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    area = models.BigIntegerField()
    unit = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "until"]),)

    def __str__(self) -> str:
        return str(self.id)


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; nothing signs itself up to the desk."""

    def create_user(
        self, username: str, password: str | None = None, **fields: object
    ) -> "Account":
        """A new account; without a password it can only be entered by a pass or a demo click."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A log-in. What it may do is in its grants."""

    record: ClassVar = Record(
        holds="user name and display name",
        why="to know who acts",
        goes="accounts",
        scope=Scope(place="area", account="id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=64, unique=True)
    display_name = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="accounts")
    area = models.BigIntegerField()
    language = models.CharField(max_length=8, default="zh-hans")
    is_active = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    persona = models.CharField(max_length=32, blank=True)

    objects = Accounts()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username


class GrantRow(models.Model):
    """A role that an account holds over a range of places or of units, until a time."""

    record: ClassVar = Record(
        holds="what an account may do",
        why="access control",
        goes="accounts",
        scope=Scope(place="area", account="account_id"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32)
    place_low = models.BigIntegerField(null=True)
    place_high = models.BigIntegerField(null=True)
    unit_low = models.BigIntegerField(null=True)
    unit_high = models.BigIntegerField(null=True)
    until = models.DateTimeField(null=True)
    area = models.BigIntegerField()

    class Meta:
        db_table = "people_grant"

    def __str__(self) -> str:
        return f"{self.role} {self.place_low or self.unit_low}"


class SurgePass(models.Model):
    """A QR that opens a short-lived account: a hand at the table in half a minute, gone by noon."""

    record: ClassVar = Record(
        holds="",
        why="surge accounts",
        goes="accounts",
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True)
    role = models.CharField(max_length=32)
    area = models.BigIntegerField()
    uses_left = models.IntegerField()
    expires_at = models.DateTimeField()
    hours = models.SmallIntegerField(default=12)
    made_by = models.TextField()

    def __str__(self) -> str:
        return str(self.id)
