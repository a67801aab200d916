"""The catalogue, the query headers, the contracts and the rules in; `docs/indicators.md` and `docs/spreadsheets.md` out.

`python docs/make.py` writes both. `tests/test_docs.py` fails where they are stale, so a changed definition changes its page.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from cadence import catalogue, queries, rules, words  # noqa: E402
from cadence.catalogue import Entry  # noqa: E402
from cadence.queries import Declared  # noqa: E402
from cadence.sheets.contracts import Contract, Field, contracts  # noqa: E402

MADE = "<!-- Made by docs/make.py. Do not edit: change the data file and run `python docs/make.py`. -->"

FIELD_TYPES = {
    "text": "any text; identity and mobile numbers inside it are blotted out",
    "unit": "the name of a unit; an unknown one is a problem where a register was imported, never a new unit",
    "new_unit": "the name of a unit; only the register makes units",
    "person": "a name; kept only as a salted token, never shown",
    "date": "2024-03-05, 2024.3.5, 2024年3月5日, 20240305, 3月5日 (year from the title), full-width digits, spreadsheet dates",
    "time": "14:30, 下午2:30, 14:00-16:00",
    "year": "2024, 2024年",
    "quarter": "2024年第一季度, 2024Q1, 2024年1季度",
    "count": "a whole number; “15人” and full-width digits are read",
    "number": "a number",
    "minutes": "90, 90分钟, 1.5小时; small bare numbers are asked about",
    "share": "80%, 0.8",
    "score": "9.5, 9.5分",
    "flag": "是, 否, 有, 无",
    "choice": "one of the words listed below the table",
    "activity_type": "one of the kinds of activity at the end of this page",
    "sync_steps": "steps of the two lists at the end of this page",
}
"""How a cell of each type may be written."""

CONFIDENCE = {3: "article number and text read", 2: "text read, number inferred", 1: "not confirmed"}


def pages() -> dict[str, str]:
    """Stem → Chinese title of every page of the menu; read from `PAGES` without starting Streamlit."""
    tree = ast.parse((HOME / "cadence" / "view" / "frame.py").read_text(encoding="utf-8"))
    written = next(it.value for it in tree.body if isinstance(it, ast.Assign) and getattr(it.targets[0], "id", "") == "PAGES")
    return {stem: title for group in ast.literal_eval(written).values() for stem, title in group.items()}


def english(text: str) -> str:
    """The English of a Chinese source text; itself where there is none."""
    return words.catalogue("en").get(text, text)


def both(text: str) -> str:
    """Chinese and English side by side."""
    return text if english(text) == text else f"{text} / {english(text)}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def indicators(entries: Mapping[str, Entry] | None = None) -> str:
    """Every indicator by page: question, why, formula, limits, where from, and the columns of its answer."""
    entries = catalogue.entries() if entries is None else entries
    titles = pages()
    places = [(page, both(title)) for page, title in titles.items() if any(entry.page == page for entry in entries.values())]
    places += [("", "Behind the pages")] if any(entry.page not in titles for entry in entries.values()) else []
    parts = [
        "# Indicators",
        MADE,
        f"{len(entries)} indicators. One indicator is one SELECT in `queries/indicators/` and one entry in "
        "`queries/catalogue/`. Its id is the name of the file. Ask one with `python -m cadence ask ID`. "
        "Phrases of the report stand with their line (L14); check clauses against the official text before relying on them.",
        table(["page", "indicators"], [(title, _ids(entries, page, titles)) for page, title in places]),
    ]
    for page, title in places:
        parts.append(f"## {title}")
        for entry in _of(entries, page, titles):
            parts += list(_indicator(entry))
    return "\n\n".join(parts) + "\n"


def _of(entries: Mapping[str, Entry], page: str, titles: Mapping[str, str]) -> list[Entry]:
    return [entry for entry in entries.values() if entry.page == page or (not page and entry.page not in titles)]


def _ids(entries: Mapping[str, Entry], page: str, titles: Mapping[str, str]) -> str:
    return " · ".join(f"[`{entry.id}`](#{entry.id})" for entry in _of(entries, page, titles))


def _indicator(entry: Entry) -> Iterator[str]:
    """One indicator's section."""
    query = queries.indicator(entry.id)
    yield f'<a id="{entry.id}"></a>\n\n### {both(entry.title)}'
    yield f"`{entry.id}` · {both(entry.question)}"
    yield "\n".join(f"- **{label}** {text}" for label, text in _facts(entry) if text)
    yield table(["column", "type", "unit and meaning"], [(f"`{it.name}`", it.type, it.text) for it in query.columns])
    if query.params:
        yield "Asked with " + ", ".join(f"`{it.name}` ({_param(it)})" for it in query.params) + "."


def _param(declared: Declared) -> str:
    return f"{declared.type}: {declared.text}" if declared.text else declared.type


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "Why", _twice(entry.why)
    yield "Formula", _twice(entry.formula)
    yield "Limits", _twice(entry.limits)
    yield "Picture", f"`{entry.chart}`" + (f", marked with [`{entry.marks}`](#{entry.marks})" if entry.marks else "")
    yield "Better", {"high": "higher", "low": "lower"}.get(entry.good, "neither: read it beside the others")
    yield "Needs", ", ".join(_need(need) for need in entry.needs)
    yield "Smallest n", f"{entry.minimum_n} (column `{entry.n}`); below it nothing is shown" if entry.minimum_n else ""
    yield "Coverage", f"{entry.coverage:.0%} of unit-months reported; below it nothing is shown" if entry.coverage else ""
    yield "Report", " · ".join(entry.source)
    yield "Clause", " · ".join(entry.clause)


def _twice(text: str) -> str:
    return text if english(text) == text else f"{text} — {english(text)}"


def _need(need: str) -> str:
    return " or ".join(_column(*one.split(".")) for one in need.split("|"))


def _column(kind: str, field: str) -> str:
    return f"[`{kind}.{field}`](spreadsheets.md#{kind}) {both(contracts()[kind].fields[field].title)}"


def spreadsheets(kinds: Mapping[str, Contract] | None = None) -> str:
    """Every contract: what a row is, what tells rows apart, its fields and the headers accepted for each."""
    kinds = contracts() if kinds is None else kinds
    used = {field.type for contract in kinds.values() for field in contract.fields.values()}
    parts = [
        "# Spreadsheets",
        MADE,
        "The kinds of spreadsheet that are read, one file of `data/contracts/` each. Nothing needs to be re-typed: title rows, "
        "merged cells, headers of two rows, sub-totals and notes are understood. Headers are compared without blanks, brackets "
        "and units, first exactly, then by how they are built (the `patterns` of the file), then by likeness; where two fields "
        "share a header, the values below it decide. A form (labels at the left, values at the right) is read as one activity. "
        "A bold field is required: a row without it is kept out and listed.",
        table(
            ["kind", "one row is", "fields"],
            [(f"[{both(it.title)}](#{kind})", english(it.row), len(it.fields)) for kind, it in kinds.items()],
        ),
    ]
    for contract in kinds.values():
        parts += list(_contract(contract))
    parts += ["## How cells may be written", table(["type", "written as"], [(f"`{it}`", FIELD_TYPES[it]) for it in sorted(used)])]
    parts += ["## Kinds of activity", *_activity_types(), "## Sync steps", *_sync_steps()]
    parts += ["## Words that decide", *_dictionaries(), "## What is due", *_due()]
    return "\n\n".join(parts) + "\n"


def _contract(contract: Contract) -> Iterator[str]:
    """One contract's section."""
    yield f'<a id="{contract.kind}"></a>\n\n## {both(contract.title)}'
    lines = [
        f"- **File** `data/contracts/{contract.kind}.toml`",
        f"- **One row** {_twice(contract.row)}",
        f"- **Told apart by** {', '.join(f'`{name}`' for name in contract.key)}; "
        "a later row with the same values is a change, not a second row",
    ]
    if contract.sheet_names:
        lines.append(f"- **Names of sheets** {'、'.join(contract.sheet_names)}")
    yield "\n".join(lines)
    head = ["field", "title", "type", "unit", "headers accepted"]
    yield table(head, [_field(field) for field in contract.fields.values()])
    choices = [
        f"- `{field.name}`: " + "; ".join(f"`{id}` = {'、'.join(said)}" for id, said in field.choices.items())
        for field in contract.fields.values()
        if field.choices
    ]
    if choices:
        yield "Choices:\n\n" + "\n".join(choices)
    if contract.wide:
        yield "Also read from wide summary sheets: " + _wide(contract) + "."


def _field(field: Field) -> tuple[str, ...]:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    also = [text for has, text in ((field.month_precision, "or a month"), (field.from_title, "or from the title")) if has]
    return (
        name,
        both(field.title),
        ", ".join([f"`{field.type}`", *also]),
        field.unit,
        "、".join(field.headers) + (" and more, by shape" if field.patterns else ""),
    )


def _wide(contract: Contract) -> str:
    wide = contract.wide
    found = [f"criteria {'、'.join(wide.criteria)}"] if wide.criteria else []
    found += [f"`{kind}` from {'、'.join(headers)}" for kind, headers in wide.also.items()]
    found += [f"passed by {'、'.join(wide.ignore)}"] if wide.ignore else []
    return "; ".join(found)


def _activity_types() -> Iterator[str]:
    yield (
        "From `data/rules/types.toml`. A kind with a season (months) is legitimately scheduled then: "
        "it is shown, and never counts for or against evenness."
    )
    yield table(
        ["id", "title", "prescribed", "subject chosen by the unit", "season", "names accepted"],
        [
            (
                f"`{kind.id}`",
                both(kind.title),
                _yes(kind.prescribed),
                _yes(kind.discretionary),
                ", ".join(str(month) for month in kind.anchored),
                "、".join(kind.headers),
            )
            for kind in rules.types().values()
        ],
    )


def _sync_steps() -> Iterator[str]:
    presets = rules.presets()
    yield "From `data/rules/presets.toml`. The report has two lists; the reader chooses, and the choice stands beside the figure."
    yield table(
        ["preset", "title", "steps"],
        [
            (f"`{id}`", both(preset["title"]), ", ".join(both(presets["steps"][step]["title"]) for step in preset["steps"]))
            for id, preset in presets["sync"].items()
        ],
    )


def _dictionaries() -> Iterator[str]:
    titles = {name: both(preset["title"]) for name, preset in rules.presets()["stale_forms"].items()}
    yield (
        "From `data/rules/dictionaries.toml`; which forms are old stands in `data/rules/presets.toml`, in two lists. "
        "A topic, a form or a note of preparation belongs to a list where it contains one of its words; where one word is named, "
        "it is the first of the list. Edit them and restart."
    )
    yield table(
        ["list", "title", "words"],
        [(f"`{name}`", titles.get(name, LISTS.get(name, "")), "、".join(words)) for name, words in rules.dictionaries().items()],
    )


LISTS = {
    "small": "topics that come down to something (L20 切口要小)",
    "broad": "large topics (L20 宏大叙事)",
    "digital": "digital forms (L20 高科技、网络化、多媒体)",
    "goal": "prepared: a plan or an aim",
    "division": "prepared: who does what",
    "supplies": "prepared: papers and supplies",
    "business": "titles that name the organ's own work",
    "party": "titles that name party life",
    "party_study": "meetings that count as 专题研究党建 as well",
}


def _due() -> Iterator[str]:
    yield (
        "From `data/rules/profiles/`. The setting `profile` chooses the file in force. "
        "Check clause and wording against the official text before relying on them."
    )
    for path in sorted((words.DATA / "rules" / "profiles").glob("*.toml")):
        profile = rules.profile(path.stem)
        yield f"### {both(profile['title'])}\n\n`{path.stem}`"
        yield table(
            ["rule", "activity", "due", "only with", "clause", "confidence"],
            [
                (
                    rule["id"],
                    both(rules.types()[rule["type"]].title),
                    f"{rule['times']} a {rule['every']}" + (" and party group" if rule.get("times_per_group") else ""),
                    rule.get("only_with", ""),
                    rule["clause"],
                    CONFIDENCE[rule["confidence"]],
                )
                for rule in profile["due"]
            ],
        )


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


PAGES_MADE: dict[str, Callable[[], str]] = {"indicators.md": indicators, "spreadsheets.md": spreadsheets}


def stale(folder: Path = HOME / "docs") -> list[str]:
    """Names of the pages in `folder` that are not what the data files say now."""
    return [
        name
        for name, make in PAGES_MADE.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != make()
    ]


if __name__ == "__main__":
    for name in stale():
        (HOME / "docs" / name).write_text(PAGES_MADE[name](), encoding="utf-8")
        print(f"docs/{name} written")
