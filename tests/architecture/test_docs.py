"""Documents that nobody checks drift: glossary, trace, deployment guide and README against the code."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
OURS = ("cwn", "partners", "comms", "functions", "recognition")
LATER = "## Words for later releases"


def text_of(name: str) -> str:
    return (ROOT / name).read_text()


def rows(markdown: str) -> list[list[str]]:
    """Return the cells of every table row, without the headers and the lines below them."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in markdown.splitlines() if line[:1] == "|"]
    following = [*cells[1:], ["end"]]
    return [row for row, after in zip(cells, following, strict=True) if not _is_line(row) and not _is_line(after)]


def _is_line(row: list[str]) -> bool:
    return set("".join(row)) <= set("-:")


@pytest.fixture(scope="module")
def code() -> str:
    files = (path for folder in OURS for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)
    return "\n".join(path.read_text() for path in files)


# --- glossary ----------------------------------------------------------------------------------------
def glossary_identifiers() -> list[str]:
    now = text_of("docs/glossary.md").split(LATER)[0]
    return [word for row in rows(now) if len(row) > 1 for word in re.findall(r"`([^`]+)`", row[1])]


@pytest.mark.parametrize("identifier", glossary_identifiers())
def test_every_word_of_the_glossary_exists_in_the_code(code, identifier):
    owner, _dot, member = identifier.partition(".")
    assert re.search(rf"\b{re.escape(owner)}\b", code), f"{owner} is not in the code"
    if member:
        body = re.search(rf"^class {owner}\b.*?(?=^\S)", code, re.DOTALL | re.MULTILINE)
        assert body, f"{owner} is no class"
        assert re.search(rf"^    {member}\b", body[0], re.MULTILINE), f"{owner} has no {member}"


def our_models() -> list[str]:
    return sorted(
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
    )


def test_every_model_is_in_the_glossary():
    assert set(our_models()) <= {identifier.partition(".")[0] for identifier in glossary_identifiers()}


def test_no_word_of_a_later_release_is_a_model_already():
    later = set(re.findall(r"`(\w+)`", text_of("docs/glossary.md").split(LATER)[1]))
    assert not later & set(our_models())


# --- trace -------------------------------------------------------------------------------------------
def trace_places() -> list[str]:
    return sorted(set(re.findall(r"`([^`]+/[^`]+)`", text_of("docs/trace.md"))))


@pytest.mark.parametrize("place", trace_places())
def test_every_place_of_the_trace_exists(place):
    name, _colons, function = place.partition("::")
    assert (ROOT / name).exists()
    if function:
        assert re.search(rf"^def {function}\(", text_of(name), re.MULTILINE), f"{name} has no {function}"


def test_every_requirement_of_the_trace_has_a_test():
    traced = [row for row in rows(text_of("docs/trace.md")) if re.match(r"R\d", row[0])]
    assert len(traced) > 30
    assert [row[0] for row in traced if "`tests/" not in row[3]] == []


# --- deployment guide --------------------------------------------------------------------------------
def variables_of_the_settings() -> set[str]:
    settings = text_of("cwn/settings.py") + text_of("cwn/accounts/settings.py") + text_of("cwn/core/logging.py")
    return set(re.findall(r"""(?:env|environ\.Env\(\))(?:\.\w+)?\(\s*["']([A-Z_0-9]+)["']""", settings))


def variables_of_the_guide() -> set[str]:
    table = text_of("docs/howto/deploy.md").split("## Environment")[1].split("\n## ")[0]
    return {word for row in rows(table) for word in re.findall(r"^`([A-Z_0-9]+)`$", row[0])}


def test_the_guide_names_every_variable_and_no_other():
    assert variables_of_the_guide() == variables_of_the_settings()


def test_the_compose_file_sets_what_production_requires():
    compose = yaml.safe_load(text_of("docs/howto/compose.yml"))
    table = rows(text_of("docs/howto/deploy.md").split("## Environment")[1])
    required = {row[0].strip("`") for row in table if len(row) > 1 and row[1] == "required"}
    given = set(compose["services"]["web"]["environment"])
    assert required <= given
    assert given <= variables_of_the_guide()
    assert {"web", "worker", "clock", "primary", "replica", "valkey"} <= set(compose["services"])


# --- README and the rest -----------------------------------------------------------------------------
def test_the_readme_names_commands_and_pages_that_exist():
    targets = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", text_of("README.md"))) <= targets
    assert len(text_of("README.md").splitlines()) <= 60, "one screen"


@pytest.mark.parametrize(
    "document", sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#\s]+)\)", text_of(document)):
        if not target.startswith("https://"):
            assert ((ROOT / document).parent / target).exists(), target


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_publiccode_says_what_the_project_file_says():
    public, project = yaml.safe_load(text_of("publiccode.yml")), text_of("pyproject.toml")
    assert f'version = "{public["softwareVersion"]}"' in project
    assert f'license = "{public["legal"]["license"]}"' in project
    assert text_of("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git clone")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry():
    # Written with brackets, so that this file does not name what it forbids.
    names = (r"/wor[k]/", r"/roo[t]/", r"/hom[e]/\w", r"pyp[i]\.org", r"pythonhoste[d]\.org", r"registr[y]\.npmjs")
    forbidden = re.compile("|".join(names))
    found = []
    for path in tracked_files():
        if path.suffix not in {".png", ".woff2", ".ico", ".xlsx"} and path.name != "LICENSE":
            text = path.read_text(errors="ignore")
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in forbidden.finditer(text)]
    assert found == []
