package org.kopuro.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * Word and Excel documents (ECMA-376): an archive of XML, pictures and fonts that says in its list of contents which of the two it is.
 * Whatever else lies in the archive is refused: programs, other documents, links that load from elsewhere.
 */
final class OfficeCheck {

    private static final String CONTENTS = "[content_types].xml";
    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    /** Of a list of parts or links, which names each in some hundred octets. */
    private static final long LIST_MAX = 1024 * 1024;

    private static final Set<String> PARTS = Set.of("xml", "rels", "vml", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "svg", "odttf");
    private static final String PRINTER_SETTINGS = "(.*/)?printersettings/[^/]*\\.bin";
    private static final String PROGRAMS = "(.*/)?(vba[^/]*|activex/.*|macrosheets/.*)";
    /** How files begin that have no place in a document, whatever they are called. */
    private static final Set<String> STRANGERS = Set.of("PK\3\4", "PK\5\6", "\u00d0\u00cf\u0011\u00e0", "\u007fELF", "%PDF",
            "Rar!", "7z\u00bc\u00af", "\u00ca\u00fe\u00ba\u00be");
    private static final Set<String> SHORT_STRANGERS = Set.of("MZ", "#!", "\u001f\u008b");

    private final StrictZip archive;
    private final Set<DocumentType> types = EnumSet.noneOf(DocumentType.class);
    private boolean contents;

    OfficeCheck(Spool spool) throws IOException {
        this(new StrictZip(spool));
    }

    OfficeCheck(StrictZip archive) {
        this.archive = archive;
    }

    /** Which of the two; refuses what is neither, and what is both. */
    DocumentType type() throws IOException {
        for (StrictZip.Entry entry : archive.entries()) {
            contents |= entry.name().equalsIgnoreCase(CONTENTS);
        }
        if (!contents) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_ARCHIVE);
        }
        archive.each(this::part);
        if (types.size() > 1) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS);
        }
        return types.stream().findFirst().orElseThrow(() -> Inspection.refusal(DocumentRefusal.DOCUMENT_TYPE_NOT_ALLOWED, "application/zip"));
    }

    private void part(String written, InputStream content) throws IOException {
        String name = written.toLowerCase(Locale.ROOT);
        if (name.matches(PROGRAMS)) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, "VBA");
        }
        String extension = FileName.extension(name);
        if (!PARTS.contains(extension) && !name.matches(PRINTER_SETTINGS) && !name.endsWith("/")) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_HOLDS_FILES);
        }
        if (name.matches("(.*/)?externallinks/.*")) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_REFERS_OUTSIDE);
        }
        if (name.equals(CONTENTS)) {
            HardenedXml.read(content, LIST_MAX, Inspection.refusal(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR), this::contentType);
        } else if (extension.equals("rels")) {
            HardenedXml.read(content, LIST_MAX, Inspection.refusal(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR), OfficeCheck::relationship);
        } else {
            String head = new String(content.readNBytes(4), StandardCharsets.ISO_8859_1);
            if (STRANGERS.contains(head) || head.length() >= 2 && SHORT_STRANGERS.contains(head.substring(0, 2))) {
                throw Inspection.refusal(DocumentRefusal.DOCUMENT_HOLDS_FILES);
            }
        }
    }

    private void contentType(XMLStreamReader reader) {
        if (reader.getEventType() != XMLStreamReader.START_ELEMENT) {
            return;
        }
        String type = String.valueOf(reader.getAttributeValue(null, "ContentType"));
        if (type.equals(WORD)) {
            types.add(DocumentType.DOCX);
        } else if (type.equals(EXCEL)) {
            types.add(DocumentType.XLSX);
        } else if (type.toLowerCase(Locale.ROOT).contains("macroenabled")) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, "VBA");
        }
    }

    /** A link that a person clicks may lead anywhere; templates, pictures and objects that load by themselves may not. */
    private static void relationship(XMLStreamReader reader) {
        if (reader.getEventType() == XMLStreamReader.START_ELEMENT && "External".equalsIgnoreCase(reader.getAttributeValue(null, "TargetMode"))
                && !String.valueOf(reader.getAttributeValue(null, "Type")).endsWith("/hyperlink")) {
            throw Inspection.refusal(DocumentRefusal.DOCUMENT_REFERS_OUTSIDE);
        }
    }
}
