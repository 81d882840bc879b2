"""The mark that opens an entry: `3.` `3、` `(3)` `【3】` `③` `3️⃣` `3 -` … Source: SCHEMA A4."""

import re
import unicodedata
from dataclasses import dataclass

_D = "[0-9０-９]{1,3}"
_CIRCLES = "①-⑳❶-❿➀-➉➊-➓⓫-⓴⓵-⓾㉑-㉟㊱-㊿"
_BRACKETED = "⑴-⒇"
_DOTTED = "⒈-⒛"
_KEYCAP = "(?:[0-9０-９]\ufe0f?\u20e3)+|🔟"
_HOUSE = (
    r"[0-9０-９]{1,3}\s?(?:号楼|號樓|栋|棟|幢|座|单元|單元|[#＃]|[-－—–/][0-9０-９]{1,2}[-－—–/][0-9０-９]|[-－—–][0-9０-９]{3,4}(?![0-9０-９])"
    r"|[.．][0-9０-９]{1,2}[.．][0-9０-９]{3,4})"
)
_MARK = re.compile(
    rf"(?P<keycap>{_KEYCAP})|(?P<circle>[{_CIRCLES}])|(?P<paren>[{_BRACKETED}])|(?P<dotted>[{_DOTTED}])"
    rf"|[(（]\s?(?P<both>{_D})\s?[)）]|[\[［]\s?(?P<square>{_D})\s?[\]］]|【\s?(?P<lens>{_D})\s?】"
    rf"|(?P<n>{_D})(?:(?P<tab>[ ]?\t)|(?P<bar>[ ]?[|｜])"
    rf"|(?P<dash>[ ]?[-－—–][ ](?![0-9])|[-－](?![0-9０-９]))"
    rf"|(?P<dot>[ ]?[.．,，、)）])"
    rf"|(?P<colon>[ ]?[:：]))"
)
_NOT_A_MARK = re.compile(rf"(?!{_HOUSE})[0-9０-９]{{1,2}}(?![0-9０-９])")
_NOT_A_TIME = re.compile(rf"(?!{_HOUSE})[0-9０-９]{{2}}(?![0-9０-９])")
_AFTER_SIGN = re.compile(r"[.．、:：)）,，]?\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """`style` groups marks that belong together; `start`:`end` is the mark in its line."""

    no: int
    style: str
    start: int
    end: int


def find_mark(line: str, at: int = 0) -> Mark | None:
    """The list mark that stands at `at` of a line, or None."""
    match = _MARK.match(line, at)
    if not match:
        return None
    if match["dot"] and match["dot"].strip() in ".．,，" and _NOT_A_MARK.match(line, match.end()):
        return None
    if match["colon"] and _NOT_A_TIME.match(line, match.end()):
        return None
    no = _number(match)
    if no is None:
        return None
    end = match.end()
    if not match["n"]:
        behind = _AFTER_SIGN.match(line, end)
        end = behind.end() if behind else end
    return Mark(no, _style(match), at, end)


def _number(match: re.Match[str]) -> int | None:
    for group in ("n", "both", "square", "lens"):
        if match[group]:
            return int(match[group])
    if match["keycap"]:
        return 10 if match["keycap"] == "🔟" else int(re.sub("[\ufe0f\u20e3]", "", match["keycap"]))
    sign = match["circle"] or match["paren"] or match["dotted"]
    value = unicodedata.numeric(sign, None)
    return int(value) if value is not None else None


def _style(match: re.Match[str]) -> str:
    for group in ("keycap", "circle", "square", "lens"):
        if match[group]:
            return group
    if match["both"] or match["paren"]:
        return "()"
    if match["dotted"]:
        return "."
    mark = match[0][len(match["n"]) :].strip()
    return unicodedata.normalize("NFKC", mark) if mark else "tab"
