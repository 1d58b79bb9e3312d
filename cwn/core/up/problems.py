"""Why the portal cannot start, said in one sentence that names the way out."""

from pathlib import Path

#: What the servers and the operating system say, and what that means to the person who started us.
KNOWN_CAUSES = {
    "No space left on device": "De schijf is vol. Maak ruimte vrij en start opnieuw; uw gegevens zijn bewaard.",
    "Disk quota exceeded": "Uw schijfruimte is op. Maak ruimte vrij en start opnieuw; uw gegevens zijn bewaard.",
    "Read-only file system": "De schijf is alleen-lezen. Kies een andere map met CWN_DATA=/pad/naar/map.",
    "could not look up effective user ID": (
        "Uw gebruikersnummer heeft geen naam op deze machine, en PostgreSQL wil die weten. "
        "Voeg de gebruiker toe aan /etc/passwd of geef een eigen server met DATABASE_URL."
    ),
    "Can't open or create append-only dir": "Valkey kan niet schrijven in de datamap.",
    "Address already in use": "De poort is bezet. Kies een andere, bijvoorbeeld: make run PORT=8001",
}


class StartError(Exception):
    """The portal cannot start or go on; the message is one sentence for a person."""


def known_cause(text: str) -> str:
    """Return the sentence for a cause that we recognise in `text`, or an empty string."""
    return next((sentence for sign, sentence in KNOWN_CAUSES.items() if sign in text), "")


def first_line(error: BaseException) -> str:
    """Return what an error says, without the lines that follow."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def explain(what: str, log: Path) -> StartError:
    """Say why `what` ended, from the last lines of its log."""
    lines = log.read_text(errors="replace").splitlines()[-40:] if log.exists() else []
    if cause := known_cause("\n".join(lines)):
        return StartError(f"{what}: {cause}")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "geen melding")
    return StartError(f"{what} is gestopt: {last} (meer in {log})")
