"""What `chapterhouse impact` prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

LAW = "ukpga/2004/31/section/11"
REASON = "Section 11 is being rewritten."

Run = Callable[..., Result]
Report = Callable[..., dict[str, Any]]
Files = Callable[[Path], dict[str, bytes]]


def test_people_get_a_list_to_work_through(cited: Path, run: Run) -> None:
    said = run(cited, LAW).stdout
    assert said.startswith(
        "section 11 of the Children Act 2004 (ukpga/2004/31/section/11)\n  on 21 November 2026: in force\n"
    )
    assert "Cited in 2 paragraphs of 1 chapter:" in said
    assert "  procedures/core/referrals.md:28:11: paragraph 1.2\n" in said
    assert "  to do: " in said
    assert "\x1b" not in said


def test_what_nobody_cites_is_said(cited: Path, run: Run) -> None:
    result = run(cited, "ukpga/1998/42")
    assert result.exit_code == 0
    assert "No chapter cites it." in result.stdout
    assert "knows no such provision" in run(cited, "ukpga/2004/31/section/900").stdout


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    cited: Path, as_json: Report, files: Files, opened: Run
) -> None:
    before = files(cited)
    said = opened(cited, "--dry-run").stdout
    assert '\n-version: "2"\n+version: "3"\n' in said
    assert "\n+under_review:\n" in said
    assert "\n+# previous: " in said
    assert files(cited) == before
    assert as_json(cited, LAW, "--open-review", "--reason", REASON, "--dry-run")["reviews"][0]["files"] == [
        "amendments/core/referrals/3.md",
        "amendments/core/referrals/SHA256SUMS",
        "procedures/core/referrals.md",
    ]
