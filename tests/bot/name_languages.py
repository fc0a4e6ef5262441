"""In the bot's environment, which has the learner: phrases and sentences as JSON in, the language named for each out.

`python -m tests.bot.name_languages`; the pairs of "phrases" are learnt, the strings of "sentences" are named.
"""

import json
import sys

from bot.components.language_model import LanguageModel

if __name__ == "__main__":
    given = json.load(sys.stdin)
    model = LanguageModel()
    texts, languages = zip(*given["phrases"], strict=True)
    model.fit(texts, languages)
    json.dump([model.language_of(sentence) for sentence in given["sentences"]], sys.stdout)
