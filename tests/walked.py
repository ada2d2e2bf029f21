"""A council's own pack with a form of several pages: for tests of forms that are walked a page at a time."""

HEAD = """
pack: walkshire
version: "2024-01"
title: A form of several pages
in_force_from: 2024-01-01
based_on: england@2013-04
"""
FORM = """
events:
- {stem: note, acts: [recorded]}
forms:
- id: look
  title: A long look
  records: note.recorded
  names: {note: new}
  cites: [WT-assessment]
  pages:
  - id: about
    title: What it is about
    hint: Write it as you would say it to the family.
    fields:
    - {key: when, asks: When did it happen?, answer: moment, required: always, if_missing: Enter the day it happened}
    - {key: note_kind, asks: What kind is it?, answer: {choice: {direct_work: Direct work, supervision: Supervision}}, required: always, if_missing: Select what kind it is}
    - {key: title, asks: In a few words, answer: text}
    - {key: safe, asks: Is everyone safe?, answer: yes_no}
  - id: harm
    title: What harm there is
    shown_when: {field: safe, is: false}
    fields:
    - {key: hurt, asks: Who was hurt?, answer: text, required: always, if_missing: Say who was hurt}
  - id: each
    title: Each child
    fields:
    - {key: wish, asks: What does the child wish?, answer: text, for_each: child, required: always, if_missing: Write what the child wishes}
  - id: next
    title: What next
    fields:
    - {key: again_on, asks: When will you look again?, answer: date}
    - {key: who_helps, asks: Who helps?, answer: {choices: {nana: Nana, school: School}}}
    - {key: hurt_more, asks: Is the harm over?, answer: yes_no, asked_if: {field: safe, is: false}}
    - {key: significant, asks: Does it matter for the chronology?, answer: {choice: {significant: 'Yes', routine: 'No'}}}
gates:
- id: look.supervision
  before: note.recorded
  if: {field: note_kind, is: supervision}
  needs: {field: significant, known: true}
  strength: should
  otherwise: explain
  may_explain: [social_worker]
  say: Supervision is kept in the chronology.
  cites: [WT-assessment]
"""


def shelf(folder):
    """The pack, in a folder to be named in KITH_PACKS."""
    path = folder / "walkshire" / "2024-01"
    path.mkdir(parents=True, exist_ok=True)
    (path / "pack.yaml").write_text(HEAD, "utf-8")
    (path / "forms.yaml").write_text(FORM, "utf-8")
    return str(folder)
