"""The writer of ``.Z`` files against readers that others wrote."""

# mypy: disable-error-code=import-untyped

import io
import shutil
import subprocess

import numpy as np
import pytest

from obsdeck.sandbox.files.lzw import compress

RNG = np.random.default_rng(3)

#: Nothing, short ones, long runs, what fills the table of 65,536 codes once and several times.
CONTENTS = {
    "nothing": b"",
    "one": b"x",
    "pairs": b"ab" * 5,
    "run": b"a" * 100_000,
    "noise": RNG.integers(0, 256, 300_000).astype(np.uint8).tobytes(),
    "counts": RNG.poisson(30, 200_000).astype(">i2").tobytes(),
    "changing": b"".join(bytes([n]) * 3_000 for n in range(256)) * 2,
}


@pytest.mark.parametrize("name", CONTENTS)
def test_gzip_unpacks_it(name: str) -> None:
    gzip = shutil.which("gzip")
    if gzip is None:
        pytest.skip("gzip is not installed")
    packed = compress(CONTENTS[name])
    answer = subprocess.run([gzip, "-dc"], input=packed, capture_output=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout == CONTENTS[name]


@pytest.mark.parametrize("name", [name for name, content in CONTENTS.items() if content])
def test_uncompresspy_unpacks_it(name: str) -> None:
    uncompresspy = pytest.importorskip("uncompresspy", reason="uncompresspy is not installed")
    packed = compress(CONTENTS[name])
    assert packed[:2] == b"\x1f\x9d"
    assert uncompresspy.LZWFile(io.BytesIO(packed)).read() == CONTENTS[name]
