"""A business as a whole: made, and changed."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler_core.businesses.changing import Change, put
from scheduler_core.businesses.models import Business
from scheduler_core.businesses.policy import Policy
from scheduler_core.businesses.queries import business_out
from scheduler_core.businesses.schemas import BusinessOut
from scheduler_core.businesses.schemas.business import BusinessChange, BusinessIn
from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller


def create(session: Session, caller: Caller, now: datetime, asked: BusinessIn) -> BusinessOut:
    """A business without locations, services or people yet."""
    made = Business(**asked.model_dump(mode="json"))
    session.add(made)
    session.flush()
    record(session, caller, now, business_id=made.id, action="created", subject=("business", made.id))
    return business_out(made)


def change(made: Change, asked: BusinessChange) -> BusinessOut:
    """Visits keep the policy under which they were agreed."""
    fields = asked.model_dump(mode="json", exclude_unset=True)
    if "policy" in fields:
        policy = Policy.model_validate(made.business.policy).with_own(fields["policy"])
        fields["policy"] = policy.model_dump(mode="json")
    if changed := put(made.business, fields):
        made.record("changed", "business", made.business_id, fields=changed)
    return business_out(made.business)
