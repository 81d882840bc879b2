"""Catalogues are compiled where gettext looks for them."""

import gettext
from pathlib import Path

from muster.project.assets import compile_messages


def test_a_catalogue_is_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Sign up"\nmsgstr "报名"\n',
        "utf-8",
    )
    assert compile_messages(tmp_path) == 1
    found = gettext.translation("django", tmp_path, languages=["zh_Hans"])
    assert found.gettext("Sign up") == "报名"
