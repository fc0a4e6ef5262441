"""The OpenAPI document is true: whatever is sent, the answer is one that it announces, and never a 500."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.config import (
    ChecksConfig,
    FuzzingPhaseConfig,
    GenerationConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
    StatefulPhaseConfig,
)
from schemathesis.engine import Status, events, from_schema

from scheduler_core.outbox import link_to
from tests.builders.core import Core
from tests.builders.databases import Snapshot
from tests.builders.everything import furnish, ids_of
from tests.builders.real_values import RealValues

_CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
]
_EXAMPLES, _STEPS, _SEED = 6, 6, 7


@dataclass
class Outcome:
    """By endpoint: the statuses that were answered, and one example of each way in which the document was wrong."""

    statuses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    untrue: dict[tuple[str, str, int], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, event: Any) -> None:
        if isinstance(event, events.NonFatalError | events.FatalError):
            self.faults.append(repr(event))
        if isinstance(event, events.ScenarioFinished):
            self._read(event.recorder)

    def _read(self, recorder: Any) -> None:
        for key, node in recorder.cases.items():
            answer = recorder.find_response(case_id=key)
            if answer is None:
                self.faults.append(f"{node.value.operation.label}: no answer")
                continue
            label = node.value.operation.label
            self.statuses[label].add(answer.status_code)
            for check in recorder.checks.get(key, []):
                if check.status is not Status.SUCCESS:
                    info = check.failure_info
                    said = (
                        f"{info.failure.message}\n{info.code_sample}" if info else "the check itself failed"
                    )
                    self.untrue.setdefault((label, check.name, answer.status_code), said)

    def never(self, *wanted: int) -> set[str]:
        return {label for label, found in self.statuses.items() if not found & set(wanted)}


@pytest.fixture
def furnished(core: Core) -> Iterator[RealValues]:
    """Each endpoint finds the same full business, whatever the one before has archived or erased."""
    feed = furnish(core)
    rows = Snapshot(core.database)
    here = core.settings.model_copy(update={"business_id": core.salon.id})
    link = link_to(here, ids_of(rows, core.salon.id)("attachment_id")[0], core.clock()).rpartition("/")[2]
    real, seen = RealValues(rows, core.salon.id, feed, link), [""]
    files = {each: each.read_bytes() for each in Path(core.settings.files).rglob("*") if each.is_file()}

    def before_call(_: Any, case: Any, kwargs: Any) -> None:
        in_sequence = case.meta is not None and case.meta.phase.name == "stateful"
        if in_sequence:
            real.of_the_business(case)
            return
        if seen[0] != case.operation.label:
            seen[0] = case.operation.label
            rows.put_back()
            for path, content in files.items():  # whoever is forgotten takes theirs along
                path.write_bytes(content)
        real.put_into(case)

    schemathesis.hook(before_call)
    yield real
    schemathesis.hooks.unregister(before_call)


def document(address: str, core: Core) -> Any:
    """Every boundary on both databases; requests at random, and sequences of them, on SQLite, which is quicker."""
    random = core.database.engine.dialect.name == "sqlite"
    checks = {"enabled": False, **{name: {"enabled": True} for name in _CHECKS}}
    project = ProjectConfig(
        base_url=address,
        headers={"X-API-Key": core.settings.api_key.get_secret_value()},
        continue_on_failure=True,
        checks=ChecksConfig.from_dict(checks),
        generation=GenerationConfig(
            max_examples=_EXAMPLES, deterministic=True, no_shrink=True, database="none"
        ),
        phases=PhasesConfig(
            fuzzing=FuzzingPhaseConfig(enabled=random),
            stateful=StatefulPhaseConfig(enabled=random, max_steps=_STEPS),
        ),
    )
    config = SchemathesisConfig(projects=ProjectsConfig(default=project), seed=_SEED)
    return schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)


@pytest.mark.usefixtures("furnished")
def test_whatever_is_sent_the_answer_is_one_that_the_document_announces(
    core: Core, served_app: tuple[FastAPI, str]
) -> None:
    outcome = Outcome()
    for event in from_schema(document(served_app[1], core)).execute():
        outcome.note(event)
    assert not outcome.faults
    assert not outcome.untrue, "\n\n".join(f"{where}\n{said}" for where, said in outcome.untrue.items())
    assert len(outcome.statuses) > 80
    if core.database.engine.dialect.name == "sqlite":
        assert not outcome.never(200, 201, 204, 409), (
            "nothing that was sent hit: see tests/builders/everything.py"
        )
