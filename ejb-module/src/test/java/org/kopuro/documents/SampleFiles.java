package org.kopuro.documents;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.TestCertificates;

/** Files as people and attackers make them, built as tests need them. */
final class SampleFiles {

    static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    private SampleFiles() {
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A readable PDF with one empty page, and whatever else is given. */
    static byte[] pdf(byte[]... objects) {
        return join(octets("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
                + "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"), join(objects),
                octets("trailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"));
    }

    static byte[] pdf(String object) {
        return pdf(octets(object));
    }

    static byte[] pdfStream(String dictionary, byte[] plain) {
        return join(octets("9 0 obj\n<<" + dictionary + "/Filter/FlateDecode>>\nstream\r\n"), deflated(plain), octets("\nendstream\nendobj\n"));
    }

    static byte[] deflated(byte[] plain) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(target)) {
            deflater.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target.toByteArray();
    }

    static byte[] image(String format) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), format, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target.toByteArray();
    }

    /** With a right checksum of the header that claims them. */
    static byte[] pngOfSize(int width, int height) {
        byte[] png = image("png");
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        header.putInt(29, (int) sum.getValue());
        return png;
    }

    static byte[] jpegOfSize(int width, int height) {
        byte[] jpeg = image("jpg");
        for (int i = 0; i < jpeg.length; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(jpeg).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
                return jpeg;
            }
        }
        throw new IllegalStateException();
    }

    static Map<String, byte[]> wordParts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", contentTypes("/word/document.xml", WORD));
        parts.put("_rels/.rels", relationships("officeDocument", "word/document.xml", ""));
        parts.put("word/document.xml", octets("<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body/></w:document>"));
        parts.put("word/media/image1.png", image("png"));
        return parts;
    }

    static Map<String, byte[]> excelParts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", contentTypes("/xl/workbook.xml", EXCEL));
        parts.put("_rels/.rels", relationships("officeDocument", "xl/workbook.xml", ""));
        parts.put("xl/workbook.xml", octets("<workbook/>"));
        parts.put("xl/printerSettings/printerSettings1.bin", new byte[] {0, 1, 2, 3});
        return parts;
    }

    static byte[] contentTypes(String part, String type) {
        return octets("<?xml version='1.0' encoding='UTF-8'?><Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                + "<Override PartName='" + part + "' ContentType='" + type + "'/></Types>");
    }

    static byte[] relationships(String type, String target, String more) {
        return octets("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' "
                + "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type + "' Target='" + target + "' " + more + "/></Relationships>");
    }

    static byte[] wordWith(String name, byte[] content) {
        Map<String, byte[]> parts = wordParts();
        parts.put(name, content);
        return zip(parts);
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(target)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target.toByteArray();
    }

    static byte[] signature(boolean withContent) {
        return signature(octets("agreement"), withContent);
    }

    static byte[] signature(byte[] content) {
        return signature(content, true);
    }

    private static byte[] signature(byte[] content, boolean withContent) {
        try {
            TestCertificates.Identity identity = TestCertificates.elliptic(Instant.parse("2026-03-02T06:00:00Z"));
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(identity.keys().getPrivate()), identity.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(identity.certificate())));
            return generator.generate(new CMSProcessableByteArray(content), withContent).getEncoded("DER");
        } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static DocumentType received(String name, byte[] content) {
        try (Upload upload = Upload.receive(name, new ByteArrayInputStream(content), DocumentLimits.USUAL)) {
            return upload.type();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of the refusal, or {@code null} when the file was accepted. */
    static RefusalCode refusalOf(String name, byte[] content) {
        try {
            received(name, content);
            return null;
        } catch (Refusal refusal) {
            if (!"file".equals(refusal.field())) {
                throw new IllegalStateException(refusal);
            }
            return refusal.code();
        }
    }
}
