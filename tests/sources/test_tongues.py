"""Other languages than English: which one it is, and who speaks in it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.prose.reading.quotations import find_quotations
from sources.prose.reading.tongues.row import Script
from sources.prose.reading.tongues.table import ENGLISH, TONGUES
from sources.prose.reading.tongues.telling import tongue_of

TEXTS = {
    "en": "The harbour was not closed, and the mayor said that it would be open on Monday.",
    "fr": "Le port n’est pas fermé, et le maire a dit qu’il sera ouvert dans une semaine.",
    "de": "Der Hafen ist nicht geschlossen, und die Stadt sagt, dass er am Montag öffnet.",
    "es": "El puerto no está cerrado y el alcalde dijo que los barcos saldrán el lunes.",
    "pt": "O porto não está fechado e o prefeito disse que os barcos vão sair na segunda.",
    "cs": "Přístav není zavřený a starostka řekla, že se v pondělí bude zase jezdit.",
    "ar": "الميناء مفتوح وقال الوزير إن السفن ستبحر يوم الاثنين.",
    "ja": "港は閉鎖されていない。市長は月曜日に船が出ると述べた。",
    "zh": "港口没有关闭，市长说船将在星期一开航。",
    "ru": "Порт не закрыт, и мэр сказал, что корабли выйдут в понедельник.",
    "fa": "بندر بسته نیست و شهردار گفت که کشتی‌ها دوشنبه حرکت می‌کنند.",
    "nl": "De haven is niet gesloten, en de burgemeester zei dat het schip op maandag vaart.",
    "it": "Il porto non è chiuso e il sindaco ha detto che le navi sono pronte per lunedì.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_tells_its_language(code):
    assert tongue_of(TEXTS[code]).code == code


@pytest.mark.parametrize("text", ["", "“", "1234", "Le Roux", "Javier de la Cruz said no."])
def test_what_tells_of_no_language_is_taken_for_english(text):
    assert tongue_of(text) is ENGLISH


def test_a_long_text_in_a_language_that_nobody_listed_is_unknown():
    assert tongue_of("Zorgu blenk tarvo mizel pruk. " * 20).code == "und"


def test_every_language_that_is_read_has_a_reader():
    for tongue in TONGUES.values():
        assert not tongue.is_read or tongue.verbs or tongue is ENGLISH


def speakers(text):
    return [(each.speaker, each.is_speech) for each in find_quotations(text)]


def speaker(text):
    (one,) = find_quotations(text)
    assert one.is_speech
    return one.speaker


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("« Nous sommes prêts », a déclaré lundi le maire, Luc Roy.", "Luc Roy"),
        ("« C’est une honte pour la ville », s’emporte Marie Petit, élue.", "Marie Petit"),
        ("« On ne peut pas continuer comme ça, dit-elle. Il faut partir. »", "elle"),
        ("Selon Luc Roy, « il faut fermer le port dans la semaine ».", "Luc Roy"),
        ("Pour les pêcheurs, « il faut fermer le port ».", "les pêcheurs"),
        ("« Il n’a rien vu », a dit le juge en chef hier.", "le juge en chef"),
        ("Luc Roy est clair : « Il ne faut pas fermer le port. »", "Luc Roy"),
        ("« On est là pour rester », scandent les pêcheurs.", "les pêcheurs"),
        ("„Wir schließen den Hafen nicht“, sagte der Bürgermeister Jan Weiß.", "Jan Weiß"),
        ("„Wir bleiben hier“, so die Sprecherin der Stadt.", "die Sprecherin der Stadt"),
        ("Auf Anfrage betont die Sprecherin Ute Groß: „Wir bleiben hier.“", "Ute Groß"),
        ("Weiß zufolge ist der Hafen „sehr gut für die Stadt“.", "Weiß"),
        ("Der Minister nannte die Kritik „nicht sehr hilfreich“.", "Der Minister"),
        ("“No vamos a cerrar el puerto”, dijo este martes el alcalde Pedro Alba.", "Pedro Alba"),
        ("“Es una vergüenza para todos”, reclamó la diputada (PS) Ana Ruiz.", "Ana Ruiz"),
        ("Según el alcalde Pedro Alba, “no hay dinero para los barcos”.", "Pedro Alba"),
        ("“Es un puerto muy grande”, fue lo que dijo Ana Ruiz.", "Ana Ruiz"),
        ("“Não vamos fechar o porto”, disse nesta terça o prefeito João Alves.", "João Alves"),
        ("De acordo com a prefeita, “o porto não vai fechar”.", "a prefeita"),
        ("„Přístav nezavřeme,“ řekl v pondělí starosta Jan Malý.", "Jan Malý"),
        ("Podle Jany Malé je přístav „velmi dobrý pro město“.", "Jany Malé"),
    ],
)  # fmt: skip
def test_whoever_speaks_is_found_by_the_words_of_the_language(text, who):
    assert speaker(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("دعا الوزير إلى الهدوء، وأضاف علي حسن: «لن نغلق الميناء هذا العام».", "علي حسن"),
        ("«لن نغلق الميناء هذا العام»، قال علي حسن.", "علي حسن"),
        ("علي حسن قال للصحفيين: «لن نغلق الميناء هذا العام».", "علي حسن"),
        ("أكدت وزيرة الصحة ليلى ناصر أن «المستشفى لن يغلق أبوابه».", "ليلى ناصر"),
        ("صرّح المدير سامي ناصر أمس: «لن نبيع السفن أبدا».", "سامي ناصر"),
        ("«الميناء مفتوح أمام الجميع»، بحسب رئيس البلدية سامي ناصر.", "سامي ناصر"),
        ("وفقا لعلي حسن، «الميناء مفتوح أمام الجميع».", "علي حسن"),
        ("وفقا للشرطة، «لم يصب أحد في الحادث».", "الشرطة"),
        ("ونقلت الوكالة عن الوزير قوله: «الميناء مفتوح أمام الجميع».", "الوزير"),
        ("قال علي حسن إن الميناء مفتوح. وأضاف: «لن نغلقه هذا العام».", "علي حسن"),
        ("وأوضحت ليلى ناصر قائلة: «لا نعرف متى يفتح الميناء».", "ليلى ناصر"),
        ("قال رئيس كتلة الميناء سامي حسن إن «الحزب انتهى منذ عام».", "سامي حسن"),
        ("وقال: «لن نغلق الميناء هذا العام».", None),
    ],
)
def test_arabic_has_its_verb_first_and_no_capitals(text, who):
    assert speaker(text) == who


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('وقال علي حسن " لن نغلق الميناء هذا العام " أمس.', "لن نغلق الميناء هذا العام"),
        ('ووعد علي حسن بـ"فتح الميناء هذا العام".', "فتح الميناء هذا العام"),
        ("وأكد علي حسن أن ”الميناء مفتوح للجميع”.", "الميناء مفتوح للجميع"),
    ],
)
def test_arabic_marks_stand_where_arabic_papers_set_them(text, words):
    assert [each.words for each in find_quotations(text)] == [words]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("市長は記者団に対し「港は閉鎖しない」と述べた。", "市長"),
        ("「港は閉鎖しない」と市長は述べた。", "市長"),
        ("同社によると「原因は調査中である」という。", "同社"),
        ("市长表示：“港口不会关闭。”", "市长"),
        ("“港口不会关闭。”市长李明说。", "市长李明"),
        ("他称“港口今年不会关闭”。", "他"),
    ],
)
def test_particles_and_verbs_tell_who_speaks_where_no_blanks_part_words(text, who):
    assert speaker(text) == who


def test_without_blanks_a_phrase_is_short_by_its_characters():
    (one,) = find_quotations("いわゆる「幽霊船」が港に着いたという話を町の人は知らない。")
    assert (one.is_speech, one.short) == (False, True)


def test_a_verb_without_a_subject_is_said_by_whoever_spoke_last():
    text = (
        "Ana Ruiz dijo que el puerto no está cerrado.\n\n“No hay dinero para los barcos”, añadió."
    )
    assert speaker(text) == "Ana Ruiz"


def test_a_headline_quotes_whoever_is_named_below_it():
    text = "„Der Hafen bleibt offen“\n\n„Wir schließen ihn nicht“, sagte die Sprecherin Ute Groß."
    assert speakers(text) == [("Ute Groß", True), ("Ute Groß", True)]


def test_a_czech_pronoun_is_whoever_spoke_last():
    text = "„Je to dobré,“ řekl Malý. Podle něj se nic nemění. „Přístav bude otevřen,“ dodal."
    assert speakers(text) == [("Malý", True), ("Malý", True)]


def test_reported_speech_goes_on_with_its_speaker():
    text = "„Das war knapp“, sagte Weiß. Er habe auch nicht gewusst, dass er „Glück haben“ werde."
    assert speakers(text) == [("Weiß", True), ("Weiß", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Le film « La Grande Marée » est sorti dans les salles.",
        "Das Theaterstück „Die Flut“ ist in der Stadt nicht zu sehen.",
        'أصدر سامي حسن رواية "الميناء" في بيروت.',
        "La operación “Marea Baja” no fue un éxito en el puerto.",
    ],
)
def test_titles_of_other_languages_are_no_speech(text):
    assert speakers(text) == [(None, False)]


def test_each_paragraph_is_read_in_its_own_script():
    text = (
        "“We will not close the harbour,” Ada Holt said.\n\nوقال علي حسن: «لن نغلق الميناء أبدا»."
    )
    found = [(each.speaker, each.language) for each in find_quotations(text)]
    assert found == [("Ada Holt", "en"), ("علي حسن", "ar")]


# Odd input

_PIECES = [
    "«", "»", "“", "”", '"', ",", ":", ".", "،", "。", "「", "」", "\n", " ", "-t-il", "a-t-elle", "(", ")",
    *(["dit", "selon", "que", "de", "la", "zufolge", "sagte", "er", "so", "laut", "dijo", "añadió", "según", "disse", "podle", "řekl", "Ana", "Roe", "PS", "EFE", "est"]),
    *(["قال", "وأضاف", "الوزير", "علي", "وفقا", "لعلي", "عن", "قوله", "أن", "ما", "حسب", "النائب", "في"]), "は", "と述べた", "说", "据", "市長",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES)).map(" ".join))
def test_no_sentence_makes_a_reader_fail(text):
    for found in find_quotations(text):
        assert text[found.start : found.end] == found.words


@given(st.text())
def test_any_text_has_a_language(text):
    assert tongue_of(text).code in TONGUES


@pytest.mark.parametrize(
    "piece", ["selon de la ", "qui dit que ", "قال عن ", "そのは", "dijo que Ana, ", "« a », dit "]
)
def test_a_long_paragraph_takes_no_square_of_its_length(piece):
    begun = time.perf_counter()
    find_quotations(f"« Le port n’est pas {piece * 20_000} fermé », dit-il. « Non »")
    assert time.perf_counter() - begun < 20


def test_scripts_are_told_apart():
    assert {each.script for each in TONGUES.values()} == set(Script)
