package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demo's first loan, by the lines of the README as they stand there. */
interface LoanByCurl {

    Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    RunCommand running();

    @Test
    default void theWorkedExampleIsFormedAndApprovedAsTheReadmeSays() throws Exception {
        Program.require(running().var(), "curl", "curl", "--version");
        for (String login : List.of("loans-bank", "loans-controller", "regulator", "minec")) {
            assertTrue(running().console().contains("  account   " + login), running().console());
        }
        List<String> lines = Files.readAllLines(RunCommand.ROOT.resolve("README.md")).stream().filter(line -> line.startsWith("    loans")).map(this::here).toList();
        assertEquals(3, lines.size(), lines::toString);
        String formed = answer(201, lines.get(0), lines.get(1));
        assertTrue(formed.contains("\"1\"") && formed.contains("\"maximum\":\"15350400.00\"") && formed.contains("\"verdict\":\"MEETS\""), formed);
        Matcher id = ID.matcher(formed);
        assertTrue(id.find(), formed);
        assertTrue(answer(201, lines.get(0), lines.get(1)).contains(id.group()), "the same key is the same loan");
        String sheet = answer(200, lines.get(0), "loans /" + id.group(1) + "/sheet");
        assertTrue(sheet.contains("\"result\":\"15350400.00\"") && sheet.contains("\"counted\":100") && sheet.contains("\"read\":120"), sheet);
        String approved = answer(200, lines.get(0), lines.get(2).replace("/ID/", "/" + id.group(1) + "/"));
        assertTrue(approved.contains("\"2\"") && approved.contains("\"status\":\"APPROVED\""), approved);
    }

    /** What somebody types who runs it elsewhere. */
    private String here(String line) {
        return line.strip().replace("var/demo", running().var().resolve("demo").toString()).replace("127.0.0.1:8080", "127.0.0.1:" + running().port()).replace("curl -i", "curl -sS -i");
    }

    private String answer(int status, String... lines) throws Exception {
        Program curl = Program.ended(List.of("bash", "-c", String.join("\n", lines)), RunCommand.ROOT, List.of());
        assertEquals(0, curl.exitCode(), curl.output());
        assertTrue(curl.output().startsWith("HTTP/1.1 " + status), curl.output());
        return curl.output();
    }
}
