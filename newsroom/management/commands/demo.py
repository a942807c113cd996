"""The demo newsroom: its people, and its stories brought through the desk as people would."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.desk.recording.exhibits import evidence_of, let_hear, show_passage
from articles.models import Appeal, Article, Author, FrontStory, Policy, Section, Spotlight
from articles.packages.importing import Importer, Outcome
from articles.prepared.frame import compose_frame
from articles.publishing.door import import_published
from articles.publishing.workflow import make_move
from articles.record.material import Material
from articles.sourcing.at_a_glance import keep_glance
from articles.sourcing.checked_material import CheckedMaterial
from newsroom.models import User
from sources.colleagues import name_of
from sources.evidence.bringing import bring
from sources.models import Interview, InterviewFile, Quote

DEMO = Path(__file__).resolve().parents[2] / "demo"
INTERVIEWS = DEMO / "interviews"
PASSWORD = "brindle-quay"  # noqa: S105  (of a demo, printed for whoever runs it)

PEOPLE = (
    ("reporter", "Maren", "Okafor", "Reporter"),
    ("reporter2", "Tomas", "Lindqvist", "Reporter"),
    ("editor", "Ines", "Calloway", "Editor"),
    ("standards", "Gideon", "Marsh", "Standards editor"),
)
SECTIONS = ("Town Hall", "Harbour", "Schools", "Culture")
# Slug, whose it is, how far it has come, whether it is in the Spotlight.
STORIES = (
    ("brown-water-scarp-lane-pump", "reporter", "published", True),
    ("harbour-dredging-contract", "reporter2", "published", True),
    ("netmenders-lane-school-closure", "reporter", "published", False),
    ("last-keeper-gannet-head", "reporter2", "published", True),
    ("town-budget-interest-14p", "reporter", "scheduled", False),
    ("ferry-curlew-strikes-pier", "reporter", "submitted", False),
    ("tin-chapel-film-club-projectionist", "reporter2", "draft", False),
)
LEAD = "harbour-dredging-contract"
# Two at the same time: readers see one or the other, by turns.
APPEALS = (
    "Reporting that shows its sources is paid for by its readers.",
    "No one owns us but our members. Be one of them.",
)
PROFILES = {
    "reporter": (
        "Town hall and water",
        "Maren Okafor has read the minutes of Brindle Quay’s council since 2017, the appendices "
        "first. She grew up two streets from the Scarp Lane pump.",
    ),
    "reporter2": (
        "Harbour and coast",
        "Tomas Lindqvist came to write about one storm and stayed. He keeps the newsroom’s tide "
        "tables.",
    ),
}


class Command(BaseCommand):
    help = "Make the demo newsroom ready: tables, static files, people and stories."

    def handle(self, *args: Any, **options: Any) -> None:
        if urlsplit(settings.SITE_URL).hostname not in ("127.0.0.1", "localhost"):
            raise CommandError("The demo's password is known to all: it runs on this machine only.")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not Article.objects.exists():
            with transaction.atomic():
                self._load()
        self.stdout.write(self._welcome())

    def _welcome(self) -> str:
        logins = "".join(
            f"  {username:<10} {PASSWORD}   {first} {last}, {role.lower()}\n"
            for username, first, last, role in PEOPLE
        )
        return (
            f"\n{settings.SITE_NAME}\n"
            f"  readers    {settings.SITE_URL}/\n"
            f"  the desk   {settings.SITE_URL}/desk/\n\n"
            f"Logins\n{logins}"
        )

    def _load(self) -> None:
        password = make_password(PASSWORD)  # slow on purpose, so once for all four
        people = {username: self._person(username, password, *rest) for username, *rest in PEOPLE}
        for order, name in enumerate(SECTIONS):
            Section.objects.create(name=name, slug=name.lower().replace(" ", "-"), order=order)
        for order, (slug, owner, stage, in_spotlight) in enumerate(STORIES):
            package = json.loads((DEMO / f"{slug}.json").read_text(encoding="utf-8"))
            article = self._story(package, people[owner])
            self._advance(article, stage, people, package)
            if in_spotlight:
                Spotlight.objects.create(article=article, order=order)
        for text in json.loads((DEMO / "standards.json").read_text(encoding="utf-8")):
            Policy.objects.create(
                **text, published_at=timezone.now(), published_by=people["standards"]
            )
        FrontStory.objects.create(article=Article.objects.get(slug=LEAD))
        for line in APPEALS:
            Appeal.objects.create(
                heading=f"Support {settings.SITE_NAME}",
                line=line,
                link_text="Become a member",
                url="/standards/funding/",
            )
        compose_frame()

    def _person(self, username: str, password: str, first: str, last: str, role: str) -> User:
        person = User.objects.create(
            username=username, password=password, first_name=first, last_name=last, is_staff=True
        )
        person.groups.add(Group.objects.get(name=role))
        if role == "Reporter":
            title, bio = PROFILES[username]
            Author.objects.create(
                name=f"{first} {last}",
                slug=f"{first}-{last}".lower(),
                user=person,
                title=title,
                bio=bio,
            )
        return person

    def _story(self, package: dict[str, Any], owner: User) -> Article:
        importer = Importer(DEMO, by=owner, match_sources=True)
        if importer.import_package(package) is not Outcome.IMPORTED:
            raise CommandError(f"{package['slug']}: {importer.problems}")
        return Article.objects.get(slug=package["slug"])

    def _bring_files(self, article: Article, package: dict[str, Any]) -> None:
        """What its interviews left, brought by whoever held them, and how their words were heard."""
        named = {
            each["key"]: each.get("name") or each["description"] for each in package["sources"]
        }
        by_name = {name_of(user): user for user in User.objects.all()}
        for told in package["interviews"]:
            [interview] = [
                each
                for each in article.interviews.filter(held_on=told["on"], how=told["how"])
                if each.source.public_name == named[told["source"]]
            ]
            kept = sorted(INTERVIEWS.glob(f"{article.slug}.{told['key']}.*"))
            if interview.how == Interview.How.DOCUMENT:
                kept = [DEMO / each["file"] for each in package["notebook"] if "file" in each]
            for path in kept:
                name = path.name.removeprefix(f"{article.slug}.i-")
                upload = SimpleUploadedFile(name, path.read_bytes())
                bring(upload, interview, by=by_name[interview.interviewer])
            interview.files.filter(kind=InterviewFile.Kind.NOTES).update(
                kind=InterviewFile.Kind.TRANSCRIPT
            )
            basis = Quote.Basis.RECORDING if kept else Quote.Basis.NOTES
            if interview.how == Interview.How.STATEMENT:
                basis = Quote.Basis.WRITTEN
            interview.quotes.update(basis=basis)

    def _show_evidence(self, article: Article, editor: User) -> None:
        """What an editor has decided that readers see or hear themselves."""
        for each in evidence_of(Material(article), editor):
            if each.passage:
                show_passage(article, each, by=editor)
            elif each.recording and each.start and each.quote.checked:
                agreed = "at the pier, when she was recorded"
                let_hear(article, each, each.start, 6, agreed, by=editor)

    def _advance(
        self, article: Article, stage: str, people: dict[str, User], package: dict[str, Any]
    ) -> None:
        """Take a story as far as it has come, as its people would."""
        editor, standards = people["editor"], people["standards"]
        if stage in ("published", "scheduled"):
            for approval in article.anonymity_approvals.all():
                approval.source.known_to.add(editor)
                approval.decide(True, by=editor, remark="I have met them.")
        self._bring_files(article, package)
        self._show_evidence(article, editor)
        if stage == "published":
            published_at = parse_datetime(package["published_at"])
            assert published_at is not None  # noqa: S101  (the demo's own file)
            updated_at = package.get("updated_at")
            import_published(
                article,
                by=standards,
                published_at=published_at,
                updated_at=parse_datetime(updated_at) if updated_at else None,
            )
        if stage in ("submitted", "scheduled"):
            make_move(article, "submit", by=article.assigned_to)
        if stage == "scheduled":
            make_move(article, "approve", by=editor)
            make_move(article, "schedule", by=editor, at=timezone.now() + timedelta(days=1))
        keep_glance(CheckedMaterial(article))
