package org.kopuro.documents;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a document can be. Everything else is refused. */
public enum DocumentType {
    PDF("application/pdf", "pdf"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    TEXT("text/plain", "txt"),
    XML("application/xml", "xml", "xsd", "wsdl"),
    /** A detached signature (CMS) of another file. */
    SIGNATURE("application/pkcs7-signature", "p7s", "sig"),
    /** A text inside its signature (CMS): only for who reads it out and knows what it must be. */
    SIGNED_TEXT("application/pkcs7-mime", "p7m"),
    /** A PDF or XML inside its signature (CMS); what is inside was looked into as well. */
    SIGNED_DOCUMENT("application/cms", "pdf.p7m", "xml.p7m");

    private final String mediaType;
    private final List<String> extensions;

    DocumentType(String mediaType, String... extensions) {
        this.mediaType = mediaType;
        this.extensions = List.of(extensions);
    }

    /** The media type under which the document is stored and should be sent. */
    public String mediaType() {
        return mediaType;
    }

    /** The extensions of its names, without dots, in lower case. */
    public List<String> extensions() {
        return extensions;
    }

    static DocumentType ofMediaType(String mediaType) {
        return Stream.of(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst().orElseThrow();
    }

    static Optional<DocumentType> ofExtension(String extension) {
        return Stream.of(values()).filter(type -> type.extensions.contains(extension)).findFirst();
    }
}
