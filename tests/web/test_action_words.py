"""muster.web.action_words: whatever the audit says has its words."""

import re
from pathlib import Path

import muster
from muster.web.action_words import ACTION_WORDS
from muster.web.words import WORDS

WRITTEN = re.compile(r'write_line\(\s*action="([a-z_]+)"')


def test_every_action_that_is_written_has_its_words() -> None:
    sources = Path(muster.__file__).parent.joinpath("apps").glob("*/actions/**/*.py")
    written = {action for source in sources for action in WRITTEN.findall(source.read_text())}
    assert len(written) > 80
    assert not written - set(ACTION_WORDS["action"])


def test_no_other_page_takes_them_away() -> None:
    assert {kind: WORDS[kind] for kind in ACTION_WORDS} == ACTION_WORDS
