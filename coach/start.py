"""What `coach init` writes: settings with a comment on each key, and a folder of own rules with one that passes."""

from importlib.resources import files
from pathlib import Path

from coach.errors import UsageError

SETTINGS = "coach.toml"
RULES = "our-rules"


def start(folder: Path) -> tuple[Path, ...]:
    """Writes the files into the folder, which is made where it does not exist; gives their paths.

    Raises UsageError, with nothing written, where the settings or the folder of rules are there already.
    """
    for name in (SETTINGS, RULES):
        if (folder / name).exists() or (folder / name).is_symlink():
            raise UsageError(
                f"{name} is there already; nothing was written.",
                place=str(folder / name),
                hint="Name another folder, or move the old one out of the way.",
            )
    templates = Path(str(files("coach"))) / "data" / "start"
    written = []
    try:
        for template in sorted(path for path in templates.rglob("*") if path.suffix in (".toml", ".yml")):
            target = folder / template.relative_to(templates)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(template.read_bytes())
            written.append(target)
    except OSError as error:
        raise UsageError(
            f"This cannot be written: {error.strerror}.",
            place=str(error.filename or folder),
            hint="Name a folder that can be written to.",
        ) from None
    return tuple(written)
