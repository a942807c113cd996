"""A newsroom that writes Arabic and nothing else, with everything that its pages can show."""

from articles.models import Appeal, CommentRequest, FrontStory, NotebookEntry, Spotlight, Update
from articles.prepared.frame import compose_frame
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, publish_update, retract
from sources.models import Affiliation, Interview, Organization, Source
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_document,
    make_image,
    make_interview,
    make_live,
    make_pdf,
    make_photo,
    make_policy,
    make_retraction,
    make_section,
    make_source,
    make_video,
    relate_all,
)

NAME = "صحيفة الميناء"
CRACKED, CLOSED = "تصدع الجليد كالصحن", "أُغلق السجل في مارس"
BODY = """<p>تجمد <strong>الميناء</strong> يوم الاثنين 5 يناير، وهو <em>أول تجمد</em> منذ 63 عاماً.
“{cracked}”، قالت هدى سالم، مديرة الميناء، في مقابلة عبر الهاتف.</p><h2>السجل</h2>
<p>“{closed}”، قال موظف مطلع على السجل، ولم تعلق بلدية الميناء على ذلك حتى مساء الثلاثاء.</p>
<figure data-photo="{photo}"></figure><p>بلغت الحرارة 7.5 درجات تحت الصفر عند
<a href="https://example.org/">الرصيف</a>.</p><aside>“{cracked}”</aside>
<ol><li><p>الحوض الخارجي</p></li><li><p>الحوض الداخلي</p></li></ol>
<blockquote><p>فقدنا الميناء.</p></blockquote><p>ويأمل الصيادون أن يذوب الجليد قبل نهاية الشهر.</p>"""


def arabic_throughout(cast):
    """Its live version, the last of several."""
    article = _at_the_door(cast)
    publish(article, by=cast.editor)
    _change(article, cast.editor)
    other = {"deck": "عن الميناء", "section": article.section, "body": "<p>ذاب الجليد.</p>"}
    second = make_live(cast.editor, headline="موضوع لا يصمد", slug="ثان", **other)
    retract(make_retraction(second, cast.second_editor, "لم يحدث ذلك."), by=cast.editor)
    third = make_article(headline="الصيادون يصلحون شباكهم", slug="ثالث", **other)
    third.tags.add("جليد")
    publish(approve(third, cast.editor), by=cast.editor)
    for text, note in (("نصحح أخطاءنا.", ""), ("نصحح أخطاءنا علناً.", "أضفنا كلمة.")):
        make_policy(cast.editor, "التصحيح", slug="التصحيح", body=f"<p>{text}</p>", note=note)
    Spotlight.objects.create(article=article)
    FrontStory.objects.create(article=article)
    asks = {"heading": "ادعموا الصحيفة", "line": "الصحافة تكلف", "link_text": "ادعمونا"}
    Appeal.objects.create(**asks, url="/standards/")
    compose_frame()
    relate_all()
    return article.live_version


def _at_the_door(cast):
    photo, upright = (
        make_photo(make_image(size), alt="ميناء متجمد", credit="هدى سالم", caption="جليد الحوض")
        for size in ((1600, 1000), (600, 900))
    )
    sources, interviews = _sources()
    article = make_article(
        headline="سفينة تصطدم برصيف متجمد في الإسكندرية",
        deck="أول تجمد للميناء منذ 1963، والصيادون ينتظرون الربيع",
        slug="الميناء",
        kicker="بحر",
        dateline="الإسكندرية",
        section=make_section("الميناء"),
        body=BODY.format(cracked=CRACKED, closed=CLOSED, photo=upright.pk),
        lead_photo=photo,
        interviews=interviews,
    )
    article.tags.add("جليد", "صيد")
    for source in sources:
        if not source.named:
            make_approval(article, source, by=cast.editor)
    roles = {"هدى سالم": "by", "نور حداد": "by", "سامي خوري": "edited"}
    roles |= {"ليلى منصور": "reporting", "كريم عون": "translated"}
    for name, role in roles.items():
        byline = make_byline(article, name)
        byline.role = role
        byline.save()
    for outcome in filter(None, CommentRequest.Outcome.values):
        CommentRequest.objects.create(
            article=article, asked="بلدية الميناء", about="الجليد", outcome=outcome, answer="“لا.”"
        )
    for order, entry in enumerate(_notebook()):
        NotebookEntry.objects.create(article=article, order=order, **entry)
    return approve(article, cast.editor)


def _sources():
    """A source of every kind, named and not, and of every authorization, heard in every way."""
    names = ("هدى سالم", "هيئة الموانئ", "رامي داود", "سلمى نجار", "محضر المجلس")
    of_each = (*Source.Authorization, Source.Authorization.UNKNOWN)
    named = [
        make_source(name, kind=kind, authorization=authorization)
        for name, kind, authorization in zip(names, Source.Kind, of_each, strict=True)
    ]
    people = [kind for kind in Source.Kind if kind is not Source.Kind.DOCUMENT]
    unnamed = [
        make_anonymous(
            f"موظف {what}", kind=kind, reason="الخوف من الفصل", authorization="not_authorized"
        )
        for what, kind in zip(
            ("مطلع على السجل", "في الميناء", "في البلدية", "على الرصيف"), people, strict=True
        )
    ]
    port = Organization.objects.create(name="هيئة الموانئ", place="القاهرة")
    Affiliation.objects.create(source=named[0], title="مديرة الميناء", organization=port)
    Affiliation.objects.create(source=named[0], title="مهندسة", current=False)
    Affiliation.objects.create(source=named[0], organization=port, current=False)
    first, *others = [*named, *unnamed]
    interviews = [make_interview(first, held_on="2026-01-05", how=how) for how in Interview.How]
    interviews += [make_interview(source, held_on="2026-01-07") for source in others]
    interviews[0].quotes.create(words=CRACKED, basis="recording")
    interviews[0].quotes.create(words="فقدنا الميناء.", basis="notes")
    spoke = next(each for each in interviews if each.source == unnamed[0])
    spoke.quotes.create(words=CLOSED)
    return [*named, *unnamed], interviews


def _notebook():
    heads = ["اليوم", "الحرارة", "القياس", *map(str, range(7))]
    rows = [[f"اليوم {day}", str(day - 9), "صباحاً"] for day in range(1, 13)]
    table = "\n".join(map(",".join, (heads, *rows))).encode()
    return (
        {"kind": "dataset", "title": "قراءات", "file": make_document("a.csv", table)},
        {"kind": "document", "title": "السجل", "file": make_document("a.pdf", make_pdf(pages=3))},
        {
            "kind": "document",
            "title": "صورة",
            "file": make_document("a.jpg", make_image().read()),
        },
        {"kind": "video", "title": "الجليد", "file": make_document("a.mp4", make_video())},
        {"kind": "video", "title": "السفينة", "url": "https://example.org/1"},
        {"kind": "link", "title": "التقويم", "url": "https://www.example.org/2"},
        {"kind": "note", "title": "كيف قسنا", "note": "قسنا الحرارة مرتين عند الرصيف."},
    )


def _change(article, editor):
    """Every kind of change after which a story stands."""
    mended = [Replacement("يوم الاثنين", "يوم الأحد")]
    correct(article, mended, by=editor, note="تجمد الميناء يوم الأحد، لا يوم الاثنين.")
    article.refresh_from_db()
    article.deck, article.kicker, article.dateline = "أول تجمد منذ 1963", "ميناء", "القاهرة"
    article.tags.remove("صيد")
    article.save()
    for kind in (Update.Kind.DEVELOPMENT, Update.Kind.CLARIFICATION, Update.Kind.EDITORS_NOTE):
        article.refresh_from_db()
        publish_update(article, by=editor, kind=kind, note="دفعت الهيئة كلفة الرحلة.")
    article.refresh_from_db()
    article.body = article.body.replace("نهاية الشهر.", "نهاية الشهر .")
    article.save()
    publish_update(article, by=editor, kind=Update.Kind.MINOR, note="علامة ترقيم.")
    article.refresh_from_db()
