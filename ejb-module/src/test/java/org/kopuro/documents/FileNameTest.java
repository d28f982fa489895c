package org.kopuro.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** The name that comes with a file. */
class FileNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"licence.pdf", "Лицензия № 12 (копия).pdf", "Келишим ҮӨҢ.docx", "a", "archive.tar.gz", "a..b.pdf", "console.txt", "common.txt", "COM10.txt", "-1.pdf"})
    void isKeptWhereItIsHarmless(String name) {
        assertEquals(name, FileName.checked(name));
    }

    @Test
    void isComposedAsOtherSystemsWriteIt() {
        assertEquals("\u0439.pdf", FileName.checked("\u0438\u0306.pdf"));
    }

    @Test
    void losesTheBlanksAroundIt() {
        assertEquals("a.pdf", FileName.checked("  a.pdf \n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "../../etc/passwd", "/etc/passwd", "a\\b.pdf", "C:\\users\\a.pdf", "..", ".", "...", "a/b.pdf", "a.pdf\0.exe", "a\nb.pdf", "a\u007f.pdf", "a\u0085.pdf",
        "\u202Efdp.exe", "invoice\u202Efdp.exe", "\u2066a\u2069.pdf", "a\u200b.pdf", "\uFEFFa.pdf", "a\u2028b.pdf", "a\uD800.pdf", "a\uE000.pdf", "a\uFFFF.pdf",
        "CON.txt", "con", "nul.pdf", "Aux .pdf", "COM1.pdf", "lpt\u00b9.txt", "CON.a.pdf", "a.pdf.", "a.pdf...", ".htaccess", "a:b.pdf", "a.pdf::$DATA", "a\".pdf", "a|b.pdf",
        "a<b>.pdf", "a?.pdf", "a*.pdf"})
    void isRefusedWhereItPlaysTricks(String name) {
        assertEquals(DocumentRefusal.DOCUMENT_NAME_INVALID, assertThrows(Refusal.class, () -> FileName.checked(name)).code());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\n"})
    void isNeeded(String name) {
        assertEquals(InputRefusal.FIELD_MISSING, assertThrows(Refusal.class, () -> FileName.checked(name)).code());
    }

    @Test
    void hasAtMostTwoHundredCharacters() {
        assertEquals(200, FileName.checked("я".repeat(196) + ".pdf").length());
        assertEquals(DocumentRefusal.DOCUMENT_NAME_TOO_LONG, assertThrows(Refusal.class, () -> FileName.checked("я".repeat(197) + ".pdf")).code());
        assertEquals(DocumentRefusal.DOCUMENT_NAME_TOO_LONG, assertThrows(Refusal.class, () -> FileName.checked("a".repeat(10_000_000))).code());
    }

    @Test
    void endsInItsExtension() {
        assertEquals("pdf", FileName.extension("a.b.PDF"));
    }
}
