package org.kopuro.documents;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.kopuro.kernel.Refusal;

/** XML is data: well-formed, without a document type, without what makes a browser or an office program run it. */
final class XmlCheck {

    /** [data] Reports of programs are much smaller. */
    static final int MEGABYTES_MAX = 2;

    /** In any of these a script runs, wherever in the document the element stands. */
    private static final Set<String> PAGES = Set.of("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1999/XSL/Transform",
            "http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul");

    private XmlCheck() {
    }

    static void check(Spool spool) throws IOException {
        try (InputStream content = spool.stream(0)) {
            HardenedXml.read(content, MEGABYTES_MAX * 1024L * 1024, Inspection.refusal(DocumentRefusal.DOCUMENT_TOO_LARGE, MEGABYTES_MAX), reader -> {
                Refusal page = Inspection.refusal(DocumentRefusal.DOCUMENT_WEB_PAGE);
                if (reader.getEventType() == XMLStreamReader.PROCESSING_INSTRUCTION) {
                    if (Set.of("xml-stylesheet", "mso-application").contains(reader.getPITarget())) {
                        throw page;
                    }
                } else if (PAGES.contains(String.valueOf(reader.getNamespaceURI())) || Set.of("html", "svg").contains(reader.getLocalName())) {
                    throw page;
                }
            });
        }
    }
}
