"""The table of languages: each of them a row, and which of them are read."""

from __future__ import annotations

from .arabic.words import ARABIC
from .latin_rows import CZECH, FRENCH, GERMAN, PORTUGUESE, SPANISH
from .row import Script, Tongue, words
from .unspaced import CHINESE, JAPANESE

# Read by `speakers.py`; its small words are here to tell it from the others.
ENGLISH = Tongue(
    code="en",
    name="English",
    is_read=True,
    small=words(
        "the and of to in is was that for it with as his her on be at by had not are but from "
        "have this they which were has been said would their he she who an will after about when "
        "there or if what we you its says a an so no one all could called made over into than then "
        "our my your me him them this these those only never does did don’t"
    ),
)

_KNOWN = (
    ("it", "Italian", "il di che è non per una sono con del della si alla gli nel anche più ha dei delle ma "
     "detto da le questo"),
    ("nl", "Dutch", "het een en dat niet op te zijn voor met aan ook er maar zei wordt naar bij heeft "
     "om uit deze zegt werd hij"),
    ("sv", "Swedish", "och att det är som en på för av med den till inte har ett om var jag sade säger han "
     "kan från hon"),
    ("da", "Danish", "og at det er som en på for af med den til ikke har et om var jeg sagde siger han kan "
     "fra hun"),
    ("no", "Norwegian", "og at det er som en på for av med den til ikke har et om var jeg sa sier han kan "
     "fra hun"),
    ("pl", "Polish", "nie się na że jest to do i w z jak po od przez dla jego który są powiedział oraz "
     "ale tym był także"),
    ("sk", "Slovak", "sa je na že a v s aj ako ktorý podľa sú nie pre od po povedal uviedol ktoré však bol"),
    ("ro", "Romanian", "și în nu cu este pe că mai din un pentru care fost sunt această după spus "
     "cel"),
    ("tr", "Turkish", "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar dedi ancak"),
    ("hu", "Hungarian", "a az és hogy nem is egy meg volt csak mint de azt már mondta szerint ez"),
    ("fi", "Finnish", "ja on ei että se oli hän mutta ovat myös kun joka sanoo sanoi olla tai mukaan"),
    ("ca", "Catalan", "els les amb per que és no una del dels més ha són però també aquest seva dit va"),
    ("id", "Indonesian", "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga kata saya ke"),
    ("vi", "Vietnamese", "và của là có được trong cho không người với các những một này đã nói"),
)  # fmt: skip


def _known(code: str, name: str, small: str) -> Tongue:
    return Tongue(code=code, name=name, small=words(small))


def _scripted(code: str, name: str) -> Tongue:
    return Tongue(code=code, name=name, script=Script.OTHER)


# Told by their letters alone: a range of them each.
_BY_LETTERS = (
    ("ru", "Russian", "а-яё"),
    ("el", "Greek", "α-ωά-ώ"),
    ("he", "Hebrew", "א-ת"),
    ("fa", "Persian", "پچژگکی"),
    ("ko", "Korean", "가-힣"),
    ("hi", "Hindi", "ऀ-ॿ"),
    ("bn", "Bengali", "ঀ-৿"),
    ("ta", "Tamil", "஀-௿"),
    ("th", "Thai", "ก-๙"),
    ("ka", "Georgian", "ა-ჿ"),
    ("hy", "Armenian", "ա-ֆ"),
    ("am", "Amharic", "ሀ-፿"),
)
# Nothing is known of it but that it is none of the others.
UNKNOWN = Tongue(code="und", name="another language")

TONGUES: dict[str, Tongue] = {
    tongue.code: tongue
    for tongue in (
        ENGLISH, FRENCH, GERMAN, SPANISH, PORTUGUESE, CZECH, ARABIC, JAPANESE, CHINESE,
        *(_known(*each) for each in _KNOWN),
        *(_scripted(code, name) for code, name, _ in _BY_LETTERS),
        UNKNOWN,
    )
}  # fmt: skip

# The letters by which a script tells the language, before any word is read.
LETTERS: dict[str, str] = {code: letters for code, _, letters in _BY_LETTERS} | {
    "ar": "ء-غف-ي",
    "ja": "ぁ-ヿ",
    "zh": "一-鿿",
}
