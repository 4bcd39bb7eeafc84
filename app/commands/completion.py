"""`threshold completion SHELL`: what a shell needs to complete our commands, made from the parser itself."""

import argparse
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """An option (``flags``), or a word that stands by itself (none). ``takes``: what follows it."""

    flags: tuple[str, ...]
    does: str
    choices: tuple[str, ...] = ()
    file: bool = False
    value: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Command:
    name: str
    does: str
    words: tuple[Word, ...]

    @property
    def options(self) -> list[Word]:
        return [word for word in self.words if word.flags]

    @property
    def positionals(self) -> list[Word]:
        return [word for word in self.words if not word.flags]


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """What the shell is to read. ``shell``: one of ``SHELLS``."""
    whole, commands = _words(parser), _commands(parser)
    return SHELLS[shell](whole, commands)


def _commands(parser: argparse.ArgumentParser) -> list[Command]:
    (subparsers,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    does = {choice.dest: choice.help or "" for choice in subparsers._choices_actions}
    return [Command(name, does.get(name, ""), _words(one)) for name, one in subparsers.choices.items()]


def _words(parser: argparse.ArgumentParser) -> tuple[Word, ...]:
    return tuple(_word(one) for one in parser._actions if not isinstance(one, argparse._SubParsersAction))


def _word(action: argparse.Action) -> Word:
    return Word(
        flags=tuple(action.option_strings),
        does=(action.help or "").replace("%%", "%").replace("`", ""),
        choices=tuple(str(one) for one in action.choices or ()),
        file=action.metavar == "FILE",
        value=bool(action.option_strings) and action.nargs != 0,
        repeats=isinstance(action, argparse._AppendAction),
    )


# ── bash ────────────────────────────────────────────────────────────────────────────────────────────────


def _bash(whole: tuple[Word, ...], commands: list[Command]) -> str:
    values, words, files = list[str](), list[str](), list[str]()
    for command in commands:
        for option in command.options:
            if option.value:
                said = " ".join(option.choices)
                how = "files=yes" if option.file else f"words={shlex.quote(said)}"
                values += [f'        "{command.name} {flag}") {how} known=yes ;;' for flag in option.flags]
        offered = [flag for option in command.options for flag in option.flags]
        offered += [choice for word in command.positionals for choice in word.choices]
        words.append(f"        {command.name}) words={shlex.quote(' '.join(offered))} ;;")
        if any(word.file for word in command.positionals):
            files.append(command.name)
    first = [flag for option in whole for flag in option.flags] + [command.name for command in commands]
    return "\n".join([
        "_threshold() {",
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= words= files= known= at",
        "    if [[ $word == = ]]; then word=; fi",
        "    if [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi",
        "    for ((at = 1; at < COMP_CWORD; at++)); do",
        "        if [[ ${COMP_WORDS[at]} != -* ]]; then command=${COMP_WORDS[at]}; break; fi",
        "    done",
        '    case "$command $before" in',
        *values,
        "    esac",
        '    if [[ -z $known ]]; then case "$command" in',
        f"        '') words={shlex.quote(' '.join(first))} ;;",
        *words,
        "    esac; fi",
        f'    if [[ -z $known && $word != -* && " {" ".join(files)} " == *" $command "* ]]; then files=yes; fi',
        '    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"; [[ -z $files ]] || compgen -f -- "$word")',
        "    if [[ -n $files ]]; then compopt -o filenames 2> /dev/null; fi",
        "    return 0",
        "}",
        "complete -F _threshold threshold",
        "",
    ])  # fmt: skip


# ── zsh ─────────────────────────────────────────────────────────────────────────────────────────────────


def _zsh(whole: tuple[Word, ...], commands: list[Command]) -> str:
    described = [shlex.quote(f"{one.name}:{_bare(one.does)}") for one in commands]
    return "\n".join([
        "#compdef threshold",
        "_threshold() {",
        "    local context state state_descr line; typeset -A opt_args",
        f"    local -a commands=({' '.join(described)})",
        f"    _arguments -C {' '.join(_zsh_specs(whole))} '1: :->command' '*:: :->rest'",
        "    case $state in",
        "        command) _describe command commands ;;",
        "        rest) case $words[1] in",
        *(f"            {one.name}) _arguments {' '.join(_zsh_specs(one.words))} ;;" for one in commands),
        "        esac ;;",
        "    esac",
        "}",
        'if [[ $funcstack[1] == _threshold ]]; then _threshold "$@"; else compdef _threshold threshold; fi',
        "",
    ])  # fmt: skip


def _zsh_specs(words: tuple[Word, ...]) -> Iterator[str]:
    for word in words:
        takes = "_files" if word.file else f"({' '.join(word.choices)})" if word.choices else " "
        if not word.flags:
            yield shlex.quote(f":{_bare(word.does) or 'word'}:{takes}")
        for flag in word.flags:
            value = f":value:{takes}" if word.value else ""
            yield shlex.quote(f"{'*' if word.repeats else ''}{flag}[{_bare(word.does)}]{value}")


def _bare(text: str) -> str:
    """Without what means something to zsh in a description."""
    return text.replace("[", "(").replace("]", ")").replace(":", "\\:")


# ── fish ────────────────────────────────────────────────────────────────────────────────────────────────


def _fish(whole: tuple[Word, ...], commands: list[Command]) -> str:
    lines = ["complete -c threshold -f"]
    nobody = "__fish_use_subcommand"
    lines += [_fish_line(nobody, word) for word in whole]
    lines += [f"complete -c threshold -n {nobody} -a {one.name} -d {_fish_quoted(one.does)}" for one in commands]
    for command in commands:
        lines += [_fish_line(f"__fish_seen_subcommand_from {command.name}", word) for word in command.words]
    return "\n".join([*lines, ""])


def _fish_line(when: str, word: Word) -> str:
    said = ["complete -c threshold -n", _fish_quoted(when)]
    said += [f"-{'l' if flag.startswith('--') else 's'} {flag.lstrip('-')}" for flag in word.flags]
    if word.file:
        said.append("-r -F" if word.flags else "-F")
    elif word.value:
        said.append("-x")
    if word.choices:
        said.append(f"-a {_fish_quoted(' '.join(word.choices))}")
    return " ".join([*said, "-d", _fish_quoted(word.does)])


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: dict[str, Callable[[tuple[Word, ...], list[Command]], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
