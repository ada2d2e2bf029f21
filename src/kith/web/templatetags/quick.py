"""Tags of Django's own that every page uses many times, doing once what comes out the same each time.

They stand in the place of Django's for every template, and mean the same (`tests/web/test_quick_tags.py`). Words that are a text
of the template itself are translated once for each language; the address of a page is put together from its parts.
"""

from typing import Any

from django.template import Library
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode, url
from django.templatetags import i18n
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from kith.web.addresses import address

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(i18n.TranslateNode):
    """{% translate "Save" %}: the same words each time in one language."""

    said: dict[Any, str]

    def render(self, context: Any) -> str:
        """The words in the language of the page."""
        key = (get_language(), context.autoescape)
        found = self.said.get(key)
        if found is None:
            found = self.said[key] = super().render(context)
        return found


class WordsAround(i18n.BlockTranslateNode):
    """{% blocktranslate %}: what stands in it is read once."""

    read: dict[int, tuple[str, list[str]]]

    def render_token_list(self, tokens: Any) -> tuple[str, list[str]]:
        """The text with its places, and what comes there."""
        if id(tokens) not in self.read:
            self.read[id(tokens)] = super().render_token_list(tokens)
        text, names = self.read[id(tokens)]
        return text, list(names)


class Address(URLNode):
    """{% url "child" one.id %}"""

    def render(self, context: Any) -> str:
        """The address; as Django writes it where it is asked for by names."""
        name = self.view_name.resolve(context)
        if self.kwargs or self.asvar or ":" in name:
            return super().render(context)
        found = address(name, *(one.resolve(context) for one in self.args))
        return conditional_escape(found) if context.autoescape else found


def translated(parser: Parser, token: Token) -> Any:
    """`translate`, whose words are a text of the template or come with the page."""
    node: Any = i18n.do_translate(parser, token)
    asked = node.filter_expression
    constant = isinstance(getattr(asked.var, "literal", None), str) and not asked.filters
    if constant and not (node.asvar or node.message_context or node.noop):
        node.__class__, node.said = Words, {}
    return node


def translated_around(parser: Parser, token: Token) -> Any:
    """`blocktranslate`."""
    node: Any = i18n.do_block_translate(parser, token)
    node.__class__, node.read = WordsAround, {}
    return node


def address_of(parser: Parser, token: Token) -> Any:
    """`url`."""
    node = url(parser, token)
    node.__class__ = Address
    return node


register.tags |= {
    "translate": translated,
    "trans": translated,
    "blocktranslate": translated_around,
    "blocktrans": translated_around,
}
register.tag("url", address_of)
