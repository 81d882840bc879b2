"""Every model's `muster.kernel.records.Record` names columns that its table has."""

from muster.kernel.records import Record, Scope
from muster.project.protect import muster_models, record_of


def test_a_scope_names_columns_of_its_table() -> None:
    for model in muster_models():
        columns = {f.column for f in model._meta.concrete_fields}
        scope = record_of(model).scope or Scope()
        named = {scope.place, scope.serving, scope.unit, scope.person, scope.account}
        assert named - {None} <= columns, model.__name__


def test_a_record_is_a_value() -> None:
    assert Record("", "why", "goes") == Record("", "why", "goes", None)
