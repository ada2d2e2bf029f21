"""Files that come in: judged by their content, limited, scanned; and a letter changed as a Word file, looked through again."""

import io
import socketserver
import struct
import threading
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from test_document_pages import act, made

import paperwork
from kith.documents import arriving, files, word
from kith.documents.models import Document, Version
from kith.record.fact import NotRecorded

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


class Scanner(socketserver.BaseRequestHandler):
    """Speaks clamd's INSTREAM: what holds the word EICAR is found, what holds SLOW is an error."""

    def handle(self):
        line = self.request.makefile("rwb")
        assert line.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", line.read(4))[0]:
            content += line.read(size)
        self.server.scanned.append(len(content))
        said = b"stream: Eicar FOUND" if b"EICAR" in content else b"INSTREAM size limit exceeded. ERROR" if b"SLOW" in content else b"stream: OK"  # fmt: skip
        line.write(said + b"\0")
        line.flush()


@pytest.fixture
def clamd(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Scanner) as server:
        server.scanned = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.KITH_CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7\n", "application/pdf"), (PNG, "image/png"), ("Kept for Zoë".encode(), "text/plain"), (b"<script>alert(1)</script>", ""),
     (b"<html><body>", ""), (b"#!/bin/sh\n", ""), (b"\0\1\2", ""), (b"MZ\x90\0" + b"\0" * 300, "application/x-msdownload")],
)  # fmt: skip
def test_what_a_file_is_is_judged_by_what_is_in_it(content, kind):
    assert arriving.kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"MZ\x90\0" + b"\0" * 300, "cannot be kept"), (b"<html>", "cannot be kept"), (b"x" * 2000, "larger than")]
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words(settings, content, says):
    settings.KITH_LARGEST_FILE = 1000
    with pytest.raises(NotRecorded, match=says):
        arriving.checked(content, "note.pdf")


def test_a_word_file_with_a_program_in_it_is_refused():
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"code")
    with pytest.raises(NotRecorded, match="carries a program"):
        arriving.checked(out.getvalue(), "letter.docx")


def test_the_scanner_is_asked_and_heeded(clamd):
    large = b"plain words " * 20_000
    assert arriving.checked(large, "a.txt") == ("text/plain", "a.txt")
    assert clamd.scanned == [len(large)]
    with pytest.raises(NotRecorded, match="something harmful"):
        arriving.checked(b"EICAR", "a.txt")
    with pytest.raises(NotRecorded, match="could not be scanned"):
        arriving.checked(b"SLOW", "a.txt")


def test_nothing_is_kept_unscanned_while_the_scanner_is_away(settings):
    settings.KITH_CLAMD = "127.0.0.1:9"
    with pytest.raises(NotRecorded, match="could not be scanned"):
        arriving.checked(b"words", "a.txt")


def test_a_name_leads_nowhere():
    assert arriving.safe_name('../../etc/"pass\r\nwd') == "_pass__wd"
    assert arriving.safe_name("C:\\letters\\Kit Marsh.pdf") == "Kit Marsh.pdf"


def test_a_file_is_added_and_found_again(town):
    sent = {"title": "Kit’s drawing", "file": SimpleUploadedFile("drawing.png", PNG)}
    answer = town.amy.post(reverse("add-file", args=[town.kit]), sent)
    assert answer.status_code == 302, paperwork.said(answer)
    assert "Kit’s drawing" in paperwork.page(town.amy, "documents", town.kit)
    sent = {"title": "Page", "file": SimpleUploadedFile("photo.png", b"<html><script>")}
    refused = town.amy.post(reverse("add-file", args=[town.kit]), sent)
    assert refused.status_code == 422
    assert "cannot be kept" in paperwork.said(refused)


def changed(content, words):
    opened = docx.Document(io.BytesIO(content))
    opened.add_table(1, 1).cell(0, 0).text = words
    out = io.BytesIO()
    opened.save(out)
    return SimpleUploadedFile("letter.docx", out.getvalue())


def test_a_letter_is_changed_as_a_word_file_and_that_is_the_version_given(town):
    document = made(town)
    taken = town.amy.get(reverse("document-word", args=[town.kit, document.id]))
    assert "Thank you for working with us" in word.text_of(taken.content)
    answer = act(town, document, "change", file=changed(taken.content, "With our warm wishes."))
    assert answer.status_code == 302, paperwork.said(answer)
    act(town, document, "given", how="by_hand")
    with town.at_work(writing=False):
        versions = list(Version.objects.order_by("number"))
        assert "With our warm wishes." in word.text_of(files.kept(versions[1].digest))
    assert "Version 2, Standard" in " ".join(paperwork.page(town.amy, "document", town.kit, document.id).split())


@pytest.mark.clause("WOR-431")
def test_a_changed_letter_is_looked_through_again_for_where_others_live(town):
    document = made(town)
    taken = town.amy.get(reverse("document-word", args=[town.kit, document.id]))
    answer = act(town, document, "change", file=changed(taken.content, "Fin: 07700 900 456"))
    assert answer.status_code == 422
    with town.at_work(writing=False):
        assert Version.objects.count() == 1
        assert Document.objects.get().approved_at is None
