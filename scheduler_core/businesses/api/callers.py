"""Who may read what a business is, who may change it, and who may change their own time only."""

from typing import Annotated

from scheduler_core.permissions.caller import Caller, may
from scheduler_core.permissions.roles import Permission

Reader = Annotated[Caller, may(Permission.READ_BUSINESS)]
Manager = Annotated[Caller, may(Permission.MANAGE_BUSINESS)]
OwnTime = Annotated[Caller, may(Permission.MANAGE_OWN_TIME)]
Founder = Annotated[Caller, may(Permission.CREATE_BUSINESS)]
