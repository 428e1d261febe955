"""What a pass over the drops would do: a line a file, and how long each account takes."""

from collections.abc import Iterator
from datetime import timedelta

from importer.console.preview import plan_object
from importer.passes import Fate, Forecast
from importer.plan import Plan, moment

WOULD = {
    Fate.DONE: "would be imported",
    Fate.REFUSED: "would be refused",
    Fate.HELD: "would be held back",
    Fate.BLOCKED: "would stay",
    Fate.OPEN: "would go on",
    Fate.WAITING: "would wait",
    Fate.LEFT_ALONE: "left alone",
}


def forecast_lines(forecast: Forecast) -> Iterator[str]:
    for each in forecast.files:
        name = f"{each.drop}/{each.file}" if each.file else each.drop
        yield f"{name}: {WOULD[each.fate]}: {each.what}"
        if each.where and each.fate is not Fate.DONE:
            yield f"  at:  {each.where}"
        if each.fix and each.fate is not Fate.DONE:
            yield f"  fix: {each.fix}"
    if not forecast.files:
        yield "nothing to do: the folders are empty"
    for name, plan in forecast.plans.items():
        if plan.calls:
            short = f", {left}" if (left := forecast.short.get(name)) else ""
            words = f"{plan_words(plan)}{short}; nothing was sent"
            yield f"account {name or 'of the environment'}: {words}"
    for name, what in forecast.missing.items():
        yield f"account {name or 'of the environment'}: {what}"


def plan_words(plan: Plan) -> str:
    calls = f"{plan.calls:,} call{'' if plan.calls == 1 else 's'}"
    sending = "" if plan.sending_s is None else f", {timedelta(seconds=round(plan.sending_s))}"
    if plan.waits:
        return f"{calls}{sending and f'{sending} of sending'}, {plan.end}"
    if plan.ends_at is None:
        return f"{calls}, as fast as the account answers"
    return f"{calls}{sending}, until {moment(plan.ends_at)} if it begins now"


def forecast_object(forecast: Forecast) -> dict[str, object]:
    return {
        "files": [
            {
                "drop": each.drop,
                "account": each.account or None,
                "file": each.file or None,
                "fate": each.fate,
                "what": each.what,
                "where": each.where or None,
                "fix": each.fix or None,
                "calls": each.calls,
            }
            for each in forecast.files
        ],
        "plans": [
            {"account": name or None, **plan_object(plan)} for name, plan in forecast.plans.items()
        ],
        "missing": [
            {"account": name or None, "what": what} for name, what in forecast.missing.items()
        ],
    }
