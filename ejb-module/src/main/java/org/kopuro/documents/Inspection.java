package org.kopuro.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;
import org.kopuro.kernel.Refusal;

/**
 * Finds what a file is by its content, and refuses what it must not be. Tika gives a name to what we refuse; what we accept is read by the
 * check of its own type, from the first octet to the last.
 */
final class Inspection {

    private static final MimeTypes KNOWN = MimeTypes.getDefaultMimeTypes();
    private static final MediaType XML = MediaType.APPLICATION_XML;

    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
    /** The name of the stream in which Office keeps an encrypted document, as a directory of OLE writes it. */
    private static final byte[] ENCRYPTED_PACKAGE = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    private static final Set<String> EXECUTABLES = Set.of("application/x-msdownload", "application/x-dosexec", "application/x-elf", "application/x-executable",
            "application/x-sharedlib", "application/x-object", "application/x-coredump", "application/java-vm", "application/x-sh", "application/x-bat",
            "application/x-ms-shortcut", "application/vnd.microsoft.portable-executable", "application/wasm", "text/x-python", "text/x-perl", "text/x-php");
    private static final Set<String> WEB_PAGES = Set.of("text/html", "application/xhtml+xml", "image/svg+xml", "message/rfc822", "multipart/related");
    private static final Set<String> ARCHIVES = Set.of("application/gzip", "application/x-rar-compressed", "application/x-7z-compressed", "application/x-tar",
            "application/x-gtar", "application/x-bzip", "application/x-bzip2", "application/x-xz", "application/zstd", "application/x-lzma", "application/x-lz4",
            "application/x-compress", "application/vnd.ms-cab-compressed", "application/x-archive", "application/x-cpio", "application/x-iso9660-image",
            "application/x-arj", "application/x-lha", "application/x-rpm", "application/x-debian-package");

    private final Spool spool;
    private final String extension;
    private final byte[] head;

    Inspection(Spool spool, String extension) throws IOException {
        this.spool = spool;
        this.extension = extension;
        head = spool.octets(0, KNOWN.getMinLength());
    }

    /** The document's type, after everything that can be wrong with it was looked for. */
    DocumentType type() throws IOException {
        if (begins("PK\3\4")) {
            // Which of the two it is, and whether it is one at all, is written inside.
            new OtherFormats(spool, DocumentType.DOCX).refuse();
            return agreed(new OfficeCheck(spool).type());
        }
        DocumentType type = agreed(found());
        new OtherFormats(spool, type).refuse();
        switch (type) {
            case PDF -> new PdfCheck(spool).check();
            case PNG -> new PngCheck(spool).check();
            case JPEG -> new JpegCheck(spool).check();
            case TEXT -> TextCheck.check(spool.stream(0));
            case XML -> XmlCheck.check(spool);
            case SIGNATURE -> SignatureCheck.checkDetached(spool);
            case SIGNED_TEXT -> SignatureCheck.checkText(spool);
            case SIGNED_DOCUMENT -> SignatureCheck.checkDocument(spool, extension.substring(0, extension.indexOf('.')));
            case DOCX, XLSX -> throw new IllegalStateException();
        }
        return type;
    }

    /** Refuses what its first octets show to be a program, a web page, an archive, or of Office before 2007. */
    void refuseKnown() throws IOException {
        refuseByName(KNOWN.detect(new ByteArrayInputStream(head), new Metadata()).getBaseType());
    }

    private DocumentType found() throws IOException {
        if (begins("%PDF-")) {
            return DocumentType.PDF;
        }
        if (PngCheck.begins(head)) {
            return DocumentType.PNG;
        }
        if (JpegCheck.begins(head)) {
            return DocumentType.JPEG;
        }
        if (SignatureCheck.begins(head)) {
            return DocumentType.SIGNED_DOCUMENT.extensions().contains(extension) ? DocumentType.SIGNED_DOCUMENT
                    : extension.equals("p7m") ? DocumentType.SIGNED_TEXT : DocumentType.SIGNATURE;
        }
        MediaType named = KNOWN.detect(new ByteArrayInputStream(head), new Metadata()).getBaseType();
        refuseByName(named);
        if (isA(named, XML)) {
            return DocumentType.XML;
        }
        // First octets do not tell text from XML without a declaration, nor text in an old encoding from anything: the extension says as
        // what it is to be read, and that reading is strict.
        if (isA(named, MediaType.TEXT_PLAIN) || named.equals(MediaType.OCTET_STREAM) && extension.equals("txt")) {
            return DocumentType.XML.extensions().contains(extension) ? DocumentType.XML : DocumentType.TEXT;
        }
        new OtherFormats(spool, DocumentType.TEXT).refuse();
        throw refusal(DocumentRefusal.DOCUMENT_TYPE_NOT_ALLOWED, named.toString());
    }

    private void refuseByName(MediaType named) throws IOException {
        String name = named.toString();
        if (begins("#!") || begins("MZ") || EXECUTABLES.contains(name) || name.startsWith("application/x-mach-o")) {
            throw refusal(DocumentRefusal.DOCUMENT_EXECUTABLE);
        }
        if (WEB_PAGES.contains(name)) {
            throw refusal(DocumentRefusal.DOCUMENT_WEB_PAGE);
        }
        if (ARCHIVES.contains(name) || begins("PK\5\6") || begins("PK\7\10")) {
            throw refusal(DocumentRefusal.DOCUMENT_ARCHIVE);
        }
        if (Arrays.equals(OLE, Arrays.copyOf(head, OLE.length))) {
            throw refusal(OtherFormats.contains(spool, ENCRYPTED_PACKAGE) ? DocumentRefusal.DOCUMENT_ENCRYPTED : DocumentRefusal.DOCUMENT_OFFICE_TOO_OLD);
        }
    }

    private DocumentType agreed(DocumentType type) {
        if (!type.extensions().contains(extension)) {
            throw refusal(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, type.name(), "." + String.join(", .", type.extensions()));
        }
        return type;
    }

    private boolean begins(String signature) {
        byte[] octets = signature.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= octets.length && Arrays.equals(octets, 0, octets.length, head, 0, octets.length);
    }

    private static boolean isA(MediaType type, MediaType ancestor) {
        return type.equals(ancestor) || KNOWN.getMediaTypeRegistry().isSpecializationOf(type, ancestor);
    }

    static Refusal refusal(DocumentRefusal code, Object... arguments) {
        return Refusal.of(code, Upload.FIELD, arguments);
    }

    static Refusal damaged() {
        return refusal(DocumentRefusal.DOCUMENT_DAMAGED);
    }
}
