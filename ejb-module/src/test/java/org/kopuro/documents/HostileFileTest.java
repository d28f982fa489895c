package org.kopuro.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.kopuro.documents.SampleFiles.join;
import static org.kopuro.documents.SampleFiles.octets;
import static org.kopuro.documents.SampleFiles.refusalOf;
import static org.kopuro.documents.SampleFiles.zip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is not what it seems, or more than that. */
class HostileFileTest {

    private static final byte[] ZIP = zip(Map.of("a.txt", octets("a")));

    @Test
    void isRefusedAsAProgramUnderWhateverName() {
        byte[] elf = Arrays.copyOf(octets("\u007fELF\2\1\1"), 200);
        elf[16] = 2;
        byte[] pe = Arrays.copyOf(octets("MZ\u0090\0"), 512);
        pe[60] = (byte) 128;
        System.arraycopy(octets("PE\0\0"), 0, pe, 128, 4);
        for (String name : new String[] {"a.pdf", "a.txt", "a.exe", "a.png"}) {
            assertEquals(DocumentRefusal.DOCUMENT_EXECUTABLE, refusalOf(name, elf), name);
            assertEquals(DocumentRefusal.DOCUMENT_EXECUTABLE, refusalOf(name, pe), name);
            assertEquals(DocumentRefusal.DOCUMENT_EXECUTABLE, refusalOf(name, Arrays.copyOf(octets("\u00cf\u00fa\u00ed\u00fe\7\0\0\1\3\0\0\0\2\0\0\0"), 200)), name);
            assertEquals(DocumentRefusal.DOCUMENT_EXECUTABLE, refusalOf(name, Arrays.copyOf(octets("\u00ca\u00fe\u00ba\u00be\0\0\0\64\0\u0010"), 200)), name);
            assertEquals(DocumentRefusal.DOCUMENT_EXECUTABLE, refusalOf(name, octets("#!/bin/sh\nrm -rf ~\n")), name);
            assertEquals(DocumentRefusal.DOCUMENT_EXECUTABLE, refusalOf(name, octets("#!/usr/bin/env python3\n")), name);
            assertEquals(DocumentRefusal.DOCUMENT_EXECUTABLE, refusalOf(name, octets("#! anything")), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><html><script>alert(1)</script></html>", "<html><body/></html>", "  \n<HTML>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"})
    void isRefusedAsAPageUnderWhateverName(String page) {
        for (String name : new String[] {"a.pdf", "a.xml", "a.html", "a.svg"}) {
            assertEquals(DocumentRefusal.DOCUMENT_WEB_PAGE, refusalOf(name, octets(page)), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script></a>", "<a><svg:g xmlns:svg='http://www.w3.org/2000/svg'/></a>",
        "<?xml-stylesheet href='a.xsl'?><a/>", "<?xml version='1.0'?><?mso-application progid='Word.Document'?><a/>",
        "<x:stylesheet xmlns:x='http://www.w3.org/1999/XSL/Transform' version='1.0'/>"})
    void isRefusedAsXmlThatABrowserRuns(String xml) {
        assertEquals(DocumentRefusal.DOCUMENT_WEB_PAGE, refusalOf("a.xml", octets(xml)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><a>&c;</a>", "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>"})
    void isRefusedAsXmlWithADocumentType(String xml) {
        assertEquals(DocumentRefusal.DOCUMENT_XML_DTD, refusalOf("a.xml", octets(xml)));
    }

    @Test
    void isRefusedAsXmlWithoutMeasure() {
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.xml", octets("<a>".repeat(201) + "</a>".repeat(201))));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.xml", octets("<a b='" + "c".repeat(70_000) + "'/>")));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.xml", octets("<a>&b;</a>")));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.xml", octets("<a></b>")));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.xml", octets("<a/><b/>")));
        assertEquals(DocumentRefusal.DOCUMENT_TOO_LARGE, refusalOf("a.xml", octets("<" + "a".repeat(2 * 1024 * 1024) + "/>")));
        assertNull(refusalOf("a.xml", octets("<a>".repeat(200) + "</a>".repeat(200))));
    }

    @Test
    void isRefusedAsAnArchive() {
        byte[] tar = Arrays.copyOf(octets("a.txt"), 1024);
        System.arraycopy(octets("ustar\000000"), 0, tar, 257, 8);
        for (String name : new String[] {"a.zip", "a.docx", "a.pdf", "a.txt"}) {
            assertEquals(DocumentRefusal.DOCUMENT_ARCHIVE, refusalOf(name, ZIP), name);
            assertEquals(DocumentRefusal.DOCUMENT_ARCHIVE, refusalOf(name, octets("\u001f\u008b\10\0\0\0\0\0")), name);
            assertEquals(DocumentRefusal.DOCUMENT_ARCHIVE, refusalOf(name, octets("Rar!\u001a\7\0....")), name);
            assertEquals(DocumentRefusal.DOCUMENT_ARCHIVE, refusalOf(name, octets("7z\u00bc\u00af'\u001c\0\4")), name);
            assertEquals(DocumentRefusal.DOCUMENT_ARCHIVE, refusalOf(name, tar), name);
            assertEquals(DocumentRefusal.DOCUMENT_ARCHIVE, refusalOf(name, Arrays.copyOf(octets("PK\5\6"), 22)), name);
            assertEquals(DocumentRefusal.DOCUMENT_ARCHIVE, refusalOf(name, zip(Map.of("mimetype", octets("application/vnd.etsi.asic-e+zip"), "META-INF/manifest.xml", octets("<a/>")))), name);
        }
    }

    @Test
    void isRefusedAsAnOldOrEncryptedOfficeDocument() {
        byte[] old = Arrays.copyOf(octets("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"), 4096);
        assertEquals(DocumentRefusal.DOCUMENT_OFFICE_TOO_OLD, refusalOf("a.doc", old));
        assertEquals(DocumentRefusal.DOCUMENT_OFFICE_TOO_OLD, refusalOf("a.docx", old));
        assertEquals(DocumentRefusal.DOCUMENT_ENCRYPTED, refusalOf("a.docx", join(old, "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), old)));
    }

    @Test
    void isRefusedAsATypeThatNobodyNamed() {
        assertEquals(DocumentRefusal.DOCUMENT_TYPE_NOT_ALLOWED, refusalOf("a.tif", octets("II*\0\10\0\0\0")));
        assertEquals(DocumentRefusal.DOCUMENT_TYPE_NOT_ALLOWED, refusalOf("a.gif", octets("GIF89a\1\0\1\0\0\0\0")));
        assertEquals(DocumentRefusal.DOCUMENT_TYPE_NOT_ALLOWED, refusalOf("a.pdf", new byte[] {0, 1, 2, 3, 0, 1, 2, 3}));
    }

    @Test
    void isRefusedAsAPictureAndAnArchive() {
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.jpg", join(SampleFiles.image("jpg"), ZIP)));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.png", join(SampleFiles.image("png"), ZIP)));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.jpg", join(SampleFiles.image("jpg"), octets("Rar!\u001a\7\0"))));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.jpg", withSegment(SampleFiles.image("jpg"), ZIP)));
    }

    @Test
    void isRefusedAsAPictureWithSomethingBehindItsEnd() {
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.png", join(SampleFiles.image("png"), octets("<?php system($_GET[0]); ?>"))));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.jpg", join(SampleFiles.image("jpg"), octets("<?php system($_GET[0]); ?>"))));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.jpg", join(SampleFiles.image("jpg"), SampleFiles.pdf())));
    }

    /** Cameras append a preview, and some of them padding. */
    @Test
    void isNoPictureWithPicturesBehindIt() {
        assertNull(refusalOf("a.jpg", join(SampleFiles.image("jpg"), new byte[100], SampleFiles.image("jpg"), new byte[7])));
    }

    @Test
    void isRefusedAsAPdfThatIsAnArchiveAsWell() {
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", join(SampleFiles.pdf(), ZIP)));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", SampleFiles.pdf(octets("8 0 obj\n<<>>\nstream\n"), ZIP, octets("\nendstream\nendobj\n"))));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", join(SampleFiles.pdf(), octets("Rar!\u001a\7\0"))));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", join(SampleFiles.pdf(), octets("<html>"))));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", SampleFiles.pdf("8 0 obj\n<<>>\nstream\nRar!\u001a\7\1\0\nendstream\nendobj\n")));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", SampleFiles.pdf("8 0 obj\n<<>>\nstream\n777z\u00bc\u00af'\u001c\0\4\nendstream\nendobj\n")));
        byte[] disk = Arrays.copyOf(SampleFiles.pdf(octets(" ".repeat(40_000))), 41_000);
        System.arraycopy(octets("CD001"), 0, disk, 32_769, 5);
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", disk));
    }

    @Test
    void isRefusedAsSomethingThatAPdfFollows() {
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.jpg", withSegment(SampleFiles.image("jpg"), SampleFiles.pdf())));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.txt", join(octets("A letter.\n"), SampleFiles.pdf())));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.docx", join(zip(Map.of("%PDF-1.4", SampleFiles.pdf())))));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.pdf", join(new byte[] {0, 1, 2}, SampleFiles.pdf())));
    }

    /** What lies within a picture's own segments and is no other format is its own affair. */
    @Test
    void mayBeAPictureWithAComment() {
        assertNull(refusalOf("a.jpg", withSegment(SampleFiles.image("jpg"), octets("taken at noon PK\5\6, really"))));
        assertNull(refusalOf("a.jpg", withSegment(SampleFiles.image("jpg"), octets("PK\5\6\0\0\0\0\1\0\1\0\0\0\0\1\0\0\0\0\0\0"))));
    }

    @Test
    void isRefusedAsAPictureOfAbsurdSize() {
        assertEquals(DocumentRefusal.DOCUMENT_IMAGE_TOO_LARGE, refusalOf("a.png", SampleFiles.pngOfSize(30_001, 1)));
        assertEquals(DocumentRefusal.DOCUMENT_IMAGE_TOO_LARGE, refusalOf("a.png", SampleFiles.pngOfSize(10_001, 10_000)));
        assertEquals(DocumentRefusal.DOCUMENT_IMAGE_TOO_LARGE, refusalOf("a.png", SampleFiles.pngOfSize(-1, -1)));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.png", SampleFiles.pngOfSize(0, 1)));
        assertEquals(DocumentRefusal.DOCUMENT_IMAGE_TOO_LARGE, refusalOf("a.jpg", SampleFiles.jpegOfSize(60_000, 60_000)));
        assertNull(refusalOf("a.png", SampleFiles.pngOfSize(10_000, 10_000)));
    }

    @Test
    void isRefusedAsAPictureWithAWrongChecksum() {
        byte[] png = SampleFiles.image("png");
        png[png.length / 2] ^= 1;
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.png", png));
    }

    @Test
    void isRefusedAsASignatureOfWhatItContains() {
        assertEquals(DocumentRefusal.DOCUMENT_SIGNATURE_NOT_DETACHED, refusalOf("a.p7s", SampleFiles.signature(true)));
        // Around a text, for programs only; around nothing it is what its name denies.
        assertEquals(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, refusalOf("a.p7m", SampleFiles.signature(true)));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.p7m", SampleFiles.signature(false)));
        // Around a document: that is looked into like any other.
        assertEquals(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, refusalOf("a.pdf.p7m", SampleFiles.signature(SampleFiles.pdf())));
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, refusalOf("a.pdf.p7m", SampleFiles.signature(SampleFiles.pdf("<</S/JavaScript/JS(1)>>"))));
        assertEquals(DocumentRefusal.DOCUMENT_XML_DTD, refusalOf("a.xml.p7m", SampleFiles.signature(octets("<!DOCTYPE a><a/>"))));
        assertEquals(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, refusalOf("a.xml.p7m", SampleFiles.signature(SampleFiles.pdf())));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.pdf.p7m", SampleFiles.signature(false)));
        assertEquals(DocumentRefusal.DOCUMENT_EMPTY, refusalOf("a.pdf.p7m", SampleFiles.signature(new byte[0])));
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.p7s", join(SampleFiles.signature(false), octets("more"))));
        assertEquals(DocumentRefusal.DOCUMENT_TOO_LARGE, refusalOf("a.p7s", join(SampleFiles.signature(false), new byte[1024 * 1024])));
        byte[] nested = new byte[100_000];
        byte[] signature = SampleFiles.signature(false);
        System.arraycopy(signature, 0, nested, 0, 20);
        for (int i = 20; i + 1 < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.p7s", nested));
    }

    /** Random damage never leads to anything but a refusal. */
    @Test
    void neverBreaksTheInspection() {
        Random random = new Random(1);
        Map<String, byte[]> files = Map.of("a.pdf", SampleFiles.pdf(SampleFiles.pdfStream("/Type/ObjStm/N 1/First 4", octets("1 0 <</A/B>>"))), "a.png", SampleFiles.image("png"),
                "a.jpg", SampleFiles.image("jpg"), "a.docx", zip(SampleFiles.wordParts()), "a.xml", octets("<?xml version='1.0'?><a b='c'><d/>text</a>"),
                "a.p7s", SampleFiles.signature(false));
        files.forEach((name, file) -> {
            for (int i = 0; i < 300; i++) {
                byte[] damaged = file.clone();
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                refusalOf(name, i % 3 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length) + 1) : damaged);
            }
        });
    }

    /** A comment (FFFE) right after the picture's start. */
    private static byte[] withSegment(byte[] jpeg, byte[] content) {
        int length = content.length + 2;
        return join(Arrays.copyOf(jpeg, 2), new byte[] {(byte) 0xFF, (byte) 0xFE, (byte) (length >> 8), (byte) length}, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }
}
