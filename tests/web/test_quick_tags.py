"""Tags and addresses made quicker say what Django's own say."""

import uuid

import pytest
from django.template import Context, Engine
from django.test import override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.translation import override

from kith.web.addresses import address
from kith.web.urls import urlpatterns

OURS = {"i18n": "kith.web.templatetags.quick"}
DJANGOS = {"i18n": "django.templatetags.i18n"}
TEMPLATES = (
    '{% translate "Save" %}', "{% translate 'It’s <b>so</b>' %}", '{% translate "100%" %}', "{% translate words %}", '{% trans "Save"|upper %}',
    '{% translate "Save" as said %}[{{ said }}]', '{% translate "Save" noop %}', '{% translate "May" context "month" %}', "{% translate words|lower %}",
    '{% autoescape off %}{% translate "a < b" %}{% translate words %}{% endautoescape %}', '{% translate "Jan." %}',
    "{% blocktranslate %}Nothing in it{% endblocktranslate %}", "{% blocktranslate with who=words %}for {{ who }}: {{ words }} 100%{% endblocktranslate %}",
    "{% blocktranslate count n=many %}one{% plural %}{{ n }} of {{ words }}{% endblocktranslate %}", "{% blocktranslate trimmed %}\n a\n b {{ missing }} {% endblocktranslate %}",
    "{% blocktranslate asvar said %}x {{ words }}{% endblocktranslate %}[{{ said }}]", "{% blocktrans %}old {{ words }}{% endblocktrans %}",
    "{% url 'child' one %}", "{% url 'record-form' one 'visit' %}", "{% url 'my-work' %}", "{% url 'entry' one two %}", "{% url 'entry' child=one event=two %}",
    "{% url 'child' one as there %}[{{ there }}]", "{% url 'nowhere' as there %}[{{ there }}]", "{% url 'child' written %}", "{% url page one %}",
    "{% url 'record-form' one 'a&b\"' %}",
)  # fmt: skip


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_says_the_same_every_time_in_every_language(text):
    ours = Engine(libraries=OURS, builtins=["kith.web.templatetags.quick"]).from_string("{% load i18n %}" + text)
    djangos = Engine(libraries=DJANGOS).from_string("{% load i18n %}" + text)
    for language in ("en-gb", "de", "cy", "en-gb", "de"):
        for words, many in (("<Ann>", 1), ("Bo & Co", 3)):
            told = {"words": words, "many": many, "one": uuid.uuid4(), "two": uuid.uuid4(), "page": "why"}
            told["written"] = str(told["one"])
            with override(language):
                assert ours.render(Context(told)) == djangos.render(Context(told))


@pytest.mark.parametrize("page", [one for one in urlpatterns if one.name], ids=lambda one: one.name)
def test_every_page_has_the_address_that_django_gives_it(page):
    for _time in range(2):
        args = [
            uuid.uuid4() if converter.regex.startswith("[0-9a-f]{8}") else "visit"
            for converter in page.pattern.converters.values()
        ]
        assert address(page.name, *args) == reverse(page.name, args=args)
        assert address(page.name, *map(str, args)) == reverse(page.name, args=args)


def test_what_is_no_address_is_refused_as_django_refuses_it():
    for name, args in (
        ("nowhere", ()),
        ("child", ()),
        ("child", ("visit",)),
        ("child", (7,)),
        ("my-work", (uuid.uuid4(),)),
    ):
        with pytest.raises(NoReverseMatch):
            address(name, *args)


def test_under_another_prefix_or_other_pages_an_address_is_another():
    one = uuid.uuid4()
    assert address("child", one) == f"/child/{one}"
    set_script_prefix("/kith/")
    try:
        assert address("child", one) == f"/kith/child/{one}"
    finally:
        set_script_prefix("/")
    with override_settings(ROOT_URLCONF="allauth.urls"), pytest.raises(NoReverseMatch):
        address("child", one)
