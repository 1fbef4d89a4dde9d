"""The manifest of an archive: a chain that shows what was removed, put in another order or changed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import manifest


def chain(contents: list[bytes]) -> bytes:
    data = b""
    for number, content in enumerate(contents, 1):
        data = manifest.appended(data, f"{number}.md", manifest.digest(content))
    return data


@given(st.lists(st.binary(max_size=9), max_size=5))
def test_what_was_appended_is_read(contents: list[bytes]) -> None:
    expected = {f"{number}.md": manifest.digest(content) for number, content in enumerate(contents, 1)}
    assert manifest.read(chain(contents)) == expected


@given(st.lists(st.binary(max_size=9), min_size=2, max_size=4, unique=True), st.data())
def test_lines_taken_out_or_put_elsewhere_break_the_chain(contents: list[bytes], data: st.DataObject) -> None:
    lines = chain(contents).splitlines(keepends=True)
    changed = data.draw(st.permutations(lines).filter(lambda order: list(order) != lines))
    with pytest.raises(manifest.ManifestError):
        manifest.read(b"".join(changed))
    gone = data.draw(st.integers(0, len(lines) - 2))
    with pytest.raises(manifest.ManifestError):
        manifest.read(b"".join(lines[:gone] + lines[gone + 1 :]))


WHOLE = chain([b"one", b"two"])
LAST = WHOLE.index(b"# previous", 1)


@pytest.mark.parametrize(
    ("data", "line", "says", "merged"),
    [
        (WHOLE.replace(b"\n", b"\r\n"), 1, "ends as Windows", False),
        (WHOLE[:-1], 4, "has no end", False),
        (WHOLE.upper(), 1, "capitals", False),
        (WHOLE.replace(b"  1.md", b"  7.md"), 3, "the lines above are not those that were written", False),
        (WHOLE[LAST:], 1, "the lines above are not those that were written", False),
        (WHOLE + WHOLE.splitlines(keepends=True)[0], 5, "two lines stand upon the same lines above", True),
        (WHOLE + WHOLE[LAST:], 5, "this line and the one below it stand twice", False),
        (WHOLE + WHOLE.splitlines(keepends=True)[3], 5, "the line has no `# previous:` above it", True),
        (WHOLE.splitlines(keepends=True)[1], 1, "the line has no `# previous:` above it", False),
        (manifest.appended(WHOLE, "2.md", manifest.digest(b"2")), 6, "2.md is listed twice", False),
        (b"<<<<<<< HEAD\n" + WHOLE, 1, "git left the marks of a merge here", True),
        (WHOLE[:LAST] + b"=======\n" + WHOLE[LAST:], 3, "git left the marks of a merge here", True),
        (WHOLE.splitlines(keepends=True)[0], 1, "the line that belongs below is missing", False),
        (WHOLE + b"\xff\n", 5, "neither a digest with a name nor a comment", False),
        (WHOLE + b"../3.md\n", 5, "neither a digest with a name nor a comment", False),
    ],
)
def test_what_is_not_as_it_was_written_is_told_at_its_line(
    data: bytes, line: int, says: str, *, merged: bool
) -> None:
    with pytest.raises(manifest.ManifestError, match=says) as raised:
        manifest.read(data)
    assert (raised.value.line, raised.value.merged) == (line, merged)


@pytest.mark.parametrize("sample_chapter", ["core/referrals", "arrangements/local-safeguarding-arrangements"])
def test_the_sample_is_a_chain(sample: Path, sample_chapter: str) -> None:
    folder = sample / "amendments" / sample_chapter
    listed = manifest.read((folder / manifest.NAME).read_bytes())
    assert listed == {path.name: manifest.digest(path.read_bytes()) for path in folder.glob("*.md")}


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_the_ordinary_program_accepts_it(tmp_path: Path) -> None:
    contents = [b"one\n", b"two\r\n", b""]
    for number, content in enumerate(contents, 1):
        (tmp_path / f"{number}.md").write_bytes(content)
    (tmp_path / manifest.NAME).write_bytes(chain(contents))
    command = ["sha256sum", "-c", "--strict", "--quiet", manifest.NAME]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
