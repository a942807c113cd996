"""What a text tells its readers on the word of people whom it does not name.

“People familiar with the matter”, “a police source”, “the Courier understands”, “speaking on condition
of anonymity”. Institutions, documents, signs and crowds are no anonymous sources; nor is somebody who
speaks for a named body, or to police or a court.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .descriptions import PLURALS, ROLES, TO_OTHERS
from .reading.words_of_speech import CAPITALS, VERBS, word_set


class Claim(NamedTuple):
    """Words for somebody on whose word a sentence rests: `text[start:end]`.

    `described` are those of the words that say who it is, with `role`, the noun for a person. Both are
    empty for hearsay of the newsroom, and where anonymity itself is told. `number` is how many at least.
    """

    words: str
    start: int
    end: int
    described: str = ""
    role: str = ""
    number: int = 1


# Nouns for people whose word a story may rest on. Those of a court or of a body speak for it.
_PUBLIC = word_set("judge juror senator minister spokesman spokeswoman spokesperson negotiator")
_ALSO = word_set(
    """
    aide insider neighbour neighbor passenger parent mother father brother sister cousin colleague
    customer client tenant survivor bystander eyewitness onlooker veteran volunteer nun priest
    fan supporter donor shareholder bidder buyer seller landlord villager patient
    ex-employee ex-official staff-member confidant acquaintance strategist operative lobbyist
    bureaucrat civil-servant porter waiter cook crewman crew-member ex-colleague
    """
)
_ONE = (ROLES | _ALSO) - _PUBLIC
_MANY = (
    {plural: role for plural, role in PLURALS.items() if role not in _PUBLIC}
    | {f"{role}s": role for role in _ALSO}
    | {"parties": "person"}
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), 2  # noqa: SIM905
    )
} | {"several": 2, "multiple": 2, "numerous": 2, "dozens": 2, "half": 2}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SINGULAR = rf"(?P<one>{_any_of(_ONE)}|members? of (?:the )?staff|member of the \w+)"
_PLURAL = rf"(?P<many>{_any_of(_MANY)}|those)"
# Of these verbs no noun is spelled alike.
_SAYING = _any_of(
    word_set(
        """
        said says say claimed claims claim revealed reveals reveal disclosed confirmed confirms confirm
        added adds explained warned warns insisted insists alleged alleges described recalled
        suggested indicated indicates admitted acknowledged argued predicted complained noted whispered
        hinted maintained believes believe expect expects think thinks estimate estimated
        """
    )
    & (VERBS | word_set("say claim reveal confirm believe expect expects think estimate hinted"))
)
_TELLS = rf"(?:told|tells?|tell) (?!{TO_OTHERS})"
_SPEAKS = (
    rf"(?:(?:also|then|later|once|has|have|had|repeatedly|privately|quietly|\w+ly) ){{0,2}}"
    rf"(?:(?:{_SAYING})\b(?! to be\b)|{_TELLS})"
)
# Words that go before the noun: none may begin another clause, or be a verb.
_MODIFIER = r"(?:(?!(?:and|but|said|says|as|that|though|although|while|because|if|who|of|to|was|is|were|are|for|by|with|from)\b)[\w’'-]+ )"
# What stands between the noun and its verb: “close to the club”, “, who asked not to be named,”.
_LINKS = _any_of(
    word_set(
        """
        in at of from with for near inside within on to there close familiar present privy aware briefed
        employed involved based linked connected assigned working speaking living standing attending
        watching who’s
        """
    )
)
_AFTER = (
    rf"(?: (?:(?:{_LINKS})|(?:who|whose|that) [\w’'-]+)"
    r"(?: (?!(?:said|says|say|told|tells?|was|were|is|are)\b|and (?-i:[A-Z]))[\w’'$%-]+){0,12}? | |"
    r", [^,.;:“”\"\n]{3,110}, )"
)
_BEGINS = r"(?<![\w’'-])"
_ONE_SPEAKS = re.compile(
    rf"{_BEGINS}(?P<who>(?:(?P<article>an?|one|another|some|(?:one|some) of (?:the|his|her|its|their))"
    rf" {_MODIFIER}{{0,4}}?(?:{_SINGULAR}|{_PLURAL})|someone|somebody))(?P<after>{_AFTER}){_SPEAKS}",
    re.IGNORECASE,
)
_MANY_SPEAK = re.compile(
    rf"{_BEGINS}(?P<who>(?P<number>{_any_of(_NUMBERS)}|a number of|a handful of|half a dozen|a dozen|"
    rf"\d{{1,2}}) (?:[\w’'-]+ and )?{_MODIFIER}{{0,5}}?{_PLURAL})(?P<after>{_AFTER}){_SPEAKS}",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    rf"\b(?:according to|confirmed by|said|says) (?P<who>(?:(?P<article>an?|one|another|some) |"
    rf"(?P<number>{_any_of(_NUMBERS)}|a number of|a handful of|half a dozen|\d{{1,2}}) )"
    rf"{_MODIFIER}{{0,4}}?(?:{_SINGULAR}|{_PLURAL}))(?P<after>[^.;:“”\"\n]{{0,110}})",
    re.IGNORECASE,
)
# Why they would know, and nothing of who they are.
_IN_THE_KNOW = (
    r"(?:familiar with|briefed (?:on|about|by)|close to|(?:with|having) (?:\w+ ){0,3}(?:knowledge|access)|"
    r"in the know|privy to|aware of|informed (?:of|about|on)|involved (?:in|with)|present at|"
    r"in the room|at the meeting|inside the|within the|who (?:attended|were|was|are|is|have|has|had|saw|"
    r"took part|work\w*|spoke|know\w*|asked|requested|insisted|declined|did not|wished|wanted|refused))"
)
_LEADING = re.compile(rf"(?:(?<![\w’'-]){_MODIFIER}){{0,3}}$", re.IGNORECASE)
_LOOK_BACK = 60  # characters, in which three words stand
_KNOWING = re.compile(
    rf"{_BEGINS}(?P<who>{_PLURAL} {_IN_THE_KNOW})\b[^.;:“”\"\n]{{0,90}}?"
    rf"(?:,? {_SPEAKS})",
    re.IGNORECASE,
)
_KNOWING_SAID = re.compile(
    rf"\b(?:according to|said|says|told by|confirmed by) (?P<who>{_MODIFIER}{{0,3}}?{_PLURAL} {_IN_THE_KNOW})\b",
    re.IGNORECASE,
)
# “Source” as the noun for a person: “a Whitehall source”, “club insiders”, “sources in the party”.
_SOURCES = re.compile(
    rf"{_BEGINS}(?P<who>(?P<many>sources|insiders|whistleblowers))(?:{_AFTER}){_SPEAKS}",
    re.IGNORECASE,
)
_SOURCES_SAID = re.compile(
    rf"\b(?:according to|said|says) (?P<who>{_MODIFIER}{{0,3}}?(?P<many>sources|insiders))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<![\w’'-])[^\W_][\w’'-]*")
# These say why somebody would know, so that it does not matter for whom else they speak.
_IN_THE_KNOW_ALONE = {_KNOWING, _SOURCES, _KNOWING_SAID, _SOURCES_SAID}


def _by_first_word() -> dict[str, list[re.Pattern[str]]]:
    figures = [*map(str, range(100)), *(f"{number:02}" for number in range(10))]
    firsts: dict[re.Pattern[str], Iterable[str]] = {
        _ONE_SPEAKS: word_set("a an one another some someone somebody"),
        _MANY_SPEAK: ["a", "half", *_NUMBERS, *figures],
        _ACCORDING: word_set("according confirmed said says"),
        _KNOWING: [*_MANY, "those"],
        _SOURCES: word_set("sources insiders whistleblowers"),
        _KNOWING_SAID: word_set("according said says told confirmed"),
        _SOURCES_SAID: word_set("according said says"),
    }
    table: dict[str, list[re.Pattern[str]]] = {}
    for pattern, words in firsts.items():
        for word in dict.fromkeys(words):
            table.setdefault(word, []).append(pattern)
    return table


_BY_FIRST_WORD = _by_first_word()
# The newsroom itself, or another one, vouches for what somebody told it.
_PAPERS = _any_of(
    word_set(
        """
        Courier Times Post Herald Guardian Observer Gazette Tribune Mail Star Chronicle Journal Telegraph
        Mirror Sun Express Standard Independent Record Echo Argus Examiner Inquirer Globe Sentinel Press
        News Reuters Bloomberg BBC CNN NPR AP AFP ITV NBC CBS ABC PBS
        """
    )
)
_HEARSAY = re.compile(
    rf"(?P<who>\b(?:(?:[Tt]he )?(?:[A-Z][\w’'-]+ ){{0,4}}(?:{_PAPERS})|[Ww]e|"
    r"(?:[Tt]his|[Oo]ur) (?:newspaper|paper|website|newsroom|magazine|publication)) "
    r"(?:understands?(?! (?:why|how|what|their|his|her|its)\b)|(?:has|have) (?:learned|learnt|been told|heard)|"
    r"(?:was|were|is) told|can reveal))"
    r"|(?P<it>\b[Ii]t (?:is|was) (?:widely )?(?:understood|rumou?red)\b|\b(?:is|are) understood to\b|"
    r"\b[Rr]umou?r has it|\b[Ww]ord (?:is|has it))"
)
_UNNAMED = re.compile(
    r"(?P<who>\b(?:on|under) (?:the )?condition of (?:strict )?anonymity"
    r"|\b(?:asked|asking|asks|requested|requesting|wished|wishing|wanted|wants|preferred|preferring|insisted|"
    r"insisting|declined|declining|refused|refusing|did not (?:want|wish)|does not (?:want|wish)|"
    r"didn[’']t want|agreed to speak only if|spoke only if) (?:on )?(?:(?:not )?(?:to )?(?:be(?:ing)?|remain|"
    r"stay|give|have) )?(?:not )?(?:to )?(?:be(?:ing)? )?(?:named|identified|quoted by name|anonymous|"
    r"anonymity|unnamed|(?:his|her|their) (?:full |real |own |last )?names?)\b"
    r"|\b(?:spoke|speaking|talked|talking|told \w+ \w+) (?:anonymously|off the record|on background)"
    r"|\bwhose names? (?:is|are|has been|have been) (?:being )?withheld)",
    re.IGNORECASE,
)
# They speak for somebody who is named: “a lawyer for Marr”, “an agent of the Bank of Pell”.
_SPEAKS_FOR = re.compile(
    r" ?(?:who (?:represents|speaks for)|representing|(?:for|of) (?:the )?[A-Z])"
)
_AGENTS = word_set(
    "lawyer attorney agent representative publicist solicitor barrister counsel advocate"
)
# “A tenant, Jo Dell, said”, “a man named Jo Dell said”, “an aide to Marr, Jo Dell, said”
_NAME = rf"[{CAPITALS}][\w’'.-]+(?: (?:[a-z]{{2,3}} )?[{CAPITALS}][\w’'.-]+)+"
# “according to an official statement”
_DOCUMENT_AFTER = re.compile(
    r" (?:statement|report|document|website|figure|record|release|inquiry|estimate|survey|tally|count|list|data)s?"
    r"(?=[.,;:\s]*$|[.,;:]| (?:that|which|issued|released|published|from|on|by|in)\b)"
)
# What somebody is may stand before the name; whom they fear, follow or met is another.
_GAP = r"(?:(?!(?:who|whose|which|that|of|with|from|by|to|for|in|at|on|after|about|and|\w+ing)\b)[\w’'-]+ ){0,6}?"
_NAMED = re.compile(rf"(?:, {_GAP}|,? (?:named|called|identified as) |[–—:] ?){_NAME}|^ {_NAME} ?$")


def claims(text: str) -> Iterator[Claim]:
    """Everything in a text that rests on the word of somebody whom it does not name, in order."""
    taken: list[tuple[int, int]] = []
    for claim in sorted(_all(text), key=lambda claim: (claim.start, -claim.end)):
        if not any(start <= claim.start < end for start, end in taken):
            taken.append((claim.start, claim.end))
            yield claim


def _all(text: str) -> Iterator[Claim]:
    for found in _begun(text):
        if found.re in _IN_THE_KNOW_ALONE or not _is_somebody(found):
            yield _claim(found)
    for found in _HEARSAY.finditer(text):
        group = "who" if found["who"] else "it"
        yield Claim(found[group], *found.span(group))
    for found in _UNNAMED.finditer(text):
        yield Claim(found["who"], *found.span("who"))


def _begun(text: str) -> Iterator[re.Match[str]]:
    """Where a pattern matches: tried at the words that it can begin with, since everywhere costs most of all."""
    reached: dict[re.Pattern[str], int] = {}
    for word in _WORD.finditer(text):
        for pattern in _BY_FIRST_WORD.get(word[0].casefold(), ()):
            if word.start() < reached.get(pattern, 0):
                continue  # within what it has matched before
            if found := pattern.match(text, word.start()):
                reached[pattern] = found.end()
                yield found


def _is_somebody(found: re.Match[str]) -> bool:
    """Does the text say who it is, or for whom they speak?"""
    after, groups = found["after"] or "", found.groupdict()
    role = (groups.get("one") or groups.get("many") or "").casefold()
    if _NAMED.search(after) or _DOCUMENT_AFTER.match(after):
        return True
    if groups.get("article") in ("some", "Some") and groups.get("many"):
        return True  # “some people said”: a crowd
    if groups.get("number") and _MANY.get(role) in ("person", "man", "woman") and not after.strip():
        return True  # “14 people said”: a count of a crowd
    return _MANY.get(role, role) in _AGENTS and bool(_SPEAKS_FOR.match(after))


def _claim(found: re.Match[str]) -> Claim:
    groups = found.groupdict()
    noun = next((name for name in ("one", "many") if groups.get(name)), "")
    end = found.end(noun) if noun else found.end("who")
    role = _role(groups[noun].casefold() if noun else "person")
    number = (groups.get("number") or "").casefold()
    # “one of the workers” is one.
    is_many = noun == "many" and not groups.get("article")
    least = int(number) if number.isdecimal() else _NUMBERS.get(number, 2)
    start = found.start("who")
    if not groups.get("article") and not number:
        # What stands before the noun is looked for last: a pattern that began there would try every word.
        start -= len(_LEADING.search(found.string[max(0, start - _LOOK_BACK) : start])[0])  # type: ignore[index]
    return Claim(
        found.string[start : found.end("who")],
        start,
        found.end("who"),
        described=found.string[start:end],
        role=role,
        number=least if is_many else 1,
    )


def _role(noun: str) -> str:
    return "person" if noun == "those" or noun.startswith("member") else _MANY.get(noun, noun)
