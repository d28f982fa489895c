package org.kopuro.documents;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.kopuro.kernel.Refusal;

/** Strangers' XML, read as a stream: no document type and hence no entities, and limits on what must be held in memory. */
final class HardenedXml {

    private static final int DEPTH_MAX = 200;
    private static final int ATTRIBUTES_MAX = 200;
    private static final int ATTRIBUTE_LENGTH_MAX = 64 * 1024;

    private HardenedXml() {
    }

    /** Looks at each start of an element and each processing instruction. */
    interface Look {
        void at(XMLStreamReader reader) throws XMLStreamException;
    }

    static void read(InputStream content, Look look) throws IOException {
        // A factory of its own: a shared one remembers the names of all documents that it ever read.
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEPTH_MAX);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, ATTRIBUTES_MAX);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, ATTRIBUTE_LENGTH_MAX);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(content);
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw Inspection.refusal(DocumentRefusal.DOCUMENT_XML_DTD);
                    case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> look.at(reader);
                    default -> { }
                }
            }
        } catch (XMLStreamException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    throw refusal;
                }
            }
            throw Inspection.damaged();
        }
    }
}
