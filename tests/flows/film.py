"""A film of codes for Chromium's fake camera: QR from segno, Code 128 drawn here."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import segno

WIDTH, HEIGHT, RATE = 640, 480, 10
Picture = np.ndarray[tuple[int, int], np.dtype[np.uint8]]

# Widths of bars and spaces of each value of Code 128 (ISO/IEC 15417), then start B and stop.
BARS = (
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
)  # fmt: skip
START_B, STOP = 104, 106


def qr(text: str) -> Picture:
    """A QR code, white around it, as the middle of a frame."""
    modules = np.array([list(row) for row in segno.make(text, error="m").matrix_iter(border=4)])
    scale = HEIGHT // modules.shape[0]
    return _framed(np.kron(modules, np.ones((scale, scale))))


def code128(text: str) -> Picture:
    """A barcode of set B, as the middle of a frame."""
    values = [START_B, *(ord(c) - 32 for c in text)]
    check = (values[0] + sum(i * v for i, v in enumerate(values[1:], start=1))) % 103
    widths = [int(w) for v in (*values, check, STOP) for w in BARS[v]]
    edges = [0, *np.cumsum(widths)]
    line = np.zeros(edges[-1] + 20)
    for i, (left, right) in enumerate(pairwise(edges)):
        line[10 + left : 10 + right] = i % 2 == 0
    scale = WIDTH // line.size
    return _framed(np.tile(np.repeat(line, scale), (160, 1)))


def _framed(dark: np.ndarray) -> Picture:
    frame = np.full((HEIGHT, WIDTH), 200, np.uint8)
    top, left = (HEIGHT - dark.shape[0]) // 2, (WIDTH - dark.shape[1]) // 2
    frame[top : top + dark.shape[0], left : left + dark.shape[1]] = np.where(dark > 0, 20, 235)
    return frame


def film(path: Path, pictures: Iterable[Picture], *, frames: int = 10) -> Path:
    """Each picture for so many frames, as YUV4MPEG2, which Chromium plays in a circle."""
    grey = b"\x80" * (WIDTH * HEIGHT // 2)
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for picture in pictures:
            out.write((b"FRAME\n" + picture.tobytes() + grey) * frames)
    return path
