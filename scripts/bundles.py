"""Packs plotly.js' partial bundles for the interactive briefings: bundles.py FOLDER, where npm has put them.

    npm install --prefix FOLDER plotly.js-basic-dist-min@4.1.1 plotly.js-cartesian-dist-min@4.1.1

Each is stored as a raw deflate stream, which a browser unpacks by itself. With the package zopfli at hand it comes out
a twentieth smaller.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import zlib
from pathlib import Path

HOME = Path(__file__).resolve().parents[1] / "lib" / "dangjian" / "briefings" / "plotlyjs"
TRACES = {
    "basic": ["bar", "pie", "scatter"],
    "cartesian": [
        *("bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie"),
        *("quiver", "scatter", "scatterternary", "violin"),
    ],
}


def packed(data: bytes) -> bytes:
    """The bytes as a raw deflate stream."""
    try:
        from zopfli import ZOPFLI_FORMAT_DEFLATE, ZopfliCompressor  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        maker = zlib.compressobj(9, zlib.DEFLATED, -15)
        return maker.compress(data) + maker.flush()
    zopfli = ZopfliCompressor(ZOPFLI_FORMAT_DEFLATE, iterations=15)
    return bytes(zopfli.compress(data) + zopfli.flush())


def main(folder: Path) -> None:
    """Write the packed bundles and what is in them."""
    HOME.mkdir(exist_ok=True)
    lines = ["# plotly.js' partial bundles, packed by scripts/bundles.py; the smallest first.", ""]
    for name, traces in TRACES.items():
        place = folder / "node_modules" / f"plotly.js-{name}-dist-min"
        source = (place / f"plotly-{name}.min.js").read_bytes()
        data = packed(source)
        (HOME / f"{name}.deflate").write_bytes(data)
        version = json.loads((place / "package.json").read_text("utf-8"))["version"]
        lines += ["[[bundle]]", f'file = "{name}.deflate"', f'version = "{version}"', f"size = {len(data)}"]
        lines += [f'sha256 = "{hashlib.sha256(source).hexdigest()}"', f"traces = {json.dumps(sorted(traces))}", ""]
    (HOME / "bundles.toml").write_text("\n".join(lines), "utf-8")
    shutil.copyfile(place / "LICENSE", HOME / "LICENSE")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
