"""The post room of a served core: sends what is due, and brings what providers say of it, now or much later."""

from itertools import count

from scheduler_core.outbox import InboundRecord, Receipt, Sending, Store
from tests.builders.core import Core

_NAMES = count(1)


class Post:
    def __init__(self, core: Core) -> None:
        self.core = core
        self.store = Store(core.database, core.clock, core.salon.id)

    def opens(self, channel: str, address: str) -> int:
        """Somebody writes there: whose thread it is."""
        self.store.hear(InboundRecord(channel, f"heard-{next(_NAMES)}", address, "text", "hello"))
        answer = self.core.ask("POST", "conversations/open", {"channel": channel, "address": address})
        person: int = answer.json()["customer"]["id"]
        return person

    def sends(self, state: str = "sent", **more: object) -> list[Sending]:
        """All that can be sent now; each as the provider takes it, or does not."""
        done = []
        while sending := self.store.claim_sending("post"):
            receipt = Receipt(state, f"name-{sending.message_id}", **more)  # type: ignore[arg-type]
            self.store.finish_sending(sending, receipt)
            done.append(sending)
        return done

    def hears_of(self, sending: Sending, state: str, **more: object) -> None:
        """A provider's word on a message that it took before."""
        receipt = Receipt(state, f"name-{sending.message_id}", **more)  # type: ignore[arg-type]
        self.store.receive(sending.channel, receipt, sending.message_id)

    def later(self, **span: float) -> list[Sending]:
        """What is sent after so long."""
        self.core.clock.move(**span)
        self.core.does_what_is_due()
        return self.sends()
