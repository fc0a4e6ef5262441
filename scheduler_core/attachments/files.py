"""Where the bytes are, behind one interface: a folder of the house, or a bucket that speaks S3."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from scheduler_core.errors import FileStoreAway
from scheduler_core.settings import Settings

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config

log = logging.getLogger(__name__)

Content = SpooledTemporaryFile[bytes]

_BUCKET = "s3://"
_PATIENCE = "20s"


class Files:
    """Safe to share between threads. Methods raise ``FileStoreAway`` when the store cannot be reached."""

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    def keep(self, place: str, file: Content) -> None:
        """Whole or not at all; once more is the same file."""
        with _reached():
            obstore.put(self._store, place, file, use_multipart=False)

    def read(self, place: str) -> bytes:
        """Raises ``FileNotFoundError``."""
        with _reached():
            return bytes(obstore.get(self._store, place).bytes())

    def forget(self, place: str) -> None:
        """Gone, or never there."""
        with suppress(FileNotFoundError), _reached():
            obstore.delete(self._store, place)


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, BaseError) as error:
        log.error("the file store fails: %s", type(error).__name__)
        raise FileStoreAway() from error


def open_files(settings: Settings) -> Files:
    """As ``settings.files`` names it: "s3://bucket/prefix", or a folder."""
    secret = settings.files_secret.get_secret_value()
    if not settings.files.startswith(_BUCKET):
        return _folder(Path(settings.files))
    return _bucket(
        settings.files, settings.files_endpoint, settings.files_region, settings.files_key_id, secret
    )


@cache
def _folder(path: Path) -> Files:
    return Files(LocalStore(path, mkdir=True))


@cache
def _bucket(url: str, endpoint: str, region: str, key_id: str, secret: str) -> Files:
    """Without a key, whatever the machine itself is allowed counts."""
    bucket, _, prefix = url.removeprefix(_BUCKET).strip("/").partition("/")
    config: S3Config = {"region": region}
    if key_id:
        config |= {"access_key_id": key_id, "secret_access_key": secret}
    if endpoint:
        config |= {"endpoint": endpoint}
    options: ClientConfig = {"timeout": _PATIENCE, "allow_http": endpoint.startswith("http://")}
    store = S3Store(bucket, prefix=prefix or None, config=config, client_options=options)
    return Files(store)
