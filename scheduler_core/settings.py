"""Every setting of the house, read from the environment here and nowhere else."""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_LOOPBACK = "http://127.0.0.1"


class Settings(BaseSettings):
    """Defaults that run on a laptop with nothing configured.

    ``home`` keeps the database, the logs and the API key that the house's own processes share.
    """

    model_config = SettingsConfigDict(env_prefix="FRONTDESK_", extra="ignore")

    home: Path = Path(".frontdesk")
    database_url: str = Field(default="", validation_alias="database_url")
    api_key: SecretStr = SecretStr("")
    public_url: str = ""
    front_port: int = 8100
    core_port: int = 8101
    actions_port: int = 8102
    bot_port: int = 8103
    business_id: int = 1
    workers: int = Field(default=1, ge=0)
    telegram_token: SecretStr = SecretStr("")
    telegram_secret: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_api_url: str = ""
    sms_sender: str = ""
    whatsapp_sender: str = ""
    whatsapp_templates: Path | None = None
    files: str = ""
    files_endpoint: str = ""
    files_region: str = "us-east-1"
    files_key_id: str = ""
    files_secret: SecretStr = SecretStr("")
    largest_file_mb: int = Field(default=20, ge=1, le=100)

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        self.home = self.home.absolute()
        self.database_url = _with_driver(self.database_url or f"sqlite:///{self.home / 'frontdesk.db'}")
        self.public_url = (self.public_url or f"{_LOOPBACK}:{self.front_port}").rstrip("/")
        if not self.api_key.get_secret_value():
            self.api_key = SecretStr(_kept_key(self.home / "api.key"))
        self.files = self.files or str(self.home / "files")
        if not self.telegram_secret.get_secret_value():
            self.telegram_secret = SecretStr(_derived(self.api_key, "telegram webhook"))
        return self

    @property
    def largest_file_bytes(self) -> int:
        return self.largest_file_mb * 1024 * 1024

    @property
    def opens_chats_on(self) -> frozenset[str]:
        """The channels on which a link can open a chat with us."""
        has_twilio = self.twilio_account_sid and self.twilio_auth_token.get_secret_value()
        ours = {
            "telegram": self.telegram_token.get_secret_value(),
            "whatsapp": has_twilio and self.whatsapp_sender,
            "sms": has_twilio and self.sms_sender.startswith("+"),
        }
        return frozenset(channel for channel, connected in ours.items() if connected)

    @property
    def core_url(self) -> str:
        return f"{_LOOPBACK}:{self.core_port}"

    @property
    def actions_url(self) -> str:
        return f"{_LOOPBACK}:{self.actions_port}"

    @property
    def bot_url(self) -> str:
        return f"{_LOOPBACK}:{self.bot_port}"


@cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def _with_driver(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def _derived(key: SecretStr, purpose: str) -> str:
    """A secret of its own for each purpose; the key cannot be told from it."""
    return hmac.new(key.get_secret_value().encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _kept_key(path: Path) -> str:
    """The installation's own key; the first process to ask makes it, whole, so that none reads half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
