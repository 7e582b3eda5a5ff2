"""What people come for, done the way they do it."""

import re
from email import message_from_string

from playwright.sync_api import Page, expect

from portal.demo.people import PASSWORD, PEOPLE
from tests.journeys.conftest import Portal

GUIDELINE = "加装电梯工作指引"


def test_browse_narrow_open_and_download(page: Page) -> None:
    page.goto("/")
    page.locator("a[href='/catalogue/']:visible").first.click()
    narrow(page, "topic=10")
    expect(page).to_have_url(re.compile(r"topic=10"))
    link = page.locator(".docs a", has_text=GUIDELINE).first
    while not link.count():
        page.locator("a[rel=next]").click()
    link.click()

    expect(page.locator("h1")).to_contain_text(GUIDELINE)
    expect(page.locator("main")).to_contain_text("明政办发〔2026〕12号")
    with page.expect_download() as download:
        page.locator("a[href^='/attachments/']").first.click()
    assert download.value.path().stat().st_size > 0


def test_search_and_open(page: Page) -> None:
    page.goto("/")
    page.locator("main input[name=q]").fill("明政办发[2026]12号")
    page.locator("main input[name=q]").press("Enter")
    page.locator(".hits a").first.click()

    expect(page.locator("h1")).to_contain_text(GUIDELINE)


def test_what_nobody_published_is_said_kindly(page: Page) -> None:
    page.goto("/search/?q=量子隧穿养殖")

    expect(page.locator("main a[href^='/apply/']").first).to_be_visible()


def test_register_confirm_and_sign_in(page: Page, portal: Portal, fresh_address: str) -> None:
    password = "lantern-orchard-41"
    page.goto("/accounts/signup/")
    page.locator("[name=email]").fill(fresh_address)
    page.locator("[name=password1]").fill(password)
    page.locator("[name=password2]").fill(password)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("confirm-email"))

    page.goto(link_in(portal.last_mail(fresh_address)))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    page.context.clear_cookies()
    sign_in(page, fresh_address, password)

    page.goto("/accounts/")
    expect(page.locator("main")).to_contain_text(fresh_address)


def test_an_official_signs_in_and_opens_the_desk(page: Page) -> None:
    clerk = next(person for person in PEOPLE if person.role == "clerk")
    sign_in(page, clerk.email, PASSWORD)
    page.goto("/admin/")

    page.locator("a[href='/admin/disclosure/document/']").first.click()
    expect(page.locator("#result_list")).to_be_visible()


def test_english_is_one_step_away_and_stays(page: Page) -> None:
    page.goto("/")
    switch = page.locator("header a[href*='language=en']:visible")
    if not switch.count():
        page.locator("header summary:visible").first.click()
    switch.first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.goto("/catalogue/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_without_scripts_one_can_search_and_browse(scriptless: Page) -> None:
    scriptless.goto("/")
    scriptless.locator("main input[name=q]").fill("加裝電梯")
    scriptless.locator("main [role=search] button[type=submit]").first.click()
    scriptless.locator(".hits a").first.click()
    expect(scriptless.locator("h1")).to_contain_text("电梯")

    scriptless.goto("/catalogue/")
    narrow(scriptless, "topic=10")
    scriptless.locator(".docs a").first.click()
    expect(scriptless.locator("h1")).to_be_visible()


def test_what_is_asked_follows_the_rule(page: Page) -> None:
    page.goto("/deadline/")
    expect(page.locator("[name='1-sent_on']")).to_be_visible()
    page.locator("[name=rule]").select_option("suit")

    expect(page.locator("[name='1-sent_on']")).to_be_hidden()
    expect(page.locator("[name=extended_days]")).to_be_hidden()
    page.locator("[name=received_on]").fill("2026年3月31日")
    page.locator("[name=received_on]").press("Enter")
    expect(page.locator(".due__date time")).to_have_attribute("datetime", "2026-09-30")


def test_without_scripts_one_can_count_the_last_day(scriptless: Page) -> None:
    scriptless.goto("/apply/")
    scriptless.locator("main a[href='/deadline/']").click()
    for name, day in {
        "received_on": "2026年9月14日",
        "1-sent_on": "2026-9-21",
        "1-answered_on": "20260929",
        "extended_days": "5",
    }.items():
        scriptless.locator(f"[name='{name}']").fill(day)
    scriptless.locator("main button[name=add]").click()
    expect(scriptless.locator("[name='2-sent_on']")).to_be_visible()
    scriptless.locator("main form.calc .btn--primary").click()

    expect(scriptless.locator(".due__date time")).to_have_attribute("datetime", "2026-10-30")
    expect(scriptless.locator(".ledger > li")).to_have_count(8)
    scriptless.goto(scriptless.locator("#link").input_value())
    expect(scriptless.locator(".due__date time")).to_have_attribute("datetime", "2026-10-30")


def narrow(page: Page, query: str) -> None:
    """Follow a facet; on phones all are folded away, elsewhere what holds little."""
    link = f"a[href*='{query}']"
    facet = page.locator(f".facets {link}").first
    rest = page.locator(".facet", has=page.locator(link)).locator("summary").first
    for fold in (page.locator(".facets > summary"), rest):
        if not facet.is_visible():
            fold.click()
    facet.click()


def sign_in(page: Page, address: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(address)
    page.locator("[name=password]").fill(password)
    page.locator("main form button[type=submit]").click()
    expect(page).not_to_have_url(re.compile("login"))


def link_in(mail: str) -> str:
    body = message_from_string(mail).get_payload(decode=True)
    assert isinstance(body, bytes)
    found = re.search(r"https?://[^/\s]+(/\S+)", body.decode())
    assert found
    return found[1]
