"""A site whose LMS is wagtail-lms, as a school would set it up; run by a Python that has it: `wagtail_lms_site.py FOLDER PORT`.

What a school adds of its own are the sign-on (`/enter`) and a view of what the LMS holds (`/held`); all else is Wagtail's and the LMS's.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

FOLDER, PORT = Path(sys.argv[1]), sys.argv[2]
STAFF = "staff"  # name and password of the one who uploads
FIRST_LEARNER = 7000  # the learner's id is the account's number: here one that no other LMS of the tests gives
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}School{% endblock %}</title></head><body style="margin:0">{% block content %}{% endblock %}</body></html>"""

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "lms.sqlite3", "OPTIONS": {"timeout": 20}}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "wagtail_lms",
        *("wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.search"),
        *("wagtail.admin", "wagtail", "modelcluster", "taggit", "django_filters"),
        *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"),
        "django.contrib.staticfiles",
    ],
    MEDIA_ROOT=FOLDER / "media",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a school that is there for one test",
    STATIC_URL="/static/",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"base.html": PAGE}),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ],
    USE_TZ=True,
    WAGTAIL_SITE_NAME="School",
    WAGTAILADMIN_BASE_URL=f"http://127.0.0.1:{PORT}",
)
django.setup()

from django.contrib.auth import get_user_model, login  # noqa: E402 - Django's models are there once it is set up
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402
from django.shortcuts import redirect  # noqa: E402
from django.urls import include, path  # noqa: E402
from wagtail.admin import urls as wagtailadmin_urls  # noqa: E402
from wagtail.models import Page  # noqa: E402
from wagtail_lms import urls as lms_urls  # noqa: E402
from wagtail_lms.models import CourseEnrollment, CoursePage, SCORMAttempt, SCORMLessonPage, SCORMPackage  # noqa: E402


def enter(request: HttpRequest) -> HttpResponse:
    """Signs a learner on, enrols them, and opens the player of the package that was uploaded last."""
    family, _, given = request.GET["name"].partition(", ")
    everybody = get_user_model().objects
    number = FIRST_LEARNER + everybody.count()
    learner, _ = everybody.get_or_create(username=request.GET["learner"], defaults={"id": number, "first_name": given, "last_name": family})
    lesson = _lesson(SCORMPackage.objects.latest("id"))
    CourseEnrollment.objects.get_or_create(user=learner, course=lesson.get_parent().specific)
    login(request, learner)
    return redirect("wagtail_lms:scorm_player", lesson.id)


def _lesson(package: SCORMPackage) -> SCORMLessonPage:
    found = SCORMLessonPage.objects.filter(scorm_package=package).first()
    if found:
        return found
    course = CoursePage.objects.first() or Page.objects.get(depth=2).add_child(instance=CoursePage(title="Education", slug="education"))
    made: SCORMLessonPage = course.add_child(
        instance=SCORMLessonPage(title=package.title, slug=f"lesson-{package.id}", scorm_package=package)
    )
    return made


def held(request: HttpRequest) -> HttpResponse:
    """What the LMS holds of a learner: each element that it was given, and what it makes of the attempt and the course."""
    attempt = SCORMAttempt.objects.get(user__username=request.GET["learner"], scorm_package=SCORMPackage.objects.latest("id"))
    enrolled = CourseEnrollment.objects.get(user=attempt.user)
    made_of_it = {"status": attempt.completion_status, "score": attempt.score_raw, "completed": enrolled.completed_at is not None}
    elements = dict(attempt.scorm_data.values_list("key", "value"))
    return JsonResponse({"learner_id": attempt.user_id, "elements": elements, "made_of_it": made_of_it})


urlpatterns = [
    path("enter", enter),
    path("held", held),
    path("admin/", include(wagtailadmin_urls)),
    path("lms/", include(lms_urls)),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_superuser(STAFF, "staff@school.example", STAFF)
    call_command("runserver", f"127.0.0.1:{PORT}", "--noreload")
