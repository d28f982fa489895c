package org.kopuro.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Plain text is UTF-8 and holds no control characters other than those of lines, pages and tabs. */
final class TextCheck {

    private TextCheck() {
    }

    static void check(InputStream octets) throws IOException {
        char[] buffer = new char[16 * 1024];
        try (Reader text = new InputStreamReader(octets, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT))) {
            for (int length; (length = text.read(buffer)) >= 0;) {
                for (int i = 0; i < length; i++) {
                    if (Character.isISOControl(buffer[i]) && "\t\n\r\f".indexOf(buffer[i]) < 0) {
                        throw Inspection.refusal(DocumentRefusal.DOCUMENT_TEXT_NOT_UTF8);
                    }
                }
            }
        } catch (CharacterCodingException e) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_TEXT_NOT_UTF8);
        }
    }
}
