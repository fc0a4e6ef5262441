"""What HTTP sees of a file."""

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from scheduler_core.attachments.models import Attachment
from scheduler_core.permissions.inputs import Id, Words

FileName = Annotated[Words, Field(max_length=300)]
SentBy = Literal["customer", "staff"]


class Described(BaseModel):
    """What is said of a file that is brought: its ``name``, who sent it, with which message, for which visit."""

    conversation_id: Id
    name: FileName = ""
    sent_by: SentBy = "staff"
    inbound_id: Annotated[int, Field(ge=1, le=2**53)] | None = None
    appointment_id: Id | None = None


class AttachmentOut(BaseModel):
    """``kind``: image, document or audio; ``media_type`` is that of its content, whatever it was called."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    customer_id: int
    conversation_id: int | None
    appointment_id: int | None
    sent_by: SentBy
    name: str
    kind: Literal["image", "document", "audio"]
    media_type: str
    size: int
    created_at: AwareDatetime

    @classmethod
    def of(cls, row: Attachment) -> Self:
        return cls.model_validate(row)
