package org.kopuro.loans.imports;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.TableFile;
import org.kopuro.kernel.Refusal;

/**
 * The first sheet of a workbook (ECMA-376, SpreadsheetML), row by row: nothing is in memory but one row, the texts that cells share, and which formats are dates. Rows and cells come in their order,
 * or the workbook is taken for damaged: two programs must not read two tables in it.
 */
final class WorkbookTable {

    /** The last day that a spreadsheet knows is 31.12.9999. */
    /** The exponent that a number can have is short; a long one would be a number of a million digits. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]{1,400}(\\.[0-9]{0,400})?|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,3})?");
    private static final BigDecimal DATE_MAX = BigDecimal.valueOf(2_958_466);
    private static final long SECONDS_A_DAY = 86_400;
    /** The day before 1 January 1900, and the one on which counting stands that knows a 29 February 1900. */
    private static final LocalDate EPOCH_1900 = LocalDate.of(1899, 12, 31);
    private static final LocalDate EPOCH_1900_AFTER_FEBRUARY = LocalDate.of(1899, 12, 30);
    private static final int FEBRUARY_29 = 60;
    private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
    private static final int ROWS_OF_A_SHEET = 1_048_576;
    private static final int COLUMNS_OF_A_SHEET = 16_384;
    private static final int FORMATS_MAX = 100_000;
    /** Of a format's code, as spreadsheets have it; a longer one is none of theirs, and formats nothing. */
    private static final int FORMAT_CHARACTERS_MAX = 255;
    private static final int RELATIONSHIPS_MAX = 10_000;

    private final TableFile file;
    private final ImportLimits limits;
    private final List<Format> formats = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private boolean from1904;

    /** How a number is meant. */
    private enum Format {
        PLAIN, DATE, PERCENT
    }

    private record Relationship(String type, String target) {
        boolean is(String kind) {
            return type.endsWith("/" + kind);
        }
    }

    /** Looks at each start and end of an element and at text; what is shared by all loops over XML. */
    private interface Look {
        void at(int event, String element) throws XMLStreamException, IOException;
    }

    WorkbookTable(TableFile file, ImportLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    void read(SheetRows rows) throws IOException {
        String workbook = target(relationships("").values(), "officeDocument").orElseThrow(WorkbookTable::damaged);
        Map<String, Relationship> parts = relationships(workbook);
        String first = file.part(workbook, this::firstSheet).flatMap(found -> found).orElseThrow(WorkbookTable::damaged);
        Relationship sheet = Optional.ofNullable(parts.get(first)).filter(part -> part.is("worksheet")).orElseThrow(WorkbookTable::damaged);
        Optional<String> styles = target(parts.values(), "styles");
        if (styles.isPresent()) {
            file.part(styles.get(), this::readStyles).orElseThrow(WorkbookTable::damaged);
        }
        Optional<String> shared = target(parts.values(), "sharedStrings");
        if (shared.isPresent()) {
            file.part(shared.get(), this::readTexts).orElseThrow(WorkbookTable::damaged);
        }
        file.part(sheet.target(), xml -> new SheetReading(xml, rows).read()).orElseThrow(WorkbookTable::damaged);
    }

    private static Optional<String> target(Collection<Relationship> parts, String kind) {
        return parts.stream().filter(part -> part.is(kind)).map(Relationship::target).findFirst();
    }

    /** By their ids, with the parts' full names. */
    private Map<String, Relationship> relationships(String part) throws IOException {
        int slash = part.lastIndexOf('/') + 1;
        String list = part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels";
        return file.part(list, xml -> {
            Map<String, Relationship> found = new LinkedHashMap<>();
            each(xml, (event, element) -> {
                if (event == XMLStreamConstants.START_ELEMENT && element.equals("Relationship") && !"External".equalsIgnoreCase(xml.getAttributeValue(null, "TargetMode"))) {
                    if (found.size() == RELATIONSHIPS_MAX || found.put(attribute(xml, "Id"), new Relationship(attribute(xml, "Type"), resolve(part, attribute(xml, "Target")))) != null) {
                        throw damaged();
                    }
                }
            });
            return found;
        }).orElseThrow(WorkbookTable::damaged);
    }

    private static String resolve(String part, String target) {
        try {
            String path = URI.create("/" + part).resolve(target).getPath();
            return path == null || !path.startsWith("/") ? "" : path.substring(1);
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static String attribute(XMLStreamReader xml, String name) {
        return Optional.ofNullable(xml.getAttributeValue(null, name)).orElseThrow(WorkbookTable::damaged);
    }

    private Optional<String> firstSheet(XMLStreamReader xml) throws XMLStreamException, IOException {
        List<String> sheets = new ArrayList<>();
        each(xml, (event, element) -> {
            if (event == XMLStreamConstants.START_ELEMENT && element.equals("workbookPr")) {
                from1904 = flag(xml.getAttributeValue(null, "date1904"));
            } else if (event == XMLStreamConstants.START_ELEMENT && element.equals("sheet") && sheets.isEmpty()) {
                for (int i = 0; i < xml.getAttributeCount(); i++) {
                    if (xml.getAttributeLocalName(i).equals("id") && String.valueOf(xml.getAttributeNamespace(i)).endsWith("/relationships")) {
                        sheets.add(xml.getAttributeValue(i));
                    }
                }
            }
        });
        return sheets.stream().findFirst();
    }

    private static boolean flag(String text) {
        return "1".equals(text) || "true".equals(text) || "on".equals(text);
    }

    private boolean readStyles(XMLStreamReader xml) throws XMLStreamException, IOException {
        Map<Integer, Format> own = new HashMap<>();
        boolean[] ofCells = new boolean[1];
        each(xml, (event, element) -> {
            boolean start = event == XMLStreamConstants.START_ELEMENT;
            if (element.equals("cellXfs")) {
                ofCells[0] = start;
            } else if (start && element.equals("numFmt")) {
                own.put(number(attribute(xml, "numFmtId")), named(attribute(xml, "formatCode")));
            } else if (start && ofCells[0] && element.equals("xf")) {
                int id = number(Optional.ofNullable(xml.getAttributeValue(null, "numFmtId")).orElse("0"));
                formats.add(own.getOrDefault(id, builtIn(id)));
            }
            if (formats.size() > FORMATS_MAX || own.size() > FORMATS_MAX) {
                throw damaged();
            }
        });
        return true;
    }

    /** ECMA-376 part 1, 18.8.30, and the dates of other languages among them. */
    private static Format builtIn(int id) {
        if (id == 9 || id == 10) {
            return Format.PERCENT;
        }
        return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58 ? Format.DATE : Format.PLAIN;
    }

    private static Format named(String code) {
        if (code.length() > FORMAT_CHARACTERS_MAX) {
            return Format.PLAIN;
        }
        // What is in quotation marks, behind a backslash or in brackets is shown, and formats nothing, but for hours that count on. A bracket
        // that does not end takes the rest: else the rest would be looked through for each.
        String bare = code.replaceAll("\"[^\"]*\"|\\\\.|_.|\\[(?!h+\\]|m+\\]|s+\\])[^\\]]*+(?:\\]|\\z)", "");
        if (bare.toLowerCase(Locale.ROOT).contains("general")) {
            return Format.PLAIN;
        }
        return bare.matches("(?is).*[dmyhs].*") ? Format.DATE : bare.contains("%") ? Format.PERCENT : Format.PLAIN;
    }

    private boolean readTexts(XMLStreamReader xml) throws XMLStreamException, IOException {
        TextOf text = new TextOf(xml, ImportLimits.CELL_MAX);
        long[] characters = new long[1];
        each(xml, (event, element) -> {
            if (event == XMLStreamConstants.START_ELEMENT && element.equals("si")) {
                text.begin();
            } else if (event == XMLStreamConstants.END_ELEMENT && element.equals("si")) {
                String whole = text.end();
                texts.add(whole);
                // An empty one costs, too.
                characters[0] += whole.length() + 8;
                if (characters[0] > limits.sharedCharactersMax()) {
                    throw Refusal.of(ImportRefusal.TABLE_TEXTS_TOO_MANY, SheetRows.FIELD);
                }
            } else {
                text.at(event, element);
            }
        });
        return true;
    }

    private static void each(XMLStreamReader xml, Look look) throws XMLStreamException, IOException {
        while (xml.hasNext()) {
            int event = xml.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> look.at(event, xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> look.at(event, "");
                default -> { }
            }
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static Refusal damaged() {
        return Refusal.of(DocumentRefusal.DOCUMENT_DAMAGED, SheetRows.FIELD);
    }

    /** Text of an element's runs, without what says how it is pronounced; one character more than the limit at most. */
    private static final class TextOf {

        private final XMLStreamReader xml;
        private final int most;
        private final StringBuilder text = new StringBuilder();
        private boolean open;
        private boolean inText;
        private int phonetic;

        TextOf(XMLStreamReader xml, int most) {
            this.xml = xml;
            this.most = most;
        }

        void begin() {
            text.setLength(0);
            open = true;
            inText = false;
            phonetic = 0;
        }

        String end() {
            open = false;
            inText = false;
            return text.toString();
        }

        void at(int event, String element) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                phonetic += element.equals("rPh") ? 1 : 0;
                inText = open && phonetic == 0 && (element.equals("t") || element.equals("v"));
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                phonetic -= element.equals("rPh") ? 1 : 0;
                inText = false;
            } else if (inText) {
                int length = Math.min(xml.getTextLength(), most + 1 - text.length());
                if (length > 0) {
                    text.append(xml.getTextCharacters(), xml.getTextStart(), length);
                }
            }
        }
    }

    /** One pass over a sheet. */
    private final class SheetReading {

        private final XMLStreamReader xml;
        private final SheetRows rows;
        private final TextOf text;
        private final List<Cell> cells = new ArrayList<>();
        private int row;
        private int column;
        private String type;
        private Format format;
        private boolean inCell;
        private boolean formula;
        private boolean enough;

        SheetReading(XMLStreamReader xml, SheetRows rows) {
            this.xml = xml;
            this.rows = rows;
            text = new TextOf(xml, ImportLimits.CELL_MAX);
        }

        boolean read() throws XMLStreamException, IOException {
            each(xml, this::at);
            return true;
        }

        private void at(int event, String element) throws IOException {
            if (enough) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                start(element);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end(element);
            } else {
                text.at(event, element);
            }
        }

        private void start(String element) {
            switch (element) {
                case "row" -> {
                    int before = row;
                    String given = xml.getAttributeValue(null, "r");
                    row = given == null ? row + 1 : number(given);
                    column = -1;
                    cells.clear();
                    if (row <= before || row > ROWS_OF_A_SHEET) {
                        throw damaged();
                    }
                }
                case "c" -> {
                    int before = column;
                    String given = xml.getAttributeValue(null, "r");
                    column = given == null ? column + 1 : column(given);
                    if (inCell || row == 0 || column <= before || column >= COLUMNS_OF_A_SHEET) {
                        throw damaged();
                    }
                    type = Optional.ofNullable(xml.getAttributeValue(null, "t")).orElse("n");
                    String style = xml.getAttributeValue(null, "s");
                    int index = style == null ? 0 : number(style);
                    format = index >= 0 && index < formats.size() ? formats.get(index) : Format.PLAIN;
                    inCell = true;
                    formula = false;
                    text.begin();
                }
                case "f" -> formula |= inCell;
                case "mergeCell" -> throw Refusal.of(ImportRefusal.TABLE_MERGED_CELLS, SheetRows.FIELD, range(String.valueOf(xml.getAttributeValue(null, "ref"))));
                default -> text.at(XMLStreamConstants.START_ELEMENT, element);
            }
        }

        private void end(String element) throws IOException {
            switch (element) {
                case "c" -> {
                    inCell = false;
                    Cell cell = cell(text.end());
                    if (!cell.empty()) {
                        rows.requireColumn(column);
                        while (cells.size() < column) {
                            cells.add(Cell.EMPTY);
                        }
                        cells.add(cell);
                    }
                }
                case "row" -> enough = !rows.add(row, cells, true);
                default -> text.at(XMLStreamConstants.END_ELEMENT, element);
            }
        }

        /** Of an address such as AB12, whose row must be this one. */
        private int column(String address) {
            int letters = 0;
            int number = 0;
            while (letters < address.length() && letters < 4 && address.charAt(letters) >= 'A' && address.charAt(letters) <= 'Z') {
                number = number * 26 + address.charAt(letters++) - 'A' + 1;
            }
            if (letters == 0 || !address.substring(letters).equals(String.valueOf(row))) {
                throw damaged();
            }
            return number - 1;
        }

        private String range(String ref) {
            return ref.matches("[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}") ? ref : "?";
        }

        private Cell cell(String value) {
            String stored = type.equals("s") && !value.isEmpty() ? shared(value) : value;
            if (stored.length() > ImportLimits.CELL_MAX) {
                throw rows.tooLong(row, column);
            }
            if (formula) {
                return new Cell(Cell.Kind.FORMULA, stored);
            }
            return switch (type) {
                case "s", "str", "inlineStr" -> Cell.text(stored);
                case "b" -> stored.isEmpty() ? Cell.EMPTY : new Cell(Cell.Kind.BOOLEAN, stored);
                case "e" -> new Cell(Cell.Kind.ERROR, stored);
                case "d" -> stored.isEmpty() ? Cell.EMPTY : new Cell(Cell.Kind.DATE, stored);
                case "n" -> stored.isBlank() ? Cell.EMPTY : numeric(stored.strip());
                default -> throw damaged();
            };
        }

        private String shared(String index) {
            int number = number(index);
            if (number < 0 || number >= texts.size()) {
                throw damaged();
            }
            return texts.get(number);
        }

        private Cell numeric(String stored) {
            if (!NUMBER.matcher(stored).matches()) {
                throw damaged();
            }
            return switch (format) {
                case PLAIN -> new Cell(Cell.Kind.NUMBER, stored);
                case PERCENT -> new Cell(Cell.Kind.PERCENT, stored);
                case DATE -> moment(new BigDecimal(stored)).map(moment -> new Cell(Cell.Kind.DATE, moment)).orElseGet(() -> new Cell(Cell.Kind.NUMBER, stored));
            };
        }
    }

    /** Empty for what is no day that a spreadsheet knows. */
    private Optional<String> moment(BigDecimal serial) {
        if (serial.signum() < 0 || serial.compareTo(DATE_MAX) >= 0) {
            return Optional.empty();
        }
        long seconds = serial.multiply(BigDecimal.valueOf(SECONDS_A_DAY)).setScale(0, RoundingMode.HALF_UP).longValueExact();
        long days = seconds / SECONDS_A_DAY;
        if (!from1904 && (days == FEBRUARY_29 || days == 0)) {
            return Optional.empty();
        }
        LocalDate day = (from1904 ? EPOCH_1904 : days > FEBRUARY_29 ? EPOCH_1900_AFTER_FEBRUARY : EPOCH_1900).plusDays(days);
        LocalDateTime moment = day.atStartOfDay().plusSeconds(seconds % SECONDS_A_DAY);
        return Optional.of(seconds % SECONDS_A_DAY == 0 ? day.toString() : moment.toString());
    }
}
