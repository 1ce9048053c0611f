"""Packs the plotly.js bundles that interactive briefings carry.

Run by hand when the floor or the newest plotly.py brings another plotly.js; the result is kept in git:

    npm pack plotly.js-basic-dist-min@4.1.1 plotly.js-cartesian-dist-min@4.1.1
    pip install zopfli==0.4.3
    python scripts/bundles.py plotly.js-basic-dist-min-4.1.1.tgz plotly.js-cartesian-dist-min-4.1.1.tgz

Each package is held to the hash below, its script packed as gzip (which a browser unpacks by itself) as small as it
goes, equal on every machine, and its licence is kept beside it.
"""

import base64
import hashlib
import io
import sys
import tarfile
from pathlib import Path

import zopfli.gzip

BUNDLES = Path(__file__).resolve().parent.parent / "lib/dangjian/briefings/bundles"
VERSION = "4.1.1"
INTEGRITY = {
    "basic": "1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ==",
    "cartesian": "o8GrFeusncwBIxbBynRJpY4pkgVB6caM+JLpwrLYbbsO7dZ8FJ+SVN2Fr+L7kiG/Z6w4P5O0Jus/Qr5EefHVeg==",
}
"""SHA-512 of each package as the registry states it."""
TRACES = {
    "basic": "bar pie scatter",
    "cartesian": "bar box contour heatmap histogram histogram2d histogram2dcontour image pie scatter scatterternary "
    "violin",
}
"""What each draws; a test in a browser asks the bundle itself."""


def pack(package: Path) -> str:
    """One bundle packed and written; its lines for the list of bundles."""
    content = package.read_bytes()
    name = next((name for name in INTEGRITY if f"-{name}-" in package.name), None)
    if name is None:
        raise SystemExit(f"{package}: none of {', '.join(INTEGRITY)}")
    found = base64.b64encode(hashlib.sha512(content).digest()).decode("ascii")
    if found != INTEGRITY[name]:
        raise SystemExit(f"{package}: sha512-{found}, not sha512-{INTEGRITY[name]} as pinned for {VERSION}")
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        script, licence = (_read(archive, file) for file in (f"plotly-{name}.min.js", "LICENSE"))
    packed = zopfli.gzip.compress(script, numiterations=15)
    (BUNDLES / f"plotly-{name}.js.gz").write_bytes(packed)
    (BUNDLES / "LICENSE").write_bytes(licence)
    sys.stderr.write(f"{name}: {len(script):,} bytes, packed {len(packed):,}\n")
    traces = ", ".join(f'"{trace}"' for trace in TRACES[name].split())
    digest = hashlib.sha256(script).hexdigest()
    return f'\n[[bundle]]\nname = "{name}"\nfile = "plotly-{name}.js.gz"\nsha256 = "{digest}"\ntraces = [{traces}]\n'


def _read(archive: tarfile.TarFile, file: str) -> bytes:
    member = archive.extractfile(f"package/{file}")
    if member is None:
        raise SystemExit(f"the package holds no {file}")
    return member.read()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    head = f'# Written by scripts/bundles.py, the smallest first. MIT, see LICENSE here.\nplotly_js = "{VERSION}"\n'
    BUNDLES.mkdir(exist_ok=True)
    packages = sorted(map(Path, sys.argv[1:]))
    (BUNDLES / "bundles.toml").write_text(head + "".join(map(pack, packages)), "utf-8")
