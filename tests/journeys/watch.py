"""What a browser complains of, and what axe finds."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Error, Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# Violations are events of the page; said aloud they reach the listener of its console.
WATCH = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
  (found) => `${found.id}: ` + found.nodes.map((node) => node.html).join(" | "))"""


class Watched:
    """A page and everything that went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)

    def missing(self, path: str) -> None:
        """Open an address that answers 404; the browser's word about that is no complaint."""
        before = list(self.complaints)
        self.page.goto(path)
        after = [line for line in self.complaints if "status of 404" not in line]
        self.complaints[:] = before + after[len(before) :]

    def barriers(self) -> list[str]:
        """What axe finds. Evaluated from outside, so that the page's policy stays as it is.

        On some pages axe itself tries styles, which the policy refuses: no complaint of the page.
        """
        self.page.wait_for_load_state()
        before = list(self.complaints)
        self.page.evaluate(AXE)
        found: list[str] = self.page.evaluate(RUN_AXE)
        self.complaints[:] = before
        return found

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        wider: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wider

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _on_error(self, error: Error) -> None:
        self.complaints.append(f"{self.page.url}: {error.message}")
