package org.kopuro.documents;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.kopuro.kernel.Refusal;

/**
 * Strangers' XML, read as a stream: no document type and hence no entities, and limits on what must be held in memory. A name has no limit
 * of its own and takes seven times its length there; hence the document has one.
 */
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

    /** Refuses what is longer than {@code lengthMax} with {@code tooLong}; leaves {@code content} open. */
    static void read(InputStream content, long lengthMax, Refusal tooLong, Look look) throws IOException {
        try {
            XMLStreamReader reader = reader(limited(content, lengthMax, tooLong));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> look.at(reader);
                    default -> { }
                }
            }
        } catch (XMLStreamException e) {
            throw Inspection.damaged();
        }
    }

    /** For whoever reads it on; refuses a document type where it comes upon one. */
    static XMLStreamReader reader(InputStream content) throws XMLStreamException {
        // A factory of its own: a shared one remembers the names of all documents that it ever read.
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEPTH_MAX);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, ATTRIBUTES_MAX);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, ATTRIBUTE_LENGTH_MAX);
        return new StreamReaderDelegate(factory.createXMLStreamReader(content)) {
            @Override
            public int next() throws XMLStreamException {
                int event = super.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw Inspection.refusal(DocumentRefusal.DOCUMENT_XML_DTD);
                }
                return event;
            }
        };
    }

    private static InputStream limited(InputStream content, long lengthMax, Refusal tooLong) {
        return new InputStream() {
            private long length;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int from, int most) throws IOException {
                int read = content.read(target, from, most);
                length += Math.max(0, read);
                if (length > lengthMax) {
                    throw tooLong;
                }
                return read;
            }
        };
    }
}
