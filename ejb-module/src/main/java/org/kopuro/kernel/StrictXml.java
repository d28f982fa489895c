package org.kopuro.kernel;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * How documents of strangers are parsed: no document type, hence no entities and nothing external; depth, attributes and name lengths are bounded;
 * an error is thrown, never printed.
 */
public final class StrictXml {

    private static final int ATTRIBUTES_MAX = 64;
    private static final int NAME_LENGTH_MAX = 1_000;
    private static final ErrorHandler SILENT = new ErrorHandler() {
        @Override
        public void warning(SAXParseException warned) {
            // A warning refuses nothing.
        }

        @Override
        public void error(SAXParseException failed) throws SAXException {
            throw failed;
        }

        @Override
        public void fatalError(SAXParseException failed) throws SAXException {
            throw failed;
        }
    };

    private StrictXml() {
    }

    /**
     * For one thread at a time, and for many documents one after another; never {@link DocumentBuilder#reset() reset}, which would bring the parser's own
     * printing back.
     */
    public static DocumentBuilder builder(int depthMax) {
        try {
            // The JDK's own parser, whatever else lies on the class path: its limits are the ones set here.
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            // Small documents are read whole; expanding nodes one by one later costs more.
            factory.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(depthMax));
            factory.setAttribute("jdk.xml.elementAttributeLimit", String.valueOf(ATTRIBUTES_MAX));
            factory.setAttribute("jdk.xml.maxXMLNameLimit", String.valueOf(NAME_LENGTH_MAX));
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(SILENT);
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
