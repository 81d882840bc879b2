"""The night on a terminal: a line a scene, then what happened beside the report's figures."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from muster.demo.night.stage import Stage

# What the report of 13 April 2022 says, beside the figure of the night that answers it.
BESIDE = (
    ("called", "收到动员令的组织", "Organisations called", "2,300+"),
    ("people", "机关党员干部", "Cadres in the register", "40,000+"),
    ("acknowledged", "已回应组织", "Organisations that answered", "—"),
    ("rows", "导入表格行数", "Spreadsheet rows", "—"),
    ("rows_waiting", "待核实的行", "Rows waiting for a person", "—"),
    ("inside", "封控区内居民", "Residents inside", "8,000+"),
    ("tables", "采样台", "Tables", "17"),
    ("neighbours", "报名的邻居", "Neighbours who signed up", "80+"),
    ("party_members", "其中党员", "Of these, party members", ">50 %"),
    ("offered", "单位派出的采样员", "Samplers offered by bodies", "—"),
    ("wanted", "岗位名额（两班）", "Seats, two shifts", "—"),
    ("placed", "已排", "Filled", "—"),
    ("short", "缺", "Short", "—"),
    ("came", "签到上岗", "Came to their post", "—"),
    ("replaced", "缺岗顶替", "No-shows replaced", "—"),
    ("lane", "经采样登记页录入", "Recorded through the lane's page", "—"),
    ("lane_offline", "其间断网待传", "Of these kept while without a network", "—"),
    ("lane_unsent", "收工时未上传", "Unsent at the end", "0"),
    ("records", "采样记录", "Records sent", "—"),
    ("accepted", "计入", "Accepted", "—"),
    ("flagged", "重复待看", "Recorded twice, flagged", "—"),
    ("held", "暂存待核实", "Held with a code", "—"),
    ("changes", "作废或移管", "Voided or moved at the table", "—"),
    ("closed", "封管", "Tubes closed", "—"),
    ("short_tubes", "其中不足十人", "Of these with fewer than ten", "—"),
    ("tested", "已采样人数", "People tested", "8,000+"),
    ("missing", "未采样（待敲门）", "Missing", "—"),
    ("doors_people", "上门找人", "Looked for at doors by a pair", "—"),
    ("doors_swabbed", "其中当场采样", "Of these swabbed at the door", "—"),
    ("doors_reasons", "其中查明原因", "Of these away, refused, at home or came", "—"),
    ("boxes", "转运箱", "Boxes handed over", "—"),
    ("boxes_differ", "交接数目不符的箱", "Boxes whose count differs", "—"),
    ("tubes_differ", "管内人数与系统不符", "Tubes whose count differs", "—"),
    ("lab_results", "实验室直传结果", "Results from the laboratory itself", "—"),
    ("lab_fhir", "其中FHIR", "Of these as FHIR", "—"),
    ("lab_file", "文件导入结果", "Results by file", "—"),
    ("recalls", "阳性混管复采", "Recalls from one positive pool", "10"),
    ("kits", "抗原试剂发放", "Antigen kits handed out", "—"),
    ("kit_results", "抗原结果", "Antigen results", "—"),
    ("kit_positives", "其中阳性（上门复采）", "Of these positive, re-test at home", "1"),
    ("audit_lines", "审计记录", "Audit lines, chain whole", "—"),
    ("seconds", "本夜用时（秒）", "Seconds for the night", "limit 90"),
)

NO_CHROMIUM = (
    "本机没有可用的Chromium，1号台改走同步协议 · "
    "no Chromium starts here: table 1 went through the sync protocol like the others"
)


class TerminalProgress:
    """A bar for the scene that runs, a line for each that is over."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @contextmanager
    def scene(self, zh: str, en: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Show a scene while it runs."""
        began = time.perf_counter()
        bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
            console=self.console, transient=True,
        )  # fmt: skip
        with bar:
            task = bar.add_task(f"{zh} · {en}", total=total)
            yield lambda done: bar.advance(task, done)
        self.console.print(f"[green]✓[/] {zh} · {en}  [dim]{time.perf_counter() - began:.1f} s[/]")


def report(console: Console, stage: Stage) -> None:
    """What happened, beside the report; then the promises that were broken, if any."""
    table = Table(title="第一夜 · The first night")
    for heading in ("", "", "今夜 · Tonight", "报道 · Report"):
        table.add_column(heading, justify="right" if "·" in heading else "left")
    for key, zh, en, said in BESIDE:
        value = stage.figures.get(key)
        shown = f"{value:,}" if isinstance(value, int | float) else "—"
        table.add_row(zh, en, shown, said)
    console.print(table)
    if stage.figures.get("chromium") == 0:
        console.print(f"[yellow]![/] {NO_CHROMIUM}")
    for broken in stage.broken:
        console.print(f"[red]✗ promise broken:[/] {broken}")
    if not stage.broken:
        console.print("[green]✓ 所有承诺兑现 · every promise of the night was kept[/]")
