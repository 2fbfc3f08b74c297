"""Prints figures as a table while they are found, and stores them as JSON."""

import json

VERDICTS = {True: "reached", False: "NOT REACHED", None: ""}


def number(value, digits=1):
    """With as many digits as it needs to be told from its neighbour."""
    if value is None:
        return ""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.{digits if value >= 1 else max(digits, 2)}f}"


def head():
    return f"{'case':<14}{'measure':<18}{'peer':<10}{'theirs':>10}{'ours':>10}{'ratio':>8}  {'reach':<10}"


def lines(figure):
    """One line that counts, and one for what else the runs told."""
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    told = (
        f"{figure.case:<14}{figure.measure:<18}{figure.peer:<10}{number(figure.theirs, figure.digits):>10}"
        f"{number(figure.ours, figure.digits):>10}{ratio:>8}  {str(figure.aim or ''):<10}{VERDICTS[figure.is_reached]}"
    )
    also = ", ".join(f"{name} {number(ours)} : {number(theirs)}" for name, (ours, theirs) in figure.also.items())
    more = "; ".join(filter(None, [also and f"ours : theirs  {also}", figure.remark]))
    return [told.rstrip()] + ([f"{'':<14}{more}"] if more else [])


def summary(figures):
    judged = [figure.is_reached for figure in figures if figure.is_reached is not None]
    return f"{sum(judged)} of {len(judged)} reached"


def stored(facts, figures, failures):
    """Everything that is known of a run, as it is kept in a file."""
    of = {"date": facts["date"], "fairlead": facts["versions"]["fairlead"]}
    return facts | {"figures": [figure.stored() | of for figure in figures], "unmeasured": failures}


def store(path, whole):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, indent=1) + "\n")
