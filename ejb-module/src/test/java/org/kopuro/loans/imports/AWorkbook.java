package org.kopuro.loans.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook as spreadsheets write it, and what they do not write. */
final class AWorkbook {

    static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private static final String MAIN = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final StringBuilder rows = new StringBuilder();
    private String workbookProperties = "";
    private String behindRows = "";
    private int row;

    /** Formats: 1 is a date, 2 a date and time of its own code, 3 per cent, 4 a number of its own code with letters in quotation marks. */
    static final int DATE = 1;
    static final int MOMENT = 2;
    static final int PERCENT = 3;
    static final int NUMBER = 4;

    AWorkbook() {
        parts.put("[Content_Types].xml", HEAD + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
        parts.put("_rels/.rels", relationships("<Relationship Id=\"rId1\" Type=\"" + TYPES + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
        parts.put("xl/_rels/workbook.xml.rels", relationships("<Relationship Id=\"rId2\" Type=\"" + TYPES + "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
                + "<Relationship Id=\"rId1\" Type=\"" + TYPES + "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId3\" Type=\"" + TYPES + "/styles\" Target=\"styles.xml\"/>"
                + "<Relationship Id=\"rId4\" Type=\"" + TYPES + "/sharedStrings\" Target=\"sharedStrings.xml\"/>"));
        parts.put("xl/styles.xml", HEAD + "<styleSheet" + MAIN + "><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\\ hh:mm\"/>"
                + "<numFmt numFmtId=\"165\" formatCode=\"[Red]#,##0.00&quot; days&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>");
        parts.put("xl/worksheets/sheet2.xml", HEAD + "<worksheet" + MAIN + "><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>another</v></c></row></sheetData>"
                + "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>");
    }

    private static String relationships(String each) {
        return HEAD + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + each + "</Relationships>";
    }

    AWorkbook part(String name, String content) {
        parts.put(name, content);
        return this;
    }

    AWorkbook from1904() {
        workbookProperties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    AWorkbook merged(String range) {
        behindRows = "<mergeCells count=\"1\"><mergeCell ref=\"" + range + "\"/></mergeCells>";
        return this;
    }

    /** A row of texts, kept as spreadsheets keep them: apart, each once. */
    AWorkbook row(String... cells) {
        row++;
        rows.append("<row r=\"").append(row).append("\">");
        for (int column = 0; column < cells.length; column++) {
            String cell = cells[column];
            if (cell.startsWith("<c")) {
                rows.append("<c r=\"").append(SheetRows.address(row, column)).append('"').append(cell.substring(2));
            } else if (!cell.isEmpty()) {
                int index = texts.indexOf(cell);
                if (index < 0) {
                    index = texts.size();
                    texts.add(cell);
                }
                rows.append("<c r=\"").append(SheetRows.address(row, column)).append("\" t=\"s\"><v>").append(index).append("</v></c>");
            }
        }
        rows.append("</row>");
        return this;
    }

    /** Raw XML of rows. */
    AWorkbook raw(String xml) {
        rows.append(xml);
        return this;
    }

    AWorkbook skip(int empty) {
        row += empty;
        return this;
    }

    static String number(String value) {
        return "<c><v>" + value + "</v></c>";
    }

    static String number(String value, int style) {
        return "<c s=\"" + style + "\"><v>" + value + "</v></c>";
    }

    static String formula(String formula, String value) {
        return "<c><f>" + formula + "</f><v>" + value + "</v></c>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Map<String, String> all = new LinkedHashMap<>(parts);
        all.putIfAbsent("xl/workbook.xml", HEAD + "<workbook" + MAIN + " xmlns:r=\"" + TYPES + "\">" + workbookProperties
                + "<sheets><sheet name=\"Loans\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Else\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>");
        StringBuilder shared = new StringBuilder(HEAD + "<sst" + MAIN + ">");
        texts.forEach(text -> shared.append("<si><t xml:space=\"preserve\">").append(escaped(text)).append("</t></si>"));
        all.putIfAbsent("xl/sharedStrings.xml", shared + "</sst>");
        all.putIfAbsent("xl/worksheets/sheet1.xml", HEAD + "<worksheet" + MAIN + "><sheetData>" + rows + "</sheetData>" + behindRows + "</worksheet>");
        all.forEach((name, content) -> files.put(name, content.getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    byte[] octets() {
        return zip(files());
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(octets)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }
}
