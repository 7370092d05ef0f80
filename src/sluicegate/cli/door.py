"""What every command shares: printing, progress, and how errors leave.

The errors are imported where they are raised: their room brings numpy, which `--help` does without.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from sluicegate.terms.errors import SluicegateError

_shown: list[Any] = []
"""Bars on the screen, which are taken away however a command ends."""


def leave(error: SluicegateError) -> NoReturn:
    """One message on standard error, and the error's exit code."""
    typer.echo(f"sluicegate: {error}", err=True)
    raise typer.Exit(error.exit_code)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn errors into one message; a broken pipe is the reader's business and ends quietly."""
    from sluicegate.terms.errors import SluicegateError

    try:
        yield
    except SluicegateError as error:
        leave(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except (MemoryError, OSError) as error:
        leave(SluicegateError(f"the answer could not be computed: {error}"))
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        typer.echo("sluicegate: stopped; nothing half-written is left.", err=True)
        raise typer.Exit(130) from None
    except Exception as error:
        leave(SluicegateError(f"the answer could not be computed, by a fault of this program: {_fault(error)}"))
    finally:
        while _shown:
            _shown.pop().stop()


@contextmanager
def opened(database: str | None) -> Iterator[Engine]:
    """The database of the library and the desk, made where there is none; errors leave as in `plainly`."""
    with plainly():
        from sluicegate.store.database import open_database

        yield open_database(database)


@contextmanager
def all_problems(*, json: bool) -> Iterator[None]:
    """Print every problem of a user's file as a document before the message leaves, where a document was asked for."""
    from sluicegate.desk.intake import IntakeError

    try:
        yield
    except IntakeError as error:
        if json:
            print_json(error.as_dict())
        raise


def _fault(error: Exception) -> str:
    """What went wrong in the program and where, for a report; Python callers get the traceback itself."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]} ({Path(last.filename).name}:{last.lineno})"


def print_json(document: Any) -> None:
    """One JSON document on standard output; what is not a number is null, never NaN."""
    from sluicegate.terms.wire import as_json

    typer.echo(as_json(document))


def tell(document: Any, as_text: Callable[[Any], str], *, json: bool) -> None:
    """A document as text, or as JSON where that was asked for."""
    print_json(document) if json else typer.echo(as_text(document))


def read_day(text: str | None, option: str) -> date | None:
    """An ISO date of an option.

    Raises
    ------
    InputError : not an ISO date, or outside the years that the dataset can speak of.
    """
    from sluicegate.terms.day import day_of

    return None if text is None else day_of(text, option)


def pairs(texts: list[str], option: str) -> dict[str, str]:
    """`name=value` options as a mapping.

    Raises
    ------
    InputError : one of them has no `=`, or a name is given twice.
    """
    from sluicegate.terms.mapping import read_pairs

    return read_pairs(texts, option)


def alone(name: str | None, filters: dict[str, str | None]) -> None:
    """Refuse filters of a list beside the name of one thing: one of the two would be ignored.

    Raises
    ------
    InputError : both are given.
    """
    from sluicegate.terms.errors import InputError

    given = [option for option, value in filters.items() if value is not None]
    if name is not None and given:
        raise InputError(f"{name!r} with {' and '.join(given)}", where="arguments",
                         expected="one name, or filters of the list", do="Leave one of them out.")  # fmt: skip


def progress(label: str, unit: str = "blocks") -> Any:
    """A callback that shows how far a run is and how long it will take, on standard error where somebody watches."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn(label), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeRemainingColumn()
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    _shown.append(bar)

    def show(done: int, total: int) -> None:
        if not bar.task_ids:
            bar.start()
            bar.add_task(label, total=total)
        bar.update(bar.task_ids[0], completed=done, total=total)

    return show


def print_page(document: Any, as_text: Callable[..., str], as_html: Callable[[Any], str], html: Path | None, *,
               json: bool, page: str) -> None:  # fmt: skip
    """A document as text or JSON; as a page too where a file is named, which `page` announces."""
    if html:
        from sluicegate.terms.writing import write_whole

        write_whole(html, as_html(document))
    if json:
        print_json(document)
        return
    typer.echo(as_text(document, colour=colours()))
    if html:
        typer.echo(f"\n{page}: {html.resolve()}")


def colours() -> bool:
    """Whether to colour: a terminal, and the user has not said no."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def show_schema(context: typer.Context, asked: bool) -> None:
    """Print the JSON schema of the command's document and stop."""
    if not asked:
        return
    with plainly():
        from sluicegate.desk.schema import schema

        print_json(schema(" ".join(context.command_path.split()[1:])))
    raise typer.Exit


Schema = Annotated[
    bool,
    typer.Option("--schema", is_eager=True, callback=show_schema, help="Print the document's JSON schema and stop."),
]
"""An option every command with a document has; its value is never used, since it stops before."""
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Use nothing that became known later.")]
Draws = Annotated[int, typer.Option("--draws", min=1, help="Samples of the uncertain inputs.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same numbers.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="QUESTION=SETTING", help="How an open question turns out; see `scenario questions`."),
]
ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="A bundled scenario or a YAML file.")]
Product = Annotated[str | None, typer.Option("--product", help="A product; a name without its grade means the sum.")]
CustomsCode = Annotated[str | None, typer.Option("--hs", help="A customs code of 6 to 10 digits instead.")]
Origin = Annotated[
    str | None, typer.Option("--from", metavar="PLACE", help="Code or name of the place the goods leave.")
]
Destination = Annotated[str | None, typer.Option("--to", metavar="PLACE", help="Code or name of the place they go to.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="SLUICEGATE_DATABASE",
        show_envvar=False,
        help="sqlite:///FILE or postgresql://USER@HOST/NAME, also SLUICEGATE_DATABASE; a file of yours by default.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, nothing else.")]
