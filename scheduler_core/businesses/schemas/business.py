"""What HTTP hears of a business as a whole."""

from typing import Annotated

from pydantic import ConfigDict, Field

from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.schemas.fields import Currency, LocaleTag, Patch, Stripped, WebAddress, Zone

_Name = Annotated[Stripped, Field(min_length=1, max_length=120)]
_Phone = Annotated[Stripped, Field(min_length=1, max_length=40)]


class BusinessChange(Patch):
    """The fields of ``policy`` that are sent replace those of the business; the others stay.

    ``review_url``: where a happy customer is shown the way to, ``null``: nowhere.
    """

    name: _Name = ""
    zone: Zone = ""
    locale: LocaleTag = ""
    currency: Currency = ""
    phone: _Phone = ""
    review_url: WebAddress | None = None
    policy: Policy = Policy()


class BusinessIn(BusinessChange):
    """A new business; ``zone`` is that of its locations unless they say otherwise."""

    model_config = ConfigDict(json_schema_extra=None)

    name: _Name
    zone: Zone
    locale: LocaleTag
    currency: Currency
    phone: _Phone
