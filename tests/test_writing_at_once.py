"""Two programs that write one new file at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chapterhouse.writing import write_atomically

AT_ONCE = 8


def written(path: Path, data: bytes) -> bool:
    try:
        write_atomically(path, data, new=True)
    except FileExistsError:
        return False
    return True


def test_of_several_one_writes_and_the_others_are_told_that_it_is_there(tmp_path: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for round_ in range(40):
            path = tmp_path / f"{round_}.md"
            contents = [f"{number}\n".encode() * 20_000 for number in range(AT_ONCE)]
            done = list(pool.map(written, [path] * AT_ONCE, contents))
            assert done.count(True) == 1
            assert path.read_bytes() == contents[done.index(True)]
    assert len(list(tmp_path.iterdir())) == 40
