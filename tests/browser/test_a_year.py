"""A year of a partnership's life, played through the screens: four meetings, and what happens between them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import serving_a_copy
from browser.looking import choose_in_form, drawn, go
from browser.test_registers_journey import press, unfold, write_day
from browser.test_upload_journey import MAIN, add, at_return, fill
from dataset.quarter import Quarter
from dataset.tables import return_named
from dataset.templates import example_csv

pytestmark = [pytest.mark.browser, pytest.mark.long]

MAARS_RETURN = return_named("maars_referrals")
BY, ROLE = "Business unit (invented)", "Your role (no name is needed)"
GROUP, EXECUTIVE = "Quality Assurance Partnership", "Executive"
FORMS = ("PDF", "PowerPoint", "Word", "Excel")


@pytest.fixture(scope="module")
def served(demonstration_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: a year changes what every other journey looks at."""
    with serving_a_copy(demonstration_path, tmp_path_factory.mktemp("year")) as address:
        yield address


def hold(page: Page, served: str, group: str, day: str, quarter: Quarter, name: str) -> str:
    """Plan a meeting and freeze it, on the screen; its reference."""
    go(page, f"{served}/meetings?meeting=ME-0001")  # a frozen one, which has one form only
    unfold(page, "Plan another meeting")
    page.get_by_label("Name of the meeting").last.fill(name)
    choose_in_form(page, "Who meets", group)
    write_day(page, "Day of the meeting", day)
    choose_in_form(page, "Quarter it looks at", str(quarter))
    page.get_by_label(ROLE).last.fill(BY)
    press(page, "Plan this meeting")
    expect(page.get_by_role("status").filter(has_text="is planned")).to_be_visible()
    unfold(page, "Freeze this meeting")
    page.get_by_label(ROLE).first.fill(BY)
    press(page, "Freeze this meeting")
    expect(page.get_by_role("status").filter(has_text="is frozen")).to_be_visible(timeout=60_000)
    found = re.search(r"meeting=(ME-\d+)", page.url)
    assert found is not None
    return found[1]


def enter(page: Page, served: str, register: str, words: str, *, days: dict[str, str], **chosen: str) -> str:
    """Enter an item of a register; its reference. `chosen` are select boxes by label, `words` fill every text asked for."""
    go(page, f"{served}/registers?register={register}&state=all&quarter=2025/26+Q4")
    unfold(page, "Enter a")
    for label, option in chosen.items():
        choose_in_form(page, label.replace("_", " "), option)
        page.keyboard.press("Tab")  # a box of many choices stays open until it is left
    for label, day in days.items():
        write_day(page, label, day)
    form = page.locator("[data-testid=stForm]").first
    for box in form.locator("textarea, input[type=text]:not([role=combobox]), input[type=number]").all():
        label = box.get_attribute("aria-label") or ""
        if "may stay blank" not in label and not box.input_value():
            box.fill(
                {"number": "3"}.get(box.get_attribute("type") or "", BY if label.startswith("Your role") else words)
            )
    press(page, "Store it")
    stored = page.get_by_role("status").filter(has_text="is stored")
    expect(stored).to_be_visible()
    found = re.search(r"[A-Z]{2}-\d{4}", stored.inner_text())
    assert found is not None
    return found[0]


def change(
    page: Page, served: str, register: str, item: str, why: str, *, days: dict[str, str] | None = None, **fields: str
) -> None:
    """Change an item: select boxes and texts by label."""
    go(page, f"{served}/registers?register={register}&item={item}&quarter=2025/26+Q4")
    unfold(page, "Change it")
    drawn(page)
    form = page.locator("[data-testid=stForm]").first
    for label, text in fields.items():
        name = label.replace("_", " ")
        if form.get_by_role("combobox", name=name, exact=True).count():
            choose_in_form(page, name, text)
        else:
            form.get_by_label(name, exact=True).first.fill(text)
    for label, day in (days or {}).items():
        write_day(page, label, day)
    page.get_by_label("Why it is changed", exact=True).fill(why)
    form.get_by_label(ROLE).fill(BY)
    press(page, "Store the change")
    expect(page.locator("table.history")).to_contain_text(why)


def papers(page: Page, served: str, meeting: str) -> dict[str, str]:
    """Make the pack in every form and take it away: form → SHA-256."""
    go(page, f"{served}/meetings?meeting={meeting}")
    unfold(page, "Papers of this meeting")
    press(page, "Make the papers")
    expect(page.get_by_role("status").filter(has_text="Made:")).to_be_visible(timeout=90_000)
    found = {}
    for form in FORMS:
        with page.expect_download() as got:
            page.get_by_role("button", name=f"Download {form}").click()
        found[form] = hashlib.sha256(got.value.path().read_bytes()).hexdigest()
    return found


def restate(page: Page, served: str, quarter: Quarter) -> None:
    at_return(page, served, "MAARS", "maars_referrals", quarter)
    add(page, "again.csv", example_csv(MAARS_RETURN, quarter, 9))
    asked = page.get_by_label(re.compile("^Reason for check"))
    for place in range(asked.count()):
        asked.nth(place).fill("The coordinator has looked into it (invented)")
    fill(page, by=BY, reason="A referral form was lost and found (invented)")
    press(page, "Send as restatement")
    expect(page.locator(".receipt")).to_contain_text("Restatement:")


@dataclass(frozen=True)
class Begun:
    """What was entered after the first meeting, by reference."""

    challenge: str
    risk: str
    audit: str
    action: str


MAY = "(may stay blank)"


def begun(page: Page, served: str) -> Begun:
    """A challenge is raised, a risk found, an audit planned, an action agreed."""
    housing = "Stockport Homes"
    challenge = {"Raised_by": GROUP, "Asked_of": housing, "State": "Raised"}
    risk = {"Owner": housing, "State": "Open"}
    audit = {"Method": "Dip sample", "Led_by": housing, "State": "Planned", "Agencies_that_take_part": housing}
    action = {"Kind_of_review": "Rapid review", "Owner": housing, "State": "Under way"}
    asked, lost = "Why are fewer young adults referred? (invented)", "Young adults lose their homes (invented)"
    agreed = {"Agreed on": "10/09/2025", "Due on": "31/12/2025"}
    return Begun(
        enter(page, served, "challenges", asked, days={"Raised on": "10/09/2025"}, **challenge),
        enter(page, served, "risks", lost, days={"Next review": "10/12/2026"}, **risk),
        enter(page, served, "audits", "Housing of young adults (invented)", days={}, **audit),
        enter(page, served, "case_actions", "PR-9001", days=agreed, **action),
    )


def moved_on(page: Page, served: str, year: Begun) -> None:
    """The challenge is answered, the risk grows to 12, the audit reports, the action is done."""
    answer = {"State": "Answered", f"Answer {MAY}": "Forms were lost (invented)"}
    found = {"State": "Reported", f"Findings {MAY}": "Nine of ten were seen (invented)"}
    done = {"State": "Done", f"Evidence {MAY}": "The new form is in use (invented)"}
    answered = {f"Answered on {MAY}": "12/01/2026"}
    change(page, served, "challenges", year.challenge, "It answered", days=answered, **answer)
    change(page, served, "risks", year.risk, "It has grown", Impact_after_controls="4")
    change(page, served, "audits", year.audit, "It came", days={f"Reported on {MAY}": "20/01/2026"}, **found)
    change(page, served, "case_actions", year.action, "It is done", days={f"Done on {MAY}": "20/01/2026"}, **done)


def settled(page: Page, served: str, year: Begun) -> None:
    """The challenge is closed, the audit repeated, the action moderated and signed off."""
    outcome = {"State": "Closed", f"What came of it {MAY}": "Referrals are counted weekly (invented)"}
    again = {"State": "Audited again", f"Found when repeated {MAY}": "Ten of ten were seen (invented)"}
    moderated = {"State": "Signed off", f"Moderation {MAY}": "Evidence is enough", f"Recommendation {MAY}": "Sign off"}
    signed = {f"Moderated on {MAY}": "11/03/2026", f"Signed off on {MAY}": "11/03/2026"}
    closed = {f"Closed on {MAY}": "11/03/2026"}
    change(page, served, "challenges", year.challenge, "Nothing is left to ask", days=closed, **outcome)
    change(page, served, "audits", year.audit, "It was repeated", days={f"Repeated on {MAY}": "20/05/2026"}, **again)
    change(page, served, "case_actions", year.action, "Moderated", days=signed, **moderated)


def test_a_year_of_four_meetings(page: Page, served: str) -> None:
    page.set_default_timeout(60_000)
    hold(page, served, GROUP, "10/09/2025", Quarter(2025, 1), "First quarter (invented)")
    year = begun(page, served)

    second = hold(page, served, GROUP, "10/12/2025", Quarter(2025, 2), "Second quarter (invented)")
    made = papers(page, served, second)
    restate(page, served, Quarter(2025, 2))
    moved_on(page, served, year)

    hold(page, served, EXECUTIVE, "11/03/2026", Quarter(2025, 3), "Third quarter (invented)")
    expect(page.locator(MAIN)).to_contain_text(year.risk)
    expect(page.locator(MAIN)).to_contain_text("Young adults lose their homes (invented)")
    settled(page, served, year)
    hold(page, served, GROUP, "10/06/2026", Quarter(2025, 4), "Fourth quarter (invented)")

    go(page, f"{served}/meetings?meeting={second}")
    expect(page.locator(MAIN)).to_contain_text("↻ Restated")
    expect(page.locator(MAIN)).to_contain_text("A referral form was lost and found (invented)")
    assert papers(page, served, second) == made
    go(page, f"{served}/progress?as_at_meeting={second}&quarter={quote_plus(str(Quarter(2025, 2)))}")
    expect(drawn(page).locator(MAIN)).to_contain_text("as the meeting of Quality Assurance Partnership, 10/12/2025")
