package org.kopuro.exchange.evidence;

import eu.europa.esig.dss.xml.utils.DomUtils;
import eu.europa.esig.dss.xml.utils.XMLCanonicalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.w3c.dom.Node;

/**
 * Adds a signature time-stamp (XAdES baseline T, ETSI EN 319 132-1 §5.3) to a container with one signature of level B. By hand:
 * DSS would validate the signature first, which it cannot with the version of Santuario that WSS4J needs. The octets of the
 * signature stay as they are; only the stamp is put in between, where nothing is signed.
 */
final class StampedContainer {

    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final String END = "</xades:QualifyingProperties>";

    private StampedContainer() {
    }

    /** @param authority gives the token for octets */
    static byte[] of(byte[] container, UnaryOperator<byte[]> authority) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(container.length + 8192);
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(container)); ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                byte[] octets = from.readAllBytes();
                boolean signature = entry.getName().startsWith("META-INF/signatures");
                copy(entry, signature ? stamped(octets, authority) : octets, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The first entry tells the kind of the file to programs that look at octets: it stays uncompressed. */
    private static void copy(ZipEntry from, byte[] octets, ZipOutputStream to) throws IOException {
        ZipEntry entry = new ZipEntry(from.getName());
        if (from.getMethod() == ZipEntry.STORED) {
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(from.getSize());
            entry.setCrc(from.getCrc());
        }
        entry.setTimeLocal(from.getTimeLocal());
        to.putNextEntry(entry);
        to.write(octets);
        to.closeEntry();
    }

    private static byte[] stamped(byte[] signature, UnaryOperator<byte[]> authority) {
        String text = new String(signature, StandardCharsets.UTF_8);
        int end = text.indexOf(END);
        if (end < 0 || text.indexOf(END, end + 1) >= 0) {
            throw new IllegalStateException("The signature has not the form that DSS gives it.");
        }
        Node value = DomUtils.buildDOM(signature).getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "SignatureValue").item(0);
        byte[] token = authority.apply(XMLCanonicalizer.createInstance(EXCLUSIVE).canonicalize(value));
        String stamp = "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp Id=\"TS-1\">"
                + "<ds:CanonicalizationMethod Algorithm=\"" + EXCLUSIVE + "\"/><xades:EncapsulatedTimeStamp Id=\"ETS-1\">" + Base64.getEncoder().encodeToString(token)
                + "</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp></xades:UnsignedSignatureProperties></xades:UnsignedProperties>";
        return (text.substring(0, end) + stamp + text.substring(end)).getBytes(StandardCharsets.UTF_8);
    }
}
