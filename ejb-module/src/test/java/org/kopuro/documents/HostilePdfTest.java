package org.kopuro.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.kopuro.documents.SampleFiles.join;
import static org.kopuro.documents.SampleFiles.octets;
import static org.kopuro.documents.SampleFiles.pdf;
import static org.kopuro.documents.SampleFiles.pdfStream;
import static org.kopuro.documents.SampleFiles.refusalOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PDF does something, or carries something. */
class HostilePdfTest {

    @ParameterizedTest
    @ValueSource(strings = {"<</S/JavaScript/JS(app.alert\\(1\\))>>", "<</S /Java#53cript /JS 5 0 R>>", "<</S/#4a#61#76#61#53#63#72#69#70#74>>", "<</Names<</JavaScript 5 0 R>>>>",
        "<</S/Launch/F(cmd.exe)>>", "<</Type/Action/S/Launch>>", "<</Subtype/RichMedia>>", "<</AcroForm<</XFA 5 0 R>>>>", "<</S/SubmitForm/F(http://127.0.0.1)>>", "<</S/ImportData>>",
        "<</S/Rendition>>", "<</S/JavaScript", "<</JavaScript/JavaScript>>"})
    void isRefusedWhereItActs(String object) {
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, refusalOf("a.pdf", pdf("8 0 obj\n" + object + "\nendobj\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<</Type/EmbeddedFile>>", "<</Names<</EmbeddedFiles 5 0 R>>>>", "<</S/GoToE>>", "<</Type/Embedded#46ile>>"})
    void isRefusedWhereItCarriesFiles(String object) {
        assertEquals(DocumentRefusal.DOCUMENT_HOLDS_FILES, refusalOf("a.pdf", pdf("8 0 obj\n" + object + "\nendobj\n")));
    }

    @Test
    void isRefusedWhereItIsEncrypted() {
        assertEquals(DocumentRefusal.DOCUMENT_ENCRYPTED, refusalOf("a.pdf", pdf("trailer\n<</Encrypt 5 0 R>>\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Type/ObjStm/N 1/First 4", "/Type/Obj#53tm/N 1/First 4", "/N 1/First 4", "/Note(endobj)/Type/ObjStm"})
    void isSearchedWithinItsObjectStreams(String dictionary) {
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, refusalOf("a.pdf", pdf(pdfStream(dictionary, octets("8 0 <</S/JavaScript/JS(1)>>")))));
        assertEquals(DocumentRefusal.DOCUMENT_HOLDS_FILES, refusalOf("a.pdf", pdf(pdfStream(dictionary, octets(" \n8 0 <</Type/EmbeddedFile>>")))));
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, refusalOf("a.pdf", pdf(pdfStream(dictionary, octets("%\n8 0 <</S/JavaScript")))));
    }

    @Test
    void isSearchedInEachOfItsStreams() {
        byte[] harmless = pdfStream("/Type/ObjStm", octets("8 0 <</A/B>>"));
        assertNull(refusalOf("a.pdf", pdf(harmless, harmless)));
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, refusalOf("a.pdf", pdf(harmless, harmless, pdfStream("/Type/ObjStm", octets("8 0 <</S/Launch>>")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream\n", "stream\r\n", "stream\r", "stream \n"})
    void isSearchedHoweverAStreamBegins(String keyword) {
        byte[] stream = join(octets("9 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\n" + keyword), SampleFiles.deflated(octets("8 0 <</S/Launch>>")), octets("\nendstream\nendobj\n"));
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, refusalOf("a.pdf", pdf(stream)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Filter[/ASCIIHexDecode/FlateDecode]", "/Filter/LZWDecode", "/DecodeParms<</Predictor 12>>"})
    void isRefusedWhereItsObjectStreamsAreEncodedAsNobodyDoes(String filter) {
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.pdf", pdf("9 0 obj\n<</Type/ObjStm" + filter + ">>\nstream\n00\nendstream\nendobj\n")));
    }

    @Test
    void isRefusedWhereItsObjectStreamsAreBombs() {
        byte[] zeros = octets(" ".repeat(101 * 1024 * 1024));
        assertEquals(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, refusalOf("a.pdf", pdf(pdfStream("/Type/ObjStm", zeros))));
    }

    @Test
    void isRefusedWhereItIsNothingButStreams() {
        String beginning = "stream\nx\u009c\n";
        assertNull(refusalOf("a.pdf", pdf(octets(beginning.repeat(50_000)))));
        assertEquals(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, refusalOf("a.pdf", pdf(octets(beginning.repeat(50_001)))));
    }

    /** Pictures may be large, and hold whatever octets: they are not unpacked. */
    @Test
    void mayHoldPicturesOfOneColour() {
        assertNull(refusalOf("a.pdf", pdf(pdfStream("/Subtype/Image", new byte[150 * 1024 * 1024]))));
    }

    @Test
    void mayHoldFormsFontsAndLinks() {
        assertNull(refusalOf("a.pdf", pdf("8 0 obj\n<</AcroForm<</Fields[]>>/A<</S/URI/URI(https://example.kg)>>/FontFile2 9 0 R/XFAX 1/JS 2/Launcher 3>>\nendobj\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%PDF-1.8\n", "%PDF-9\n", "%PDF-", "%PDF-1.4<", "%PDF-2.1\n"})
    void isRefusedWhereItsVersionIsNone(String header) {
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.pdf", octets(header + "1 0 obj\nendobj\n%%EOF\n")));
    }
}
