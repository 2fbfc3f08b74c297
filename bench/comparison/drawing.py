"""Draws stored figures as SVG, with nothing but text: bars of ratios, bars of latencies, lines of routing cost."""

import html
import math

WIDTH = 860
LEFT = 230
RIGHT = 60
INK, FAINT, GOOD, BAD, PLAIN = "#1f2933", "#cbd2d9", "#2f855a", "#c05621", "#3c6e9f"
THEIRS = "#9aa5b1"


class Picture:
    """Text and shapes, from the top down."""

    def __init__(self, title):
        self.parts = []
        self.height = 40
        self.text(16, 24, title, size=15, weight="bold")

    def text(self, x, y, words, size=12, anchor="start", colour=INK, weight="normal"):
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" '
            f'font-weight="{weight}">{html.escape(str(words))}</text>'
        )

    def bar(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height}" fill="{colour}"/>')

    def line(self, points, colour, width=1, dash=""):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"'
            + (f' stroke-dasharray="{dash}"' if dash else "")
            + "/>"
        )

    def whole(self):
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" '
            f'viewBox="0 0 {WIDTH} {self.height}" font-family="sans-serif">\n'
            f'<rect width="{WIDTH}" height="{self.height}" fill="white"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def ratios(figures):
    """A bar for each measure beside a program: how much of theirs ours is. The mark is what is to be reached."""
    shown = [one for one in figures if one.get("peer") and one["measure"].startswith(("CPU", "p99"))]
    if not shown:
        return None
    picture = Picture("Ours as a share of theirs: shorter is better, the mark is to be reached")
    scale = (WIDTH - LEFT - RIGHT) / 1.5
    top = picture.height
    for one in shown:
        y = picture.height
        picture.text(LEFT - 8, y + 11, f"{one['case']} / {one['peer']}", anchor="end")
        colour = {True: GOOD, False: BAD, None: PLAIN}[one.get("reached")]
        picture.bar(LEFT, y, min(one["ratio"], 1.5) * scale, 14, colour)
        picture.text(LEFT + min(one["ratio"], 1.5) * scale + 4, y + 11, f"{one['ratio']:.2f}", size=11)
        if "aim" in one:
            mark = LEFT + min(float(one["aim"].split()[1]), 1.5) * scale
            picture.line([(mark, y - 2), (mark, y + 16)], INK, 2)
        picture.height += 20
    picture.line([(LEFT + scale, top - 4), (LEFT + scale, picture.height)], FAINT, 1, "4 3")
    picture.height += 12
    return picture.whole()


LATENCIES = ("p50 ms", "p99 ms", "p99.9 ms")


def latencies(figures):
    """Three bars each for ours and theirs, on a scale of powers of ten."""
    shown = [one for one in figures if one.get("peer") and all(name in one["also"] for name in LATENCIES)]
    if not shown:
        return None
    picture = Picture("Latency at half of what the slower side answers, in milliseconds: p50, p99, p99.9")
    values = [value for one in shown for name in LATENCIES for value in one["also"][name] if value > 0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    scale = (WIDTH - LEFT - RIGHT) / max(1, high - low)
    for power in range(low, high + 1):
        picture.text(LEFT + (power - low) * scale, picture.height + 6, f"{10.0 ** power:g}", size=11, anchor="middle")
    picture.height += 14
    for one in shown:
        picture.text(LEFT - 8, picture.height + 13, f"{one['case']} / {one['peer']}", anchor="end")
        for who, colour in ((0, PLAIN), (1, THEIRS)):
            for name, thick in zip(LATENCIES, (9, 6, 3)):
                end = (math.log10(max(one["also"][name][who], 10.0**low)) - low) * scale
                picture.bar(LEFT, picture.height + 4 - thick / 2, end, thick, colour)
            picture.height += 11
        picture.height += 6
    key = picture.height + 8
    picture.bar(LEFT, key - 8, 18, 9, PLAIN)
    picture.text(LEFT + 24, key, "ours; thick p50, thin p99.9")
    picture.bar(LEFT + 240, key - 8, 18, 9, THEIRS)
    picture.text(LEFT + 264, key, "theirs")
    picture.height += 24
    return picture.whole()


def routing(figures):
    """Microseconds of a request over the number of hosts, locations or entries."""
    shown = [one for one in figures if any(name.startswith("us with ") for name in one["also"])]
    if not shown:
        return None
    picture = Picture("Processor time of a request, in microseconds, with ever more to choose from")
    top, bottom, width = picture.height + 10, picture.height + 170, (WIDTH - 60) / len(shown) - 40
    most = max(value for one in shown for name, pair in one["also"].items() if name.startswith("us with") for value in pair)
    for place, one in enumerate(shown):
        left = 40 + place * (width + 40)
        sizes = [name for name in one["also"] if name.startswith("us with ")]
        picture.text(left + width / 2, top, one["case"], anchor="middle", weight="bold")
        picture.line([(left, bottom), (left + width, bottom)], FAINT)
        for who, colour in ((0, PLAIN), (1, THEIRS)):
            points = [
                (left + i * width / (len(sizes) - 1), bottom - one["also"][name][who] / most * 130)
                for i, name in enumerate(sizes)
            ]
            picture.line(points, colour, 2)
            picture.text(
                points[-1][0], points[-1][1] - 5, number(one["also"][sizes[-1]][who]), size=11, anchor="end", colour=colour
            )
        for i, name in enumerate(sizes):
            picture.text(left + i * width / (len(sizes) - 1), bottom + 15, name.rpartition(" ")[2], size=11, anchor="middle")
    picture.text(40, bottom + 36, "blue: ours; grey: theirs")
    picture.height = bottom + 48
    return picture.whole()


def number(value):
    return f"{value:.1f}"


PICTURES = {"ratios": ratios, "latencies": latencies, "routing": routing}
