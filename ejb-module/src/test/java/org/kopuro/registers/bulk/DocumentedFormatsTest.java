package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentedFormatsTest {

    private static final Pattern COLUMN = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    @ParameterizedTest
    @EnumSource
    void describeTheColumnsThatTheLoaderReadsAndShowTheFileThatTheTestsLoad(RegisterTable table) throws IOException {
        describe(table.tableName(), table.columns());
    }

    @ParameterizedTest
    @EnumSource
    void ofPayrollAreDescribedLikewise(PayrollTable table) throws IOException {
        describe(table.tableName(), table.columns());
    }

    private void describe(String table, List<String> columns) throws IOException {
        String page = Files.readString(Path.of("../docs/operating/registers.md"));
        String heading = "### " + table + "\n";
        assertTrue(page.contains(heading), heading);
        String section = page.substring(page.indexOf(heading) + heading.length()).split("(?m)^##")[0];
        List<String> described = new ArrayList<>();
        for (Matcher column = COLUMN.matcher(section); column.find();) {
            described.add(column.group(1));
        }
        assertEquals(columns, described);
        try (InputStream example = getClass().getResourceAsStream("/org/kopuro/registers/" + table + ".csv")) {
            String file = new String(example.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(section.contains("```csv\n" + file + "```"), table);
        }
    }
}
