"""Odoo 19 itself: Debian's package, unpacked into the project, never installed.

Debian's unstable suite has ``odoo-19``; its dependencies do not fit a stable
machine, so apt only downloads and verifies it, with a package state of our own
that the machine's never sees. An administrator's own Odoo (``ODOO_PATH``) is
used instead when given.
"""

import hashlib
import os
import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from devkit import files, paths, shell
from devkit.errors import DevError
from devkit.steps import Step, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# Odoo's static files are relative links into these packages.
UNSTABLE = [
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-glyphicons-halflings",
]
# Unstable's Font Awesome is 7.x, whose file names Odoo's links do not know.
STABLE = ["fonts-font-awesome"]
PACKAGES = "usr/lib/python3/dist-packages"
# Without a complete tree, and its parts downloaded, this much is needed.
NEEDED_BYTES = 3_000_000_000


@dataclass(frozen=True)
class Odoo:
    """An Odoo 19: ``imports`` goes on Python's path, ``addons`` on Odoo's."""

    imports: Path
    addons: list[Path]

    @property
    def fingerprint(self) -> str:
        """Changes when the Odoo that templates are built with changes."""
        release = self.imports / "odoo" / "release.py"
        return f"{self.imports}:{release.stat().st_mtime_ns}"


def ensure() -> Odoo:
    """The Odoo to use; fetched at the first call."""
    if own := os.environ.get("ODOO_PATH"):
        return given(Path(own).expanduser())
    if not paths.TREE.is_dir():
        _fetch()
    return Odoo(paths.TREE / PACKAGES, [])


def given(path: Path) -> Odoo:
    """An administrator's Odoo: a source tree, or the folder of an installed
    ``odoo`` package (or its parent).

    Raises DevError when the path holds no Odoo 19.
    """
    for root in (path, path.parent):
        release = root / "odoo" / "release.py"
        if release.is_file():
            break
    else:
        raise DevError(
            f"ODOO_PATH is {path}, where there is no Odoo (no odoo/release.py); "
            "point it to a source tree or to an installed odoo package."
        )
    if not re.search(r"version_info = \(19,", release.read_text()):
        raise DevError(f"ODOO_PATH is {path}, which is not Odoo 19; point it to one.")
    addons = root / "addons"
    return Odoo(root.resolve(), [addons.resolve()] if addons.is_dir() else [])


def _fetch() -> None:
    check_space()
    work = paths.HOME / "odoo-19.part"
    debs = paths.CACHE / "debs"
    debs.mkdir(parents=True, exist_ok=True)
    with step("Odoo 19: package lists") as current:
        apt = Apt(paths.CACHE / "apt")
        apt.run("update", "Reading Debian's package lists", current)
    with step("Odoo 19: download") as current:
        wanted = [*UNSTABLE, *(f"{name}/{apt.suite}" for name in STABLE)]
        names = apt.download("Odoo 19", wanted, debs, current)
    with step("Odoo 19: unpack"):
        files.remove(work)
        for name in names:
            shell.run(["dpkg", "-x", debs / name, work], f"Unpacking {name}")
        # A partial copy that Odoo would take for its add-ons folder.
        files.remove(work / PACKAGES / "addons")
        os.rename(work, paths.TREE)
    files.remove(debs)


def check_space() -> None:
    """Refuse early, in words, what would otherwise break in the middle."""
    free = shutil.disk_usage(paths.HOME).free
    if free < NEEDED_BYTES:
        raise DevError(
            f"Only {free / 1e9:.1f} GB are free where {paths.HOME} is and about "
            f"{NEEDED_BYTES / 1e9:.0f} GB are needed; free some space and run it again."
        )


class Apt:
    """apt with its own lists and sources, reading the machine's mirror only."""

    def __init__(self, folder: Path) -> None:
        for part in ("lists/partial", "archives/partial"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        mirror, suite = machine_mirror(_index_targets())
        sources = folder / "sources.list"
        signed = f"[signed-by={KEYRING}]"
        sources.write_text(
            f"deb {signed} {mirror} unstable main\ndeb {signed} {mirror} {suite} main\n"
        )
        self.suite = suite
        config = folder / "apt.conf"
        # A file, because apt's -o splits values at spaces of the checkout's path.
        config.write_text(
            f'Dir::State::Lists "{folder}/lists";\n'
            'Dir::State::status "/dev/null";\n'
            f'Dir::Etc::SourceList "{sources}";\n'
            'Dir::Etc::SourceParts "/dev/null";\n'
            f'Dir::Cache "{folder}";\n'
            f'Dir::Cache::archives "{folder}/archives";\n'
            'Debug::NoLocking "true";\n'
            'APT::Sandbox::User "root";\n'
            'Acquire::Languages "none";\n'
            'Acquire::Retries "3";\n'
            # A mirror frozen at a day is as good; its signature is checked still.
            'Acquire::Check-Valid-Until "false";\n'
        )
        self.env = {"APT_CONFIG": str(config), "LC_ALL": "C"}

    def run(
        self,
        verb: str,
        what: str,
        current: Step | None = None,
        cwd: Path | None = None,
    ) -> str:
        output = shell.run(
            ["apt-get", "-q", *verb.split()],
            what,
            env=self.env,
            cwd=cwd,
            log=paths.LOG / "apt-odoo.log",
            on_line=current.progress if current else None,
        )
        # apt-get update exits with 0 when every server was unreachable.
        if failed := re.search(r"^(?:W: Failed to fetch|Err:\d+) (.*)", output, re.M):
            raise DevError(
                f"{what} failed: {failed[1]}. Is the network up? Run it again then."
            )
        return output

    def download(
        self, what: str, wanted: list[str], debs: Path, current: Step
    ) -> list[str]:
        """Download packages (``name`` or ``name/suite``) into ``debs`` and verify
        them; what an earlier run left is used or resumed. Their file names."""
        verb = f"download {' '.join(wanted)}"
        uris = self.run(f"--print-uris {verb}", f"Finding {what} at Debian")
        found = parse_uris(uris)
        total = sum(size for _, size, _ in found)
        current.note = f"{total / 1e6:.0f} MB"
        done = threading.Event()
        watcher = threading.Thread(
            target=_watch, args=(debs, total, current, done), daemon=True
        )
        watcher.start()
        try:
            self.run(verb, f"Downloading {what}", cwd=debs)
        finally:
            done.set()
            watcher.join()
        for name, _, digest in found:
            _verify(debs / name, digest)
        return [name for name, _, _ in found]


def _watch(debs: Path, total: int, current: Step, done: threading.Event) -> None:
    while not done.wait(0.25):
        have = sum(part.stat().st_size for part in debs.glob("*.deb"))
        current.progress(f"{have / 1e6:.0f} of {total / 1e6:.0f} MB")


def _verify(path: Path, digest: str) -> None:
    """apt checks what it fetches; this checks what an earlier, interrupted run
    left under the same name."""
    kind, _, expected = digest.partition(":")
    actual = hashlib.new(kind.lower(), path.read_bytes()).hexdigest()
    if actual != expected:
        path.unlink()
        raise DevError(f"{path.name} arrived damaged and was removed; run it again.")


def parse_uris(output: str) -> list[tuple[str, int, str]]:
    """``apt-get --print-uris``: (file name, bytes, "SHA256:…") of each package."""
    found = re.findall(r"^'[^']*' (\S+\.deb) (\d+) (SHA\d+:\w+)", output, re.M)
    return [(name, int(size), digest) for name, size, digest in found]


def _index_targets() -> str:
    if not shutil.which("apt-get"):
        raise DevError(
            "Odoo 19 is fetched with Debian's apt-get, which is not on this machine; "
            "give an Odoo 19 of your own: ODOO_PATH=/path/to/odoo ./dev …"
        )
    return shell.run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(REPO_URI) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages",
        ],
        "Reading this machine's Debian mirror",
    )


def machine_mirror(targets: str) -> tuple[str, str]:
    """The machine's own mirror and suite, from ``apt-get indextargets`` lines
    ``uri release component``.

    Security and update suites (``bookworm-updates``) are not the archive; third
    parties name their components otherwise or live elsewhere. Raises DevError
    when no Debian archive is left.
    """
    for line in targets.splitlines():
        uri, release, component = (line.split() + ["", "", ""])[:3]
        if (
            component == "main"
            and re.fullmatch(r"[a-z]+", release)
            and "debian" in uri
            and "security" not in uri
        ):
            return uri, release
    raise DevError(
        "No Debian archive is among this machine's package sources, so Odoo 19 cannot "
        "be fetched; give an Odoo 19 of your own: ODOO_PATH=/path/to/odoo ./dev …"
    )
