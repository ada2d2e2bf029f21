"""Every word on a page can be said in another language: templates hold no bare text."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[2] / "src" / "kith" / "web" / "templates").rglob("*.html"))
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-saved", "data-lost", "data-stale")


def bare(text):
    """What stands in a template as text or a spoken attribute outside any translation."""
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "\x00", text, flags=re.S)
    text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)
    spoken = [value for name in SPOKEN for value in re.findall(rf'\s{name}="([^"]*)"', text)]
    told = [*re.split(r"<[^>]*>", text), *spoken]
    return [one.strip() for one in told if re.search(r"[A-Za-z]{2,}", one.replace("\x00", " "))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_bare_string(path):
    assert bare(path.read_text("utf-8")) == []


def test_a_bare_string_would_be_found():
    assert bare("<p>Save it</p>") == ["Save it"]
    assert bare('<nav aria-label="Menu">') == ["Menu"]
    assert bare("<p>{% translate 'Save it' %} {{ name }}</p>") == []
