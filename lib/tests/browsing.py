"""A real Chromium that has no Chinese font, for tests of pages: started, led to a file, asked what it saw."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib
import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_chromium = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium and chromedriver on this machine")

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".cache/axe-core/axe.min.js"
SHOTS = ROOT / ".cache/pages"
"""Where pictures of the pages are kept, to be looked at."""
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-ipc-flooding-protection",  # else links followed quickly one after another are left out
    "--window-size=1000,1400",
]
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason=f"{AXE.relative_to(ROOT)} is not there; .ci/run fetches it")


@contextmanager
def started(folder: Path, downloads: Path) -> Iterator[Any]:
    """A browser whose profile is in a folder and that saves into another."""
    from selenium import webdriver

    fonts = Path(matplotlib.get_data_path()) / "fonts/ttf"  # DejaVu alone: no Chinese character in it
    (folder / "fonts.conf").write_text(FONTCONFIG.format(fonts=fonts, cache=folder / "cache"), "utf-8")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, f"--user-data-dir={folder}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    env = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "LC_ALL": "C.UTF-8"}
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER, env=env))
    place = {"behavior": "allow", "downloadPath": str(downloads)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", place)
    try:
        yield driver
    finally:
        driver.quit()


def opened(browser, path):
    """Open a page afresh; give what it asked for and what the console said."""
    browser.get("about:blank")
    browser.get_log("performance"), browser.get_log("browser")
    browser.get(path.as_uri())
    browser.execute_async_script("const done = arguments[0]; document.fonts.ready.then(() => done())")
    if browser.find_elements("id", "plots"):
        from selenium.webdriver.support.wait import WebDriverWait

        state = "return document.body.dataset.drawn || document.body.dataset.fault"
        WebDriverWait(browser, 60).until(lambda driver: driver.execute_script(state))
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    ]
    told = [line["message"] for line in browser.get_log("browser")]
    return [url for url in asked if not url.startswith("data:")], told


def keep(browser, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / f"{name}.png").write_bytes(base64.b64decode(browser.get_screenshot_as_base64()))


def scheme(browser, name):
    """Show pages in the light or the dark scheme; "" as the machine has it."""
    features = [{"name": "prefers-color-scheme", "value": name}] if name else []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def axe_finds(browser, *rules):
    """What axe-core finds on the page as it is shown, by some of its rules or all; folds are opened first."""
    browser.execute_script("for (const part of document.querySelectorAll('details')) part.open = true")
    browser.execute_script(AXE.read_text("utf-8"))
    return browser.execute_async_script(
        """const [rules, done] = arguments;
        const asked = {resultTypes: ['violations'], ...(rules.length ? {runOnly: rules} : {})};
        axe.run(document, asked).then(found => done(
            found.violations.map(({id, nodes}) => [id, nodes.length, nodes[0].html.slice(0, 300),
                nodes[0].failureSummary].join(" | "))), fault => done([String(fault)]))""",
        rules,
    )
