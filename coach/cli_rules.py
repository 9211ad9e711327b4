"""`coach rules`: list, explain, test and check the rules."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from coach.cli_parts import Debug, Lang, RuleFolders, console_of, count, finish
from coach.errors import ExitCode, UsageError
from coach.output import complain, trimmed, write

rules_app = typer.Typer(help="List, explain, test and check the rules.", no_args_is_help=True)


@rules_app.command("list")
def list_rules(
    *,
    lang: Annotated[Lang, typer.Option("--lang", help="The language of the titles.")] = "en",
    rules: RuleFolders = None,
    debug: Debug = False,
) -> None:
    """List all rules in a table."""

    def work() -> int:
        from rich.table import Table

        from coach.handbook import word
        from coach.model import DIMENSIONS
        from coach.rules import load_rules

        book = load_rules(rules or ())
        table = Table(box=None, pad_edge=False)
        for heading in {
            "de": ("Regel", "Titel", "Dimension", "Schwere"),
            "en": ("Rule", "Title", "Dimension", "Severity"),
        }[lang]:
            table.add_column(heading, no_wrap=heading in ("Rule", "Regel"))
        for rule in sorted(
            book.rules.values(), key=lambda rule: (rule.kind, DIMENSIONS.index(rule.dimension), rule.id)
        ):
            severity = rule.severity if rule.kind == "finding" else rule.kind
            table.add_row(rule.id, rule.title[lang], word(rule.dimension, lang), word(severity, lang))
        console = console_of(None)
        with console.capture() as capture:
            console.print(table)
        write(trimmed(capture.get()))
        return ExitCode.OK

    finish(work, debug=debug)


@rules_app.command("show")
def show_rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The rule's id, such as monologue.")],
    *,
    lang: Annotated[Lang, typer.Option("--lang", help="The language of the page.")] = "en",
    address: Annotated[
        Literal["sie", "du"], typer.Option("--address", help="How a German page addresses its reader.")
    ] = "sie",
    rules: RuleFolders = None,
    debug: Debug = False,
) -> None:
    """Explain one rule like a page of a handbook."""

    def work() -> int:
        from rich.padding import Padding
        from rich.text import Text

        from coach.handbook import page
        from coach.rulebook import shipped_rules
        from coach.rules import load_rules
        from coach.yamlfile import did_you_mean

        book = load_rules(rules or (), examples=True)
        rule = book.rules.get(rule_id)
        if rule is None:
            raise UsageError(
                f"There is no rule “{rule_id}”.", hint=did_you_mean(rule_id, book.rules, listed_by="coach rules list")
            )
        styles = {"title": "bold", "heading": "bold", "marked": "bold red", "better": "green"}
        console = console_of(None)
        with console.capture() as capture:
            for block in page(rule, book=book, language=lang, address=address):
                if block.kind == "heading":
                    console.print()
                console.print(Padding(Text(block.text, style=styles.get(block.kind, "")), (0, 0, 0, block.indent)))
        write(trimmed(capture.get()))
        place = rule.path if any(Path(rule.path).is_relative_to(folder) for folder in rules or ()) else None
        write(f"\n{'Datei' if lang == 'de' else 'File'}\n  {place or shipped_rules() / rule.path}\n")
        return ExitCode.OK

    finish(work, debug=debug)


@rules_app.command("acts")
def list_acts(
    act_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="An act's id, such as vague-promise: its cues and examples.")
    ] = None,
    *,
    lang: Annotated[Lang, typer.Option("--lang", help="The language of the meanings.")] = "en",
    rules: RuleFolders = None,
    debug: Debug = False,
) -> None:
    """List what a rule is built from: acts and signals, with what they mean."""

    def work() -> int:
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        from coach.glossary import HEADINGS, act_lines, entries, title_of
        from coach.rules import load_rules
        from coach.yamlfile import did_you_mean

        book = load_rules(rules or (), examples=act_id is not None)
        known = entries(book, lang)
        console = console_of(None)
        with console.capture() as capture:
            if act_id is None:
                for sort, heading in HEADINGS[lang].items():
                    console.print(Text(heading, style="bold"))
                    table = Table(box=None, show_header=False, padding=(0, 0, 0, 2))
                    table.add_column(no_wrap=True)
                    for item in known:
                        if item.sort == sort:
                            table.add_row(item.name, item.meaning + (f" ({item.role})" if item.role else ""))
                    console.print(table)
                    console.print()
            elif act_id in book.acts:
                act = book.acts[act_id]
                console.print(Text(title_of(act, lang), style="bold"))
                for heading, lines in act_lines(act, lang):
                    console.print(Text(f"\n{heading}", style="bold"))
                    for line in lines:
                        console.print(Padding(Text(line), (0, 0, 0, 2)))
            else:
                found = next((item for item in known if item.name == act_id), None)
                if found is None:
                    hint = did_you_mean(act_id, [item.name for item in known], listed_by="coach rules acts")
                    raise UsageError(f"There is no act or signal “{act_id}”.", hint=hint)
                console.print(Text(f"{found.name}: {found.meaning}"))
        write(trimmed(capture.get()))
        return ExitCode.OK

    finish(work, debug=debug)


@rules_app.command("test")
def run_examples(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="A rule file or a folder of rules; the shipped rules by default."),
    ] = None,
    *,
    laws: Annotated[bool, typer.Option("--laws", help="Run all five laws, not only the marked turns.")] = False,
    debug: Debug = False,
) -> None:
    """Run the examples of rules, one's own together with the shipped ones."""

    def work() -> int:
        from coach.call import cue_mistakes
        from coach.examples import LAWS, Bench, act_breaches, breaches, without_examples
        from coach.rulefolder import rule_folder
        from coach.rules import LANGUAGES, load_rules

        folder = rule_folder(path)
        book = load_rules(folder.extra, examples=True)
        for mistake in cue_mistakes(book):
            raise mistake
        wanted = [name for name in folder.rules if name in book.rules]
        bench = Bench(book=book)
        found = [*act_breaches(bench, folder.acts), *breaches(bench, wanted, laws=LAWS if laws else (1,))]
        for breach in found:
            where = f" [{breach.language}]" if breach.language else ""
            law = f" (law {breach.law})" if laws and breach.law else ""
            write(f"{breach.place}: {breach.rule}{where}{law}: {breach.message}\n")
            write("".join(f"    {line}\n" for line in breach.dialogue))
        for language in LANGUAGES:
            lacking = [
                name
                for name in wanted
                if any(book.rules[name].examples.values()) and language in without_examples(book.rules[name])
            ]
            if lacking:
                complain(f"No example that fires, or none that stays silent ({language}): {', '.join(lacking)}.")
        untested = [name for name in wanted if not any(book.rules[name].examples.values())]
        if untested:
            complain(
                f"Not tested, since there are no examples: {', '.join(untested)}.",
                hint="Put “examples:” into the rule; `coach init` writes a rule that has some.",
            )
        examples = sum(len(items) for name in wanted for items in book.rules[name].examples.values())
        result = f"{len(found)} broken" if found else f"{len(untested)} not tested" if untested else "all hold"
        counted = (count(len(wanted), "rule"), count(examples, "example"), count(len(folder.acts), "act"))
        write(f"{', '.join(counted)}: {result}.\n")
        return ExitCode.BAR_MISSED if found or untested else ExitCode.OK

    finish(work, debug=debug)


@rules_app.command("lint")
def lint_rules(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="A rule file or a folder of rules; the shipped rules by default."),
    ] = None,
    *,
    debug: Debug = False,
) -> None:
    """Load rule files and name the first mistake of each with its place."""

    def work() -> int:
        from coach.rulefolder import mistakes_in, rule_folder

        folder = rule_folder(path)
        found = mistakes_in(folder)
        for error in found:
            complain(error.message, place=error.place, hint=error.hint)
        files = len(folder.rules) + len(folder.acts)
        if found:
            return ExitCode.UNUSABLE
        write(f"{count(files, 'file')}, no mistakes.\n")
        return ExitCode.OK

    finish(work, debug=debug)


@rules_app.command("schema")
def print_schema(
    of: Annotated[
        Literal["act", "rule", "profile", "phases", "report"],
        typer.Argument(help="The file that the schema describes."),
    ] = "rule",
    *,
    debug: Debug = False,
) -> None:
    """Print the JSON Schema of act files, rule files or the JSON report."""

    def work() -> int:
        from coach.rulefolder import schema_text

        write(schema_text(of), utf8=True)
        return ExitCode.OK

    finish(work, debug=debug)
