"""What a run found, as one page of Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Report:
    """The goals with what was measured, and the tables behind them."""

    facts: dict[str, str]
    goals: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    def goal(self, name: str, path: str, measured: float, *, must: float, stretch: float, unit: str = "×") -> None:
        """Note a number that has a goal; `must` above `stretch` means that less is better."""
        less = must > stretch
        reached = [measured <= one if less else measured >= one for one in (must, stretch)]
        verdict = "stretch" if all(reached) else "yes" if reached[0] else "**no**"
        sign = "≤" if less else "≥"
        bounds = f"{sign} {must:g}{unit}", f"{sign} {stretch:g}{unit}"
        self.goals.append((name, path, f"{shown(measured)}{unit}", f"{bounds[0]} / {bounds[1]}", verdict))
        print(f"  {name:<4} {path}: {shown(measured)}{unit}  ({bounds[0]}, {verdict})", flush=True)

    def fact(self, name: str, path: str, measured: str, must: str, *, reached: bool) -> None:
        """Note something that is so or not."""
        self.goals.append((name, path, measured, must, "yes" if reached else "**no**"))
        print(f"  {name:<4} {path}: {measured}  ({must}, {'yes' if reached else 'no'})", flush=True)

    def failed(self, title: str, problem: Exception) -> None:
        """Note a measurement that did not come to an end; the others go on."""
        number, _space, path = title.partition(" ")
        self.goals.append((number, path.strip(), "failed", "", f"**no**: {str(problem).splitlines()[0][:120]}"))
        print(f"  {number:<4} failed: {problem}", flush=True)

    def table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add a table."""
        lines = [f"### {title}", "", row(head), row(["---", *["---:"] * (len(head) - 1)])]
        lines += [row([shown(cell) for cell in one]) for one in rows]
        self.tables.append("\n".join(lines))

    def write(self, file: Path, command: str, seconds: float) -> None:
        """Write the page."""
        lines = [
            "# Results",
            "",
            f"Written by `{command}` in {seconds:.0f} seconds; README.md tells how it was measured.",
            "Ratios are the goal: absolute figures belong to this machine and this moment.",
            "",
            row(["machine", ""]),
            row(["---", "---"]),
            *(row(pair) for pair in self.facts.items()),
            "",
            "## Goals",
            "",
            row(["#", "path", "measured", "must / stretch", "reached"]),
            row(["---", "---", "---:", "---:", "---"]),
            *(row(goal) for goal in self.goals),
            "",
            "## Behind them",
            "",
            "\n\n".join(self.tables),
            "",
        ]
        file.write_text("\n".join(lines))


def row(cells: Sequence[object]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def shown(value: object) -> str:
    """Return a number with three telling digits."""
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else str(value)
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
