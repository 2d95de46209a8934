"""A paper as every form must be able to write it: awkward text, gaps, several tables and charts. All of it invented."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import escape

from safeguarding_metrics.packs.blocks import Bullets, Chart, Line, Paper, Paragraph, Section, Table

QUARTERS = ("2024/25 Q1", "2024/25 Q2", "2024/25 Q3", "2024/25 Q4", "2025/26 Q1", "2025/26 Q2")
FORMULA = '=HYPERLINK("x","click")'
MARKUP = '<b>not bold</b> & "quotes" #heading *stars* _lines_ $sums$ `code` @cite \\ [ ] { } ~ -- /* */ // end'
TWO_LINES = (
    "The ward said: “we were told twice”.\nThe trust’s answer is due in January – naïve façade, Zoë, Łukasz, ½ ≥ ⅓."
)
LONG_WORD = "Multi-Agency-Adults-at-Risk-System/" + "referral" * 8
_INKS = ("#12436D", "#F46A25", "#801650")


def _drawn(title: str, source: str, alt: str, lines: tuple[Line, ...], top: float) -> str:
    """A whole small SVG document: a straight piece between neighbours that both have a value, a dot at each."""
    parts = []
    for line, ink in zip(lines, _INKS, strict=False):
        at = [None if v is None else (60 + 100 * i, 260 - 200 * v / top) for i, v in enumerate(line.values)]
        dash = ' stroke-dasharray="7 5"' if line.dashed else ""
        for a, b in pairwise(at):
            if a and b:
                parts.append(
                    f'<line x1="{a[0]}" y1="{a[1]:.1f}" x2="{b[0]}" y2="{b[1]:.1f}" stroke="{ink}" '
                    f'stroke-width="2.5"{dash}/>'
                )
        parts += [f'<circle cx="{one[0]}" cy="{one[1]:.1f}" r="4" fill="{ink}"/>' for one in at if one]
    named = "".join(
        f'<text x="{60 + 100 * i}" y="284" font-size="12" fill="#3D3D3D" text-anchor="middle">{quarter}</text>'
        for i, quarter in enumerate(QUARTERS)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300" width="640" height="300" role="img" '
        'aria-labelledby="title description" font-family="Arial, Helvetica, sans-serif">'
        f'<title id="title">{escape(title)}</title><desc id="description">{escape(alt)}</desc>'
        '<rect width="640" height="300" fill="#ffffff"/>'
        f'<text x="20" y="26" font-size="17" font-weight="bold" fill="#1f1f1f">{escape(title)}</text>'
        f'<text x="20" y="46" font-size="13" fill="#4a4f57">Source: {escape(source)}.</text>'
        f'<line x1="30" y1="260" x2="600" y2="260" stroke="#1f1f1f"/>{"".join(parts)}{named}</svg>\n'
    )


def share_chart() -> Chart:
    """A share with a quarter not sent and a dashed milestone."""
    title = "Concerns that led to an enquiry"
    source = "Adult Social Care return, received 2025-10-14"
    lines = (
        Line("Measured", (0.4, 0.425, None, 0.38, 0.405, 0.4475)),
        Line("Milestone 2025/26", (None, None, None, None, 0.5, 0.5), dashed=True),
    )
    alt = (
        "A line from 40.0% in 2024/25 Q1 to 44.8% in 2025/26 Q2; nothing was sent for 2024/25 Q3. "
        "The milestone of 50% for 2025/26 is not reached."
    )
    counts = ("160 of 400", "170 of 400", "", "152 of 400", "162 of 400", "179 of 400")
    svg = _drawn(title, source, alt, lines, 0.6)
    return Chart(title, "2024/25 Q1 to 2025/26 Q2", source, alt, QUARTERS, lines, counts, True, svg)


def count_chart() -> Chart:
    """Counts past a thousand, with awkward text in every place where people's words may stand."""
    title = "Referrals to <MAARS> & others, “all sorts” #1"
    source = "Police & Health *joint* $return$"
    lines = (
        Line("Referrals", (1204.0, 1187.0, 1251.0, None, 1310.0, 1298.0)),
        Line("North West average", (1100.0, 1105.0, 1111.0, 1120.0, 1126.0, 1130.0)),
        Line("Promised by April 2026", (None, None, None, None, 1000.0, 1000.0), dashed=True),
    )
    alt = "Between 1,187 and 1,310 referrals a quarter, always above the North West; 2024/25 Q4 was not sent."
    counts = ("1,204 referrals", "1,187 referrals", "1,251 referrals", "", "1,310 referrals", "1,298 referrals")
    svg = _drawn(title, source, alt, lines, 1400)
    return Chart(title, "2024/25 Q1 to 2025/26 Q2", source, alt, QUARTERS, lines, counts, False, svg)


def actions_table() -> Table:
    """More rows than a page holds, so that heads must be repeated and no row cut."""
    rows = tuple(
        (
            f"Action {number}",
            f"Agency {number % 5 + 1}",
            f"{number + 1} days overdue",
            f"Evidence promised, part {number}. " * 3,
        )
        for number in range(1, 41)
    )
    return Table("Actions overdue", ("Action", "Owner", "Drift", "What is known"), rows, (1, 1, 1, 3))


def awkward_table() -> Table:
    """What people have typed: formulas, markup, line breaks, a word longer than its column, nothing at all."""
    rows = (
        (FORMULA, "-2+3", "@SUM(A1)", "+44 161 000 0000"),
        (MARKUP, TWO_LINES, LONG_WORD, ""),
        ("Nothing said", "", "0", "–"),
    )
    heads = ("Question & <answer>", "What was said", "Where", "Telephone")
    return Table("Challenges still open, as *typed*", heads, rows, (2, 2, 1, 1))


def status_table() -> Table:
    """A small table of numbers."""
    rows = (
        ("Concerns that led to an enquiry", "179 of 400", "44.8%", "50%", "Not met"),
        ("Making Safeguarding Personal", "88 of 92", "95.7%", "90%", "Met"),
        ("Repeat child protection plans", "Not sent", "–", "18%", "Cannot be judged"),
    )
    heads = ("Indicator", "Latest count", "Share", "Milestone", "Status")
    return Table("Where each indicator stands", heads, rows, (3, 1.4, 1, 1, 1.4))


def _sections() -> tuple[Section, ...]:
    on_course = Bullets(
        (
            "Making Safeguarding Personal: 88 of 92 (95.7%), above 90%.",
            "Re-audit of self-neglect: done 2025-09-30.",
            f"A point with markup: {MARKUP}",
        )
    )
    return (
        Section(
            "What the quarter shows",
            (
                Paragraph("One milestone of three is met; one is not; one cannot be judged.", strong=True),
                Paragraph(
                    "Figures are those received by 14 October 2025. " * 6 + "Later returns wait for the next meeting."
                ),
                status_table(),
            ),
        ),
        Section("What is on course", (on_course,), level=2),
        Section("What is not: enquiries", (Paragraph(TWO_LINES), share_chart()), level=2),
        Section("Priority 2 – <Referrals> & #demand", (Paragraph(MARKUP), count_chart(), awkward_table())),
        Section("Actions overdue", (Paragraph("Forty actions are past their date."), actions_table())),
        Section("What cannot be judged", (Bullets((f"Health: child protection return, {LONG_WORD}.",)),)),
    )


def example_paper() -> Paper:
    """An internal paper of invented figures with everything a paper can hold."""
    return Paper(
        title="Quality Assurance Partnership: papers & figures",
        subtitle="Quarter 2 of 2025/26, meeting of 23 October 2025",
        answer="One of three milestones is met; enquiries stay 5.2 percentage points short of 50%.",
        marking="Internal: for members of the partnership only. Not to be published.",
        invented=True,
        facts=(
            ("Meeting", "Quality Assurance Partnership, 23 October 2025"),
            ("Quarter", "2025/26 Q2"),
            ("Plan", "Business plan 2024 to 2027, version 3"),
            ("Frozen", "2025-10-23 09:30 UTC"),
            ("Content hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        ),
        sections=_sections(),
        made_from="2025-10-23T09:30:00+00:00",
        file_name="qap-2025-26-q2",
    )
