"""What HTTP hears and sees of a service."""

from typing import Annotated, Any

from pydantic import AwareDatetime, ConfigDict, Field

from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.schemas import ServiceOut
from scheduler_core.businesses.schemas.fields import Aliases, Ids, Name, Patch, Skills, Stripped, Units

_LONGEST_MINUTES = 24 * 60
_MOST_MINOR = 200_000_000  # ten of them in one visit are still a number that every database holds

Category = Annotated[Stripped, Field(max_length=60)]
Duration = Annotated[int, Field(ge=1, le=_LONGEST_MINUTES)]
Buffer = Annotated[int, Field(ge=0, le=_LONGEST_MINUTES)]
Price = Annotated[int, Field(ge=0, le=_MOST_MINOR)]
Gap = tuple[
    Annotated[int, Field(ge=1, le=_LONGEST_MINUTES)], Annotated[int, Field(ge=1, le=_LONGEST_MINUTES)]
]
Materials = Annotated[list[Name], Field(max_length=30)]
Aftercare = Annotated[
    dict[
        Annotated[str, Field(pattern="^[a-z]{2,3}$")],
        Annotated[Stripped, Field(min_length=1, max_length=600)],
    ],
    Field(max_length=20),
]
OneOf = Annotated[Ids, Field(min_length=1)]


class ServiceChange(Patch):
    """``gaps``: [start, length] in minutes of the service, in which whoever does it is free for others.

    ``needs``: one resource of each list. ``skills``: who has all of them offers it, beside ``staff_ids``. ``policy``:
    the fields in which it differs from the business, all of them anew. ``materials``: what whoever does it needs at
    hand, told to them on the morning of the day. ``aftercare``: tips for afterwards, by language ("en");
    ``rebook_after_days``: when the next one is due. Lists, ``policy`` and ``aftercare`` are replaced as a whole.
    """

    name: Name = ""
    category: Category = ""
    aliases: Aliases = Field([])
    duration_minutes: Duration = 1
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0
    price_minor: Price = 0
    gaps: Annotated[list[Gap], Field(max_length=20)] = Field([])
    capacity: Units = 1
    on_demand: bool = True
    skills: Skills = Field([])
    policy: Policy = Policy()
    is_addon: bool = False
    materials: Materials = Field([])
    aftercare: Aftercare = Field({})
    rebook_after_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    needs: Annotated[list[OneOf], Field(max_length=10)] = Field([])
    addon_ids: Ids = Field([])
    staff_ids: Ids = Field([])


class ServiceIn(ServiceChange):
    """A new service; what is left out is as shown. Capacity above 1 makes it a class that customers share."""

    model_config = ConfigDict(json_schema_extra=None)

    name: Name
    duration_minutes: Duration
    price_minor: Price


class ServiceFull(ServiceOut):
    """``staff_ids`` are those named for it; ``offered_by`` are all who do it, by name or by their skills."""

    buffer_before_minutes: int
    buffer_after_minutes: int
    gaps: list[list[int]]
    capacity: int
    on_demand: bool
    skills: list[str]
    policy: dict[str, Any]
    is_addon: bool
    materials: list[str]
    aftercare: dict[str, str]
    rebook_after_days: int | None
    needs: list[list[int]]
    addon_ids: list[int]
    offered_by: list[int]
    archived_at: AwareDatetime | None
