"""A notice that is asked for at night is due work of the morning, and put into words only then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from sqlalchemy.orm import Session

from scheduler_core.appointments.changes import subject_of
from scheduler_core.appointments.schemas import AppointmentOut
from scheduler_core.availability.schemas import SlotOut
from scheduler_core.outbox import due

WAITS_FOR_MORNING = "tell_in_the_morning"


@dataclass(frozen=True, slots=True)
class Why:
    """What keeps us from keeping our word: ill or away (``who``), closed, or blocked."""

    because: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``tell_of`` was asked for, but the visit; the fields are as it takes them."""

    kind: str
    idem_key: str
    times: Mapping[str, datetime] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    why: Why | None = None
    slots: Sequence[SlotOut] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "idem_key": self.idem_key,
            "times": {name: instant.isoformat() for name, instant in self.times.items()},
            "more": dict(self.more),
            "why": [self.why.because, self.why.who] if self.why else None,
            "slots": [slot.model_dump(mode="json") for slot in self.slots],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        return cls(
            kind=value["kind"],
            idem_key=value["idem_key"],
            times={name: datetime.fromisoformat(instant) for name, instant in value["times"].items()},
            more=value["more"],
            why=Why(*value["why"]) if value["why"] else None,
            slots=[SlotOut.model_validate(slot) for slot in value["slots"]],
        )


def wait(session: Session, business_id: int, visit: AppointmentOut, asked: Asked, at: datetime) -> bool:
    """Plan it for then, as long as the visit stays as it is; ``False``: it was planned already."""
    return due.plan(
        session,
        business_id=business_id,
        kind=WAITS_FOR_MORNING,
        subject=subject_of(visit.id),
        version=visit.version,
        due_at=at,
        idem_key=f"{WAITS_FOR_MORNING}:{asked.idem_key}",
        payload={**asked.to_json(), "appointment_id": visit.id},
    )
