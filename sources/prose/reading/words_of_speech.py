"""The words by which news prose says who is speaking."""

# With which a name may begin in Latin letters, as a range of a pattern.
CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ"


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A verb that is missing here leaves its quotations without a speaker: add what papers print.
# Finite forms; besides, the plainest of the languages that have no reader in `tongues/`.
VERBS = word_set(
    """
    said says say told tells tell write argue insist warn reminded reminds assured assures informed
    blamed blames accused accuses criticised criticized defended corrected fumed raved enthused gloated ranted wailed whined confided confides added adds asked asks answered answers replied replies responded
    responds retorted retorts wrote writes tweeted tweets posted texted texts emailed e-mailed
    testified testifies recalled recalls remembered remembers reminisced insisted insists argued
    argues warned warns explained explains noted notes observed observes remarked remarks commented
    stated declared declares announced announces claimed claims maintained maintains
    contended contends asserted asserts alleged alleges admitted admits acknowledged acknowledges
    conceded concedes confessed confesses agreed agrees disagreed disagrees denied denies confirmed
    confirms promised promises pledged pledges vowed vows predicted predicts suggested suggests
    urged urges advised advises demanded demands ordered orders pleaded pleads begged begs implored
    joked jokes quipped quips laughed laughs shouted shouts yelled yells cried cries screamed
    screams called calls whispered whispers murmured mumbled muttered mutters sighed sighs boasted
    boasts bragged complained complains lamented laments protested protests grumbled objected
    objects countered counters shot continues continued concluded concludes summarized summarised
    repeated repeats reiterated reiterates stressed stresses emphasized emphasizes emphasised
    emphasises described describes characterized characterized dismissed dismisses labelled labeled
    branded dubbed deemed deems praised hailed denounced condemned mused muses wondered wonders
    reflected reflects reasoned reasons offered volunteered interjected interrupted chimed recounted
    recounts related relates reported reports revealed reveals disclosed estimated estimates
    believes believed thinks thought felt feels hopes hoped exclaimed exclaims gasped snapped
    snaps barked growled groaned sobbed wept gushed marvelled marveled inquired enquired queried
    questioned ruled rules put puts went goes pointed points made concurred
    cautioned cautions advocated chanted sang intoned recited prayed toasted taunted teased scoffed
    scoffs sneered deadpanned thundered roared hissed radioed signed messaged phoned proclaimed
    apologised apologized professed proposed proposes clarified clarifies elaborated specified specifies
    thanked thanks greeted hollered blurted stammered croaked rasped quoted cited cites
    opined ventured ventures began begins read reads rejected rejects slammed blasted derided likened
    lambasted ridiculed mocked decried hailed indicated indicates signaled signalled hinted hints lauded
    applauded outlined theorized speculated surmised reckoned reckons demurred relayed swore threatened
    extolled extols considers touts touted bills billed attested uttered welcomed welcomes compared compares equated echoed underlined underscored underscores highlighted highlights reassured rebutted refuted
    states deadpans advocates applauds cautions characterizes condemns criticises criticizes
    decries defends denounces derides dubs echoes enthuses fumes gushes hails informs lauds likens
    mocks opines expressed expresses credited credits beamed beams grinned grins chuckled chuckles
    smiled shrugged praises proclaims rebuts refutes ridicules slams speculates theorizes threatens
    disputed disputes admonished assessed forecast expects expected shared shares detailed sums depicted depicts portrayed portrays voiced voices comments muses interjects concurs counters quips murmurs marvels ponders instructed instructs defines refused refuses
    allege contend maintain describe denounce accuse believe think suggest assert condemn criticise criticize predict claim illustrates illustrated
    varnade kallar kallade sade säger sa skrev skriver förklarade svarade berättade tillade sier siger sagde forklarede
    zei zegt vertelde
    powiedział powiedziała mówi dodał dodała stwierdził stwierdziła wyjaśnił wyjaśniła napisał
    napisała zapewnił zapewniła podkreślił podkreśliła odpowiedział odpowiedziała oznajmił oznajmiła
    """
)
# Verbs of speech only with the word after them; “” is the end of the words, where the quotation begins.
WITH_NEXT = {
    "put": ("it",), "puts": ("it",), "went": ("on",), "goes": ("on",),
    "pointed": ("out", "to"), "points": ("out", "to"), "hit": ("back", "out"), "hits": ("back", "out"),
    "shot": ("back",), "chimed": ("in",), "made": ("clear",), "makes": ("clear",),
    "apologised": ("to", "for", ""), "apologized": ("to", "for", ""),
    "spoke": ("of", "about", "out", "against"), "speaks": ("of", "about", "out", "against"),
    "spoken": ("of", "about"), "cracked": ("", ",", ":"), "cracks": ("", ",", ":"), "paid": ("tribute",), "pays": ("tribute",),
    "continued": ("", ",", ".", ":", "in"), "continues": ("", ",", ".", ":", "in"),
    "began": ("", ",", ".", ":", "by"), "begins": ("", ",", ".", ":", "by"),
    "showed": ("that", "the", "it"), "shows": ("that", "the", "it"),
    "call": ("on", "for", "it", "them", "him", "her"), "feared": ("that", "the", "it", "he", "she", "they"),
    "fears": ("that", "the", "it"), "found": ("that",), "finds": ("that",), "took": ("issue",), "ruled": ("that", "it", "the"),
}  # fmt: skip
# In the passive somebody else speaks: was told, is called.
PASSIVE = word_set(
    "was were is are been be being am isn’t wasn’t weren’t get got gets getting when"
)
# “Holt nodded, adding: …”: their subject is that of the sentence.
PARTICIPLES = word_set(
    """
    saying uttering adding telling asking writing calling noting describing insisting warning explaining
    arguing recalling replying claiming promising stating declaring shouting yelling joking tweeting
    suggesting stressing responding vowing observing remarking announcing posting texting pleading
    answering acknowledging admitting concluding complaining demanding urging whispering crying
    pledging insinuating branding condemning criticising criticizing praising dismissing accusing blaming
    denouncing hailing lamenting boasting predicting reiterating reminding citing alleging assuring
    confirming denying emphasizing emphasising highlighting hinting proclaiming questioning recounting
    remembering repeating revealing ranting speculating thanking wondering labelling labeling dubbing
    characterizing referring contending asserting lambasting deriding ridiculing
    """
)
# After “to”: liked to say, was heard to mutter.
INFINITIVES = word_set(
    """
    say ask tell mutter whisper shout reply answer add cry remark call yell joke write note warn
    believe think conclude describe denounce criticise criticize condemn insist argue explain express announce declare
    promise demand urge suggest praise defend complain accuse admit deny thank quip respond retort
    """
)
# Before them it is somebody's verb, too: did say, would describe.
HELPING = word_set("to did does would will could can")
# How somebody's own utterance is called: Holt's answer was “…”.
UTTERANCES = word_set(
    """
    answer reply response verdict message advice warning assessment explanation conclusion retort
    comment comments remarks request demand claim allegation insistence suggestion belief vow comment remark
    view verdict plea promise motto credo mantra assertion contention argument accusation insinuation
    """
)
# With “is” before them: Holt is adamant that it was “…”.
CERTAIN = word_set("adamant convinced confident hopeful certain clear unequivocal")
# After these even “found” is what they say: the inquiry found it “…”.
FINDERS = word_set(
    "judge court jury inquiry report study tribunal panel review investigation audit commission inspectors investigators watchdog"
)
# What is written says something by itself: a message stating that it is “…”.
WRITTEN = word_set(
    "message letter note statement email e-mail post tweet text memo notice report petition motion resolution"
)
# What goes on in somebody's head, of which another one tells.
THOUGHT = word_set("believed believes thought thinks felt feared concluded expected hoped")
# Whoever is led to say something says it: led Marr to conclude.
# “He recalled the pilot telling them”: the pilot speaks.
RECALLING = word_set("recalled recalls heard hears remembered remembers remember recall overheard")
LEADING_TO = word_set(
    "led leads leading forced forces forcing prompted prompts prompting caused causes causing allowed allows inspired"
)
OWNERS = word_set("his her their our my your its")
NUMBERS = word_set("two three four five six seven eight nine ten")
# Adjectives, not adverbs.
LY_ADJECTIVES = word_set(
    "weekly daily monthly yearly early elderly family friendly lonely holy ugly only likely lovely july italy assembly supply"
)
# Names go on after “of” if they begin with one of these.
OFFICES = word_set(
    "undersecretary officer chief head director president leader speaker commissioner dean king queen governor secretary minister archbishop bishop duke duchess earl prince princess university bank department federation association union league society foundation agency authority centre center "
    "ministry board church institute house chamber court office college council"
)
# After “a” or “ont” these are verbs of speech: a déclaré Hélène Vasseur.
FRENCH_PARTICIPLES = word_set(
    "déclaré affirmé expliqué ajouté dit demandé répondu assuré annoncé dénoncé réagi promis confié lancé indiqué précisé écrit"
)
# What somebody does just before speaking, in the sentence before.
BEATS = word_set(
    """
    laughed laughs smiled smiles shrugged shrugs nodded nods sighed sighs paused pauses grinned
    grins shook shakes winced frowned frowns chuckled chuckles gestured gestures pointed points
    hesitated looked looks turned blinked disagreed disagrees agreed agrees wept scoffed
    """
)
# They may stand between a subject and its verb: Holt had also said.
AUXILIARIES = word_set(
    "had has have would will did does do could can may might should must hadn’t hasn’t also "
    "himself herself themselves itself both all has a ont avait had hat haben ha habe är har"
)
ADVERBS = word_set(
    """
    late early long later then also again once never always often still just even simply only already recently
    earlier afterwards afterward instead soon now twice sometimes perhaps meanwhile first finally
    additionally similarly previously subsequently consequently accordingly importantly interestingly
    reportedly allegedly unsurprisingly fortunately unfortunately ultimately eventually originally
    initially currently certainly clearly essentially generally historically ironically notably oddly
    particularly remarkably separately simultaneously specifically surprisingly typically usually
    quickly bluntly flatly quietly today yesterday ever not almost quite rather further too
    """
)
# Of other languages: these begin names, too (Le Roux, Des McArdle).
FOREIGN_DETERMINERS = (
    "un une le la les l der die das ein eine el los las una uno il lo gli en ett den det"
)
FOREIGN_PRONOUNS = "er sie wir il elle ils elles on él ella ellos hon han de hun ona oni"
FOREIGN_PREPOSITIONS = """
    ante con por para en tras sobre según über gegen nach après dans lors sur pour avec devant
    na do przed po till hos med von der mit bei aus im vom zum am du des aux chez de del al för från på på i av z w od
"""
FOREIGN = (
    word_set(FOREIGN_DETERMINERS) | word_set(FOREIGN_PRONOUNS) | word_set(FOREIGN_PREPOSITIONS)
)
# According to.
ACCORDING = word_set("selon laut según enligt według ifølge")
DETERMINERS = word_set(
    """
    a an the one another his her its their our my your this that these those two three four some
    several many both each every most few other any neither either a no une un le la les l der die
    das ein eine el los las una uno il lo gli en ett den det
    """
)
# After a name these are its verb, and no noun of a description: Holt gave, Marr took.
IRREGULAR = word_set(
    """
    gave took came got made saw knew thought found left felt kept held brought bought caught taught fought
    sought built sent spent lost met won ran sat stood spoke wrote drove rode rose fell flew drew grew threw
    began sang drank swam broke chose froze stole wore tore swore woke led fed became did had was went has is
    gives takes comes gets makes sees knows thinks finds leaves feels keeps holds brings
    """
)
# In the place of a subject, and yet nobody.
NOBODY = word_set("nobody none nothing no-one noone there it’s that’s")
PRONOUNS = word_set(
    """
    he she they i we you one another several some many most both who it everyone everybody someone somebody others
    """
) | word_set(FOREIGN_PRONOUNS)
PREPOSITIONS = word_set(
    """
    of for with from at in on to by about after before during under over between among against
    into near outside inside behind since until through within without across around amid upon despite per toward towards
    """
) | word_set(FOREIGN_PREPOSITIONS)
# A description goes on after these: one official with access to the records.
JOINING = word_set(
    "of by for with from at in on to near outside behind against between du des de von av"
)
# Where and when it was said: no part of who said it.
OCCASIONS = word_set(
    """
    statement interview email e-mail emails letter tweet post posts speech press news conference
    court phone telephone text message messages hearing filing call briefing broadcast video memo
    testimony note op-ed column podcast report release affidavit television radio thread reply
    response front public private person part passing return tears english french german spanish
    arabic response morning afternoon evening night week month year years weekend meeting rally
    ceremony debate event vigil trial sentencing today time times
    """
)
TIMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """
)
TIMES_OF_DAY = word_set(
    """
    moment moments minute minutes hour hours day days night morning afternoon evening week weeks
    weekend month months year years decade decades summer winter spring autumn
    """
)
# Two days later, the same week, earlier this month.
WHICH_TIME = word_set("last next same later earlier ago after before previous five six seven")
# April, May and June are people, too; the days of the week are not.
MONTHS = word_set(
    "january february march april may june july august september october november december"
)
CLAUSE_STARTERS = word_set(
    "and but so yet or nor then still meanwhile however though although instead later also back based "
    "because while when as where if that what why how whether than which whom"
)
# A clause that begins so leads up to the sentence, whose subject comes after it.
SUBORDINATE = word_set("when while as if because although after before since")
OPPOSING = word_set("while although though whereas")
FUNCTION_WORDS = word_set(
    """
    and but so yet or nor then because while when as where if that what why how whether who which
    whom whose than though although is are was were be been being had has have will would could can
    may might must should do does did not there here it’s went goes go
    """
)
# Parts of a name that are written small.
PARTICLES = word_set(
    """
    van von der den de la le del della di da dos das du al el bin ibn ben abu ter ten zu zum y e af
    av bint st san santa dela des mac op het vander vanden und
    """
)
DEGREES = word_set("mp qc kc esq obe mbe cbe phd ph.d md m.d ma ba mla msp")
SUFFIXES = word_set("jr sr ii iii iv jr. sr. ph.d m.d mp qc kc esq")
ABBREVIATIONS = word_set(
    """
    dr mr mrs ms prof sen rep gov gen col lt capt cpl sgt maj rev fr hon jr sr st adm cmdr det insp
    jan feb mar apr jun jul aug sept sep oct nov dec supt pvt messrs mme mlle inc corp ltd bros msgr pres sec treas asst ald cllr no vs etc mx
    """
)
# What stands before a title, a nickname or a so-called word.
LABEL_CUES = word_set(
    """
    so-called nicknamed dubbed titled entitled headlined labelled labeled marked stamped christened
    baptised termed called named words word phrase phrases term slogan motto hashtag sign signs
    banner banners placard placards nickname define defines defined reading read reads saying label expression
    """
)
# After these words, too, when they are longer than a few words: none of it is spoken.
SURE_CUES = word_set(
    "headline headlines phrase phrases slogan slogans motto mottos hashtag nickname nicknamed titled entitled headlined so-called "
    "sayings keyword keywords"
)
# “Low Tide” director Ada Holt: what stands before them is a title.
MAKERS = word_set(
    "director actress actor star singer creator author writer host producer designer composer presenter "
    "co-host anchor correspondent movement campaign campaigner hashtag franchise series show film movie album song tour"
)
# “Stars” strategy, the “disaster” label: what is named by the words before it.
NAMED_BEFORE = word_set(
    "formula label labels scene slogan tag moniker nickname brand badge category"
)
# By capitals, these too: the “Green Harbour” strategy.
NAMED_BY_CAPITALS = NAMED_BEFORE | word_set(
    "strategy initiative scheme plan policy fund prize award programme program project warning list tour brand series"
)
# The concept of “…”: a term, whoever speaks of it.
TERMS = word_set(
    "concept concepts doctrine principle principles notion offence offense crime practice art"
)
# “thank you” calls: what they say, and nobody who is named.
CONTRACTED = frozenset(
    f"{who}’{verb}"
    for who in ("i", "you", "he", "she", "we", "they")
    for verb in ("ll", "d", "m", "ve", "re")
)
GREETINGS = (
    "thank you",
    "thank-you",
    "welcome",
    "goodbye",
    "hello",
    "get well",
    "good luck",
    "sorry",
)
SIGNS = word_set(
    "sign signs banner banners placard placards inscription inscriptions engraving poster posters t-shirt t-shirts sticker stickers plaque graffiti"
)
WORKS = word_set(
    """
    novels films movies songs books albums plays episodes tracks singles poems paintings documentaries
    novel film movie song book memoir play album series show episode painting exhibition poem ship
    boat opera single track sequel documentary ad advert advertisement article essay story magazine newspaper blog newsletter column podcast sculpture musical
    drama comedy thriller satire ballad anthem hymn video game paper study report chapter tour project
    website site app portal brochure pamphlet leaflet booklet guidebook handbook programme program campaign operation ferry trawler hit tune ballet class classes course courses lecture workshop seminar
    """
)
