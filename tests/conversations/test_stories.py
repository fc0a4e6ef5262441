"""Every story beside this file, played through the whole line: front door, trained assistant, actions, core."""

import pytest

from tests.conversations.stage import Stage
from tests.conversations.stories import Story, all_stories
from tests.journeys.house import House


@pytest.mark.parametrize("story", list(all_stories()), ids=str)
def test_the_story_goes_as_told(quiet_house: House, story: Story) -> None:
    stage = Stage(quiet_house, story.given)
    for step in story.steps:
        stage.play(step)
    print("\n".join(stage.transcript))  # noqa: T201 – shown by pytest -rP, for reading
    assert stage.diary() == list(story.diary), "\n".join(stage.transcript)
