"""The command line: every command's help, every option, every exit code."""

from collections.abc import Iterator, Mapping, Sequence

import click

from docs_build.tables import code, codes, table
from importer.cli.group import cli
from importer.errors import EXIT_CODES
from importer.sandbox import FAULTS

WIDTH = 100
# What an option's own words leave open. Without an entry, these are all there is to say.
MORE: Mapping[str, str] = {
    "--ask": "Each with some values; a number is the answer. It needs a terminal.",
    "--output": "A file that is there is never overwritten. Without it, the mapping goes to "
    "stdout.",
    "--account": "Without it, the account of `LSQ_HOST`, `LSQ_ACCESS_KEY` and `LSQ_SECRET_KEY`.",
    "--again": "It makes a new job; without it, what was accepted is never sent a second time.",
    "--at": "By the clock of the computer that runs it.",
    "--config": "Without it, the one that is found from the working folder upwards, if any.",
    "--delimiter": "Or the sign itself. Without it, found from the first thousand lines.",
    "--encoding": "Also `utf-16`, `mac-roman` and others. Without it, found by its content.",
    "--for": "Without it, all three.",
    "--header-row": "Without it, found by a vote among the first rows.",
    "--html": "One file that needs no other, and no network. A file that is not such a page, or "
    "was edited, is not written over.",
    "--journal": "Without it, `IMPORTER_JOURNAL`, the `journal` of `importer.toml`, or the "
    "`importer.db` that is found from the working folder upwards, else a new one there.",
    "--json": "See [the JSON object](exit-codes-and-json.md#the-json-object).",
    "--limit": "As a trial: the exit code is that of these rows, the rest stays `pending`, and "
    "running again goes on.",
    "--out": "Without it, beside the input.",
    "--rate": "N calls in any T seconds. Without it, what the account's settings say, else 25/5s.",
    "--sheet": "Its name, or its number from 1. Without it, the first that is not hidden.",
    "--short-rows": "`refuse` makes them `invalid`. `pad`, given to a file that was imported "
    "before, fills its refused rows.",
    "--status": "Several with commas.",
}
MORE_OF_SANDBOX: Mapping[str, str] = {
    "--ahead": "Below 0: behind. Its times are of that clock, and those that it is asked for.",
    "--deletion": "Whether Lead/Delete/ById deletes leads. LeadSquared's support has to enable it; "
    "what is said before is not known: `off` is an error with status 500, `403` the same with 403, "
    "`404` a path that is not there.",
    "--fault": "Of so many calls in a hundred; several with commas. See [faults](#faults).",
    "--lag": "That an e-mail or a phone is taken is seen at once all the same.",
    "--field": "Of text; the child of a set as `mx_KYC.Status`; may be given several times.",
    "--latency": "Such as `100-300`, drawn evenly.",
    "--limit": "Such as `10/5s`; `none` for no limit.",
    "--port": "On 127.0.0.1.",
    "--seed": "The same seed gives the same again.",
    "--throttle-as": "How it refuses a call too many: LeadSquared was seen to do each.",
    "--unique": "By its schema name, such as `mx_Import_Key`; may be given several times.",
    "--uplink": "Such as `20-60`, drawn evenly.",
}


def every_command() -> Iterator[tuple[str, click.Command]]:
    """With its name, such as `run` or `drops schedule`."""
    for name, command in cli.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {each}", inner) for each, inner in command.commands.items())
        else:
            yield name, command


def commands() -> str:
    return "\n\n".join(_command(name, command) for name, command in every_command())


def _command(name: str, command: click.Command) -> str:
    context = click.Context(
        command,
        info_name=f"importer {name}",
        terminal_width=WIDTH,
        help_option_names=cli.context_settings["help_option_names"],
    )
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return "\n".join([f"### importer {name}", "", "```text", *lines, "```"])


def options() -> str:
    """Every option of every command but the sandbox, once, with the commands that take it."""
    takers: dict[str, list[str]] = {}
    seen: dict[str, click.Option] = {}
    for name, command in every_command():
        for option in _options(command) if name != "sandbox" else ():
            key = _words(option, MORE)
            takers.setdefault(key, []).append(name)
            seen.setdefault(key, option)
    known = {option.opts[-1] for option in seen.values()}
    _no_surplus(MORE, known)
    rows = ((_names(seen[key]), _of(takers[key]), key) for key in takers)
    everywhere = ("`-h`, `--help`", "all, `sandbox` too", "What the command takes.")
    return table(("option", "of", "means"), sorted([*rows, everywhere], key=_by_name))


def _by_name(row: Sequence[str]) -> str:
    return row[0].partition("--")[2]


def _of(names: list[str]) -> str:
    everyone = [name for name, _ in every_command() if name != "sandbox"]
    return "all but `sandbox`" if names == everyone else codes(names)


def sandbox_options() -> str:
    found = list(_options(cli.commands["sandbox"]))
    _no_surplus(MORE_OF_SANDBOX, {option.opts[-1] for option in found})
    rows = (
        (
            _names(each),
            code(str(each.default)) if each.show_default else "",
            _words(each, MORE_OF_SANDBOX),
        )
        for each in found
    )
    return table(("option", "without it", "means"), rows)


def faults() -> str:
    return table(("fault", "what becomes of the call"), ((code(n), w) for n, w in FAULTS.items()))


def _options(command: click.Command) -> Iterator[click.Option]:
    for each in command.params:
        if isinstance(each, click.Option):
            if not each.help:
                raise ValueError(f"{command.name} has an option without help: {each.opts}")
            yield each


def _words(option: click.Option, more: Mapping[str, str]) -> str:
    return f"{option.help} {more.get(option.opts[-1], '')}".strip()


def _names(option: click.Option) -> str:
    names = [*option.opts]
    if not option.is_flag and not option.count:
        names[-1] += f" {_value(option)}"
    return codes(names)


def _value(option: click.Option) -> str:
    """What stands behind the option: `N` for a number."""
    if isinstance(option.type, click.types.IntParamType):
        return option.metavar or "N"
    return option.make_metavar(click.Context(click.Command("any")))


def _no_surplus(words: Mapping[str, str], known: set[str]) -> None:
    if surplus := words.keys() - known:
        raise ValueError(f"more words for options that no command has: {sorted(surplus)}")


def exit_codes() -> str:
    return table(("code", "means"), ((code(str(n)), words) for n, words in EXIT_CODES.items()))
