"""The same files in a folder or in a bucket: kept, read, forgotten, and an honest word when the store is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from scheduler_core.attachments.files import Content, Files, open_files
from scheduler_core.errors import FileStoreAway
from scheduler_core.settings import Settings
from tests.builders.files import JPEG
from tests.fakes.s3 import KEY_ID, SECRET, FakeS3

PLACE = "1/ab/abcd"


@pytest.fixture
def bucket() -> Iterator[FakeS3]:
    with FakeS3() as twin:
        yield twin


def in_bucket(bucket: FakeS3, home: Path, **more: object) -> Files:
    known = {"files_key_id": KEY_ID, "files_secret": SecretStr(SECRET), **more}
    settings = Settings(home=home).model_copy(
        update={"files": "s3://salon/desk", "files_endpoint": bucket.url} | known
    )
    return open_files(settings)


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path, bucket: FakeS3) -> Files:
    if request.param == "folder":
        return open_files(Settings(home=tmp_path))
    return in_bucket(bucket, tmp_path)


def content(sent: bytes) -> Content:
    file = Content()
    file.write(sent)
    file.seek(0)
    return file


def test_what_is_kept_is_read_and_what_is_forgotten_is_gone(files: Files) -> None:
    for _ in range(2):
        files.keep(PLACE, content(JPEG))
    assert files.read(PLACE) == JPEG
    for _ in range(2):
        files.forget(PLACE)
    with pytest.raises(FileNotFoundError):
        files.read(PLACE)


def test_a_bucket_keeps_it_below_the_prefix_that_is_named(bucket: FakeS3, tmp_path: Path) -> None:
    in_bucket(bucket, tmp_path).keep(PLACE, content(JPEG))
    assert bucket.objects == {f"/salon/desk/{PLACE}": JPEG}


def test_a_bucket_that_refuses_is_away_and_no_secret_is_told(
    bucket: FakeS3, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = in_bucket(bucket, tmp_path, files_key_id="AKIA-of-another")
    with pytest.raises(FileStoreAway):
        files.keep(PLACE, content(JPEG))
    assert "file store fails" in caplog.text
    assert SECRET not in caplog.text
