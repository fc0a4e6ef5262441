"""What HTTP hears and sees of rooms, chairs, vehicles and tools."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from scheduler_core.businesses.schemas.fields import Name, Patch, Units
from scheduler_core.permissions.inputs import Id

Kind = Literal["room", "chair", "vehicle", "tool"]


class ResourceChange(Patch):
    """``capacity``: how many visits it serves at once; ``location_id``: where it stands, ``null``: it goes anywhere."""

    kind: Kind = "room"
    name: Name = ""
    capacity: Units = 1
    location_id: Id | None = None


class ResourceIn(ResourceChange):
    model_config = ConfigDict(json_schema_extra=None)

    kind: Kind
    name: Name


class ResourceFull(BaseModel):
    id: int
    kind: Kind
    name: str
    capacity: int
    location_id: int | None
    archived_at: AwareDatetime | None
