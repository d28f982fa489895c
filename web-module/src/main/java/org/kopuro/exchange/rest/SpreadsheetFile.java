package org.kopuro.exchange.rest;

import com.github.rzymek.opczip.OpcOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/**
 * A workbook (ECMA-376, SpreadsheetML) of texts and numbers that leaves while it is written: sheet after sheet, row after row, in each row cell after cell. In memory is a buffer, whatever leaves.
 *
 * <p>fastexcel, with which the few lines of templates are made, keeps an object for each cell and a String for each character of it, and takes more than twice the processor's time for an export of loans,
 * which has forty million cells. Archives are written by what it writes them by: {@link OpcOutputStream} knows what Excel expects of one beyond 4 GB.
 *
 * <p>Texts stand in their cells: a table of shared ones would stay in memory until the end. What XML has no character for is left out, and of half a pair of surrogates a question mark.
 */
public final class SpreadsheetFile implements Closeable {

    /** What a sheet of the format holds. */
    public static final int ROWS_MAX = 1_048_576;
    /** Of {@link Deflater}: loans take 12 % more room than by 4, which is fastexcel's, and 0.6 of the time. Who waits for a file is a person. */
    static final int LEVEL = 1;
    private static final int BUFFERED = 65_536;
    /** Characters that are written without asking for room; each takes six octets at most. */
    private static final int PIECE = 8_192;
    private static final int OCTETS_MAX = 6;
    private static final String SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final byte[][] ESCAPED = new byte[128][];

    static {
        // What is no character of XML.
        Arrays.fill(ESCAPED, 0, ' ', new byte[0]);
        ESCAPED['\t'] = octets("&#9;");
        ESCAPED['\n'] = octets("&#10;");
        ESCAPED['\r'] = octets("&#13;");
        ESCAPED['&'] = octets("&amp;");
        ESCAPED['<'] = octets("&lt;");
        ESCAPED['>'] = octets("&gt;");
        ESCAPED['"'] = octets("&quot;");
    }

    /** Shorter would be the type {@code str}, which some readers take for what a formula has made. */
    private static final byte[] TEXT = octets("\" t=\"inlineStr\"><is><t>");
    private static final byte[] TEXT_WITH_BLANKS = octets("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    private static final byte[] TEXT_ENDS = octets("</t></is></c>");
    private static final byte[] NUMBER = octets("\"><v>");
    private static final byte[] NUMBER_ENDS = octets("</v></c>");
    private static final byte[] ROW = octets("<row r=\"");
    private static final byte[] ROW_BEGINS = octets("\">");
    private static final byte[] ROW_ENDS = octets("</row>");

    private final Archive archive;
    private final byte[] buffer = new byte[BUFFERED];
    private int used;
    private final List<String> sheets = new ArrayList<>();
    /** What a cell begins with, by column: {@code <c r="AB}. */
    private final List<byte[]> cells = new ArrayList<>();
    private int row;
    private byte[] number = {};
    private int column;

    /** Deflates into pieces that are worth the call, and gives its memory back, which the collector does not see. */
    private static final class Archive extends OpcOutputStream {

        Archive(OutputStream octets) {
            super(octets);
            buf = new byte[BUFFERED];
            setLevel(LEVEL);
        }

        void release() {
            def.end();
        }
    }

    public SpreadsheetFile(OutputStream octets) {
        archive = new Archive(octets);
    }

    public void beginSheet(String name) throws IOException {
        sheets.add(name);
        row = 0;
        begin("xl/worksheets/sheet" + sheets.size() + ".xml");
        markup("<worksheet xmlns=\"" + SHEETS + "\"><sheetData>");
    }

    public void endSheet() throws IOException {
        markup("</sheetData></worksheet>");
        end();
    }

    public void beginRow() throws IOException {
        number = octets(Integer.toString(++row));
        column = 0;
        reserve();
        put(ROW);
        put(number);
        put(ROW_BEGINS);
    }

    public void endRow() throws IOException {
        reserve();
        put(ROW_ENDS);
    }

    /** The next cell of the row; one without text is left out. */
    public void text(String text) throws IOException {
        if (!text.isEmpty()) {
            beginCell();
            put(blank(text.charAt(0)) || blank(text.charAt(text.length() - 1)) ? TEXT_WITH_BLANKS : TEXT);
            characters(text);
            put(TEXT_ENDS);
        }
        column++;
    }

    /** @param value in decimal figures */
    public void number(String value) throws IOException {
        beginCell();
        put(NUMBER);
        characters(value);
        put(NUMBER_ENDS);
        column++;
    }

    /** Nothing more is written; without it the file is none. */
    public void finish() throws IOException {
        begin("xl/workbook.xml");
        markup("<workbook xmlns=\"" + SHEETS + "\" xmlns:r=\"" + RELATIONSHIPS + "\"><sheets>");
        for (int i = 1; i <= sheets.size(); i++) {
            markup("<sheet name=\"");
            characters(sheets.get(i - 1));
            markup("\" sheetId=\"" + i + "\" r:id=\"rId" + i + "\"/>");
        }
        markup("</sheets></workbook>");
        end();
        begin("xl/_rels/workbook.xml.rels");
        markup("<Relationships xmlns=\"" + PACKAGE + "relationships\">");
        for (int i = 1; i <= sheets.size(); i++) {
            markup("<Relationship Id=\"rId" + i + "\" Type=\"" + RELATIONSHIPS + "/worksheet\" Target=\"worksheets/sheet" + i + ".xml\"/>");
        }
        markup("<Relationship Id=\"rId" + (sheets.size() + 1) + "\" Type=\"" + RELATIONSHIPS + "/styles\" Target=\"styles.xml\"/></Relationships>");
        end();
        begin("xl/styles.xml");
        markup("<styleSheet xmlns=\"" + SHEETS + "\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill>"
                + "<patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\""
                + " fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>");
        end();
        begin("_rels/.rels");
        markup("<Relationships xmlns=\"" + PACKAGE + "relationships\"><Relationship Id=\"rId1\" Type=\"" + RELATIONSHIPS + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        end();
        begin("[Content_Types].xml");
        markup("<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\""
                + " ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" + CONTENT + "sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"" + CONTENT + "styles+xml\"/>");
        for (int i = 1; i <= sheets.size(); i++) {
            markup("<Override PartName=\"/xl/worksheets/sheet" + i + ".xml\" ContentType=\"" + CONTENT + "worksheet+xml\"/>");
        }
        markup("</Types>");
        end();
        archive.finish();
    }

    /** Gives back what it held. It does not finish: nobody shall take the half for the whole. */
    @Override
    public void close() {
        archive.release();
    }

    private void begin(String part) throws IOException {
        archive.putNextEntry(new ZipEntry(part));
        markup("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    }

    private void end() throws IOException {
        drain();
        archive.closeEntry();
    }

    private void beginCell() throws IOException {
        reserve();
        while (column >= cells.size()) {
            cells.add(octets("<c r=\"" + letters(cells.size())));
        }
        put(cells.get(column));
        put(number);
    }

    /** A to Z, AA to ZZ, and so on. */
    private static String letters(int column) {
        return (column < 26 ? "" : letters(column / 26 - 1)) + (char) ('A' + column % 26);
    }

    private static boolean blank(char c) {
        return c <= ' ';
    }

    private void markup(String text) throws IOException {
        reserve();
        put(octets(text));
    }

    /** Room for what is put between two texts, and for a piece of one. */
    private void reserve() throws IOException {
        if (used > BUFFERED - 4_096) {
            drain();
        }
    }

    private void put(byte[] octets) {
        System.arraycopy(octets, 0, buffer, used, octets.length);
        used += octets.length;
    }

    private void characters(String text) throws IOException {
        int length = text.length();
        if (length <= PIECE) {
            byte[] octets = octets(text);
            if (octets.length == length && plain(octets)) {
                if (used > BUFFERED - 4_096 - length) {
                    drain();
                }
                put(octets);
                return;
            }
        }
        for (int i = 0; i < length; ) {
            int end = Math.min(length, i + PIECE);
            if (used > BUFFERED - 4_096 - (end - i + 1) * OCTETS_MAX) {
                drain();
            }
            i = characters(text, i, end);
        }
        reserve();
    }

    /** Of ASCII, nothing of which XML wants to be escaped: that is what most cells hold. */
    private static boolean plain(byte[] octets) {
        for (byte octet : octets) {
            if (ESCAPED[octet] != null) {
                return false;
            }
        }
        return true;
    }

    /** In UTF-8, escaped where XML wants it. */
    private int characters(String text, int from, int to) {
        byte[] out = buffer;
        int at = used;
        int i = from;
        while (i < to) {
            char c = text.charAt(i++);
            if (c < 0x80) {
                byte[] escaped = ESCAPED[c];
                if (escaped == null) {
                    out[at++] = (byte) c;
                } else {
                    System.arraycopy(escaped, 0, out, at, escaped.length);
                    at += escaped.length;
                }
            } else if (c < 0x800) {
                out[at++] = (byte) (0xc0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                if (c <= 0xfffd) {
                    out[at++] = (byte) (0xe0 | c >> 12);
                    out[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                    out[at++] = (byte) (0x80 | c & 0x3f);
                }
            } else if (Character.isHighSurrogate(c) && i < text.length() && Character.isLowSurrogate(text.charAt(i))) {
                int point = Character.toCodePoint(c, text.charAt(i++));
                out[at++] = (byte) (0xf0 | point >> 18);
                out[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                out[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                out[at++] = (byte) (0x80 | point & 0x3f);
            } else {
                out[at++] = '?';
            }
        }
        used = at;
        return i;
    }

    private void drain() throws IOException {
        archive.write(buffer, 0, used);
        used = 0;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
