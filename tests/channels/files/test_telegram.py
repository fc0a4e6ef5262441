"""Files on Telegram, both ways: brought before the answer, kept once, and an honest word of what became of them."""

import pytest

from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.files import JPEG, PAGE, PDF, PNG, VOICE
from tests.builders.killed import Killed, dies_at
from tests.channels.files.conftest import Office
from tests.channels.telegram.builders import TelegramLine, buttons
from tests.fakes.bot import FakeBot, says
from tests.fakes.telegram import FakeTelegram, No
from tests.fakes.telegram_people import Person


def goes_on(line: TelegramLine, clock: HandClock, tries: int = 1) -> None:
    for _ in range(tries):
        line.goes_on()
        clock.move(seconds=15)


def test_a_photo_alone_is_thanked_for_and_the_team_hears_of_it(
    line: TelegramLine, maria: Person, office: Office, bot: FakeBot
) -> None:
    maria.sends_photo(JPEG)
    line.goes_on()
    assert maria.reads() == ["Thank you, I have passed it on to the team. What can I do for you?"]
    (file,) = office.files()
    assert (file["name"], file["sent_by"], office.content(file)) == ("image.jpg", "customer", JPEG)
    assert office.told() == ["Maria Lopez (telegram) sent image.jpg"]
    assert bot.asked == []


def test_what_is_written_below_a_photo_is_what_its_sender_says(
    line: TelegramLine, maria: Person, office: Office, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: says("On Friday at 10?", *buttons("Yes"))
    maria.sends_photo(JPEG, "can you fix this on Friday?")
    line.goes_on()
    assert [asked.message for asked in bot.asked] == ["can you fix this on Friday?"]
    assert maria.reads() == ["I have your file, thank you.\nOn Friday at 10?"]
    assert maria.sees()[0].labels == ["Yes"]
    assert len(office.files()) == 1


def test_what_was_asked_is_asked_again_after_a_photo(line: TelegramLine, maria: Person, bot: FakeBot) -> None:
    bot.answer = lambda _asked: says("Here are some times.\n\nWhich one?", *buttons("Tue 9:00", "Wed 14:00"))
    maria.says("a trim")
    line.goes_on()
    for _ in range(2):
        maria.sends_photo(JPEG)
        line.goes_on()
        last = maria.sees()[-1]
        assert last.text == "Thank you, I have passed it on to the team.\n\nWhich one?"
        assert last.labels == ["Tue 9:00", "Wed 14:00"]


def test_an_album_is_one_turn(line: TelegramLine, maria: Person, office: Office) -> None:
    for content in (JPEG, PNG):
        maria.sends_photo(content, media_group_id="album")
    line.goes_on()
    assert sorted(file["media_type"] for file in office.files()) == ["image/jpeg", "image/png"]
    assert len(maria.reads()) == 1


def test_a_voice_note_is_kept_for_the_team_and_its_sender_is_told_the_truth(
    line: TelegramLine, maria: Person, office: Office
) -> None:
    maria.sends_voice(VOICE)
    line.goes_on()
    assert maria.reads()[0].startswith("I can't listen to voice messages, but I have kept yours")
    assert [file["kind"] for file in office.files()] == ["audio"]


def test_a_page_that_is_called_a_photo_is_not_taken(
    line: TelegramLine, maria: Person, office: Office
) -> None:
    maria.sends_document(PAGE, "holiday.jpg")
    line.goes_on()
    assert maria.reads()[0].startswith("I can't take files of that kind.")
    assert office.files() == []


def test_a_file_that_says_it_is_small_and_is_not_is_read_no_further_than_it_may_be_long(
    line: TelegramLine, maria: Person, office: Office, twin: FakeTelegram
) -> None:
    line.door.core.largest_file_bytes = 1024
    maria.sends_document(JPEG, "big.jpg")
    twin.files["file-0"] = JPEG + bytes(4096)
    line.goes_on()
    assert maria.reads()[0].startswith("That file is too large for me")
    assert office.files() == []


def test_what_telegram_itself_finds_too_big_is_said_to_be_too_large(
    line: TelegramLine, maria: Person, twin: FakeTelegram
) -> None:
    maria.sends_document(PDF, "care.pdf")
    twin.faults["getfile"] = [No(400, "Bad Request: file is too big")]
    line.goes_on()
    assert maria.reads()[0].startswith("That file is too large for me: at most 20 MB")


def test_a_file_that_cannot_be_had_now_is_fetched_a_little_later(
    line: TelegramLine, maria: Person, office: Office, twin: FakeTelegram, clock: HandClock
) -> None:
    twin.file_faults = [500]
    maria.sends_photo(JPEG)
    goes_on(line, clock, tries=2)
    assert len(office.files()) == 1
    assert maria.reads()[-1].startswith("Thank you, I have passed it on")


def test_a_file_that_cannot_be_had_at_all_does_not_keep_words_waiting_for_ever(
    line: TelegramLine, maria: Person, office: Office, twin: FakeTelegram, clock: HandClock, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: says("On Friday at 10?")
    maria.sends_photo(JPEG, "can you fix this?")
    twin.files.clear()
    goes_on(line, clock, tries=6)
    assert maria.reads()[-1] == (
        "I could not get your file, I'm sorry. Could you send it once more?\nOn Friday at 10?"
    )
    assert office.files() == []


def test_a_photo_that_is_brought_twice_or_gets_another_caption_is_kept_once(
    line: TelegramLine, maria: Person, office: Office
) -> None:
    update = maria.sends_photo(JPEG, "like this")
    line.goes_on()
    line.hears_update(update)
    line.hears_update(maria.edits(update, "like this, please"))
    line.works()
    assert len(office.files()) == 1


def test_the_token_is_in_no_log(
    line: TelegramLine, maria: Person, twin: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    twin.file_faults = [404]
    with caplog.at_level("INFO"):
        maria.sends_photo(JPEG)
        line.goes_on()
    assert "AAHdqTcv" not in caplog.text


@pytest.mark.parametrize(
    "step",
    [
        ("door.core.keep_file", "before"),
        ("door.core.keep_file", "after"),
        ("door.core.place_files", "after"),
        ("bot.ask", "after"),
        ("store.finish_turn", "before"),
    ],
    ids=lambda step: " ".join(reversed(step)),
)
def test_a_crash_on_the_way_keeps_nothing_twice_and_says_nothing_twice(
    line: TelegramLine,
    telegram_settings: Settings,
    maria: Person,
    office: Office,
    twin: FakeTelegram,
    clock: HandClock,
    bot: FakeBot,
    step: tuple[str, str],
) -> None:
    bot.answer = lambda _asked: says("On Friday at 10?")
    maria.sends_photo(JPEG, "can you fix this on Friday?")
    name, moment = step
    dies_at(line, name, "after" if moment == "after" else "before")
    with pytest.raises(Killed):
        line.goes_on()
    another = TelegramLine(telegram_settings, clock, twin)
    clock.move(seconds=61)
    another.goes_on()
    another.close()
    assert len(office.files()) == 1
    assert maria.reads() == ["I have your file, thank you.\nOn Friday at 10?"]
    assert len(office.told()) == 1


def test_a_photo_and_a_document_of_staff_are_shown_as_such(
    line: TelegramLine, maria: Person, office: Office
) -> None:
    maria.says("hello")
    line.goes_on()
    office.sends("telegram", maria.address, JPEG, "This is how it could look.", "bob")
    office.sends("telegram", maria.address, PDF, "", "how to care")
    line.works()
    photo, document = maria.sees()[-2:]
    assert (photo.text, photo.file) == ("This is how it could look.", ("photo", JPEG))
    assert (document.text, document.file) == ("", ("how to care.pdf", PDF))


def test_a_file_whose_person_is_forgotten_is_not_sent(
    line: TelegramLine, maria: Person, office: Office
) -> None:
    maria.says("hello")
    line.goes_on()
    office.sends("telegram", maria.address, PDF, "Please read.")
    (file,) = office.files()
    assert office.ask("POST", f"customers/{file['customer_id']}/erase", key="forget").status_code == 200
    line.works()
    assert len(maria.reads()) == 1


def test_a_staff_member_reads_of_a_customer_s_photo_with_the_photo_itself(
    line: TelegramLine, maria: Person, office: Office, twin: FakeTelegram
) -> None:
    ana = Person(twin, "Ana")
    code = office.ask("POST", f"staff/{office.salon.ana}/chat-codes", {}, key="code").json()["code"]
    ana.says(code)
    maria.sends_photo(JPEG)
    for _ in range(2):
        line.goes_on()
    seen = ana.sees()[-1]
    assert seen.file == ("photo", JPEG)
    assert seen.text == "Maria Lopez (telegram) sent image.jpg"
