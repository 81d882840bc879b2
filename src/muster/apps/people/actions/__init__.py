"""The writes of `people`."""

from muster.apps.people.actions.accounts import (
    create_account,
    end_expired_accounts,
    grant_role,
    make_surge_pass,
    use_surge_pass,
)
from muster.apps.people.actions.employment import note_employment, note_phone, note_serving
from muster.apps.people.actions.identity import keyring, reveal_identity_number
from muster.apps.people.actions.merging import merge_persons, unmerge_persons
from muster.apps.people.actions.organisations import (
    add_members,
    create_temporary_body,
    register_contacts,
    register_organisations,
)
from muster.apps.people.actions.register import (
    NewPerson,
    register_person,
    register_persons,
    remove_person,
)

__all__ = [
    "NewPerson",
    "add_members",
    "create_account",
    "create_temporary_body",
    "end_expired_accounts",
    "grant_role",
    "keyring",
    "make_surge_pass",
    "merge_persons",
    "note_employment",
    "note_phone",
    "note_serving",
    "register_contacts",
    "register_organisations",
    "register_person",
    "register_persons",
    "remove_person",
    "reveal_identity_number",
    "unmerge_persons",
    "use_surge_pass",
]
