package org.kopuro.access.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.kernel.Language;

/**
 * Two contracts are compared. Each folder of {@code pairs} is a case: {@code before.xsd} and {@code after.xsd}, their WSDL where it is not the usual one, and the rule with what
 * must be found. Adding a folder adds a test.
 */
class ComparingContractsTest {

    static List<String> pairs() throws IOException, URISyntaxException {
        try (Stream<Path> folders = Files.list(folder().resolve("pairs"))) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void tellsInWhatTheyDifferAndWhatBreaks(String pair) throws IOException, URISyntaxException {
        Differences found = contract(pair, "before").differencesTo(contract(pair, "after"));
        Set<String> told = found.told().stream().map(one -> one.effect() + " " + one.kind() + " " + one.path() + " |" + one.before().replace("|", "\\|") + "|" + one.after().replace("|", "\\|"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = Files.readAllLines(folder().resolve("pairs").resolve(pair).resolve("expected.txt")).stream().filter(line -> !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", expected), String.join("\n", told));
        assertEquals(expected.size(), found.total());
        assertEquals(expected.stream().filter(line -> line.startsWith("BREAKING")).count(), found.breaking());
    }

    /** What hurts one way does not hurt the other, or both ways. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void findsAsMuchOnTheWayBack(String pair) throws IOException, URISyntaxException {
        Contract before = contract(pair, "before");
        Contract after = contract(pair, "after");
        assertEquals(before.differencesTo(after).total(), after.differencesTo(before).total());
    }

    @ParameterizedTest
    @EnumSource(DifferenceKind.class)
    void saysEachKindInASentenceOfEachLanguage(DifferenceKind kind) {
        Set<String> sentences = Stream.of(Language.values()).map(language -> new Difference(kind, "Some/path", "before", "after", Effect.BREAKING).sentence(language)).collect(Collectors.toSet());
        assertEquals(3, sentences.size());
        sentences.forEach(sentence -> assertTrue(sentence.contains("Some/path") && !sentence.contains("{"), sentence));
    }

    @Test
    void knowsEveryKindByACase() throws IOException, URISyntaxException {
        Set<String> missing = Stream.of(DifferenceKind.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
        for (String pair : pairs()) {
            String expected = Files.readString(folder().resolve("pairs").resolve(pair).resolve("expected.txt"));
            missing.removeIf(expected::contains);
        }
        assertEquals(Set.of("ABSTRACT_CHANGED"), missing);
    }

    @Test
    void tellsOfOneOperationWhatConcernsIt() throws IOException, URISyntaxException {
        Contract before = contract("operation-removed", "before");
        Contract after = contract("operation-removed", "after");
        assertEquals(0, before.differencesTo(after, "ask").total());
        assertEquals(1, before.differencesTo(after, "tell").breaking());
    }

    @Test
    void readsTheContractThatIsServed() throws IOException {
        Path root = Path.of("..");
        Contract served = Contract.read(Stream.of("wsdl/src/main/wsdl/tax/v1/tax.wsdl", "xsd/src/main/xsd/tax/v1/messages.xsd", "xsd/src/main/xsd/tax/v1/types.xsd",
                "xsd/src/main/xsd/tax/v1/faults.xsd", "xsd/src/main/xsd/xroad/xroad.xsd", "xsd/src/main/xsd/xroad/identifiers.xsd", "xsd/src/main/xsd/xroad/security-token.xsd")
                .map(root::resolve).map(ComparingContractsTest::document).toList());
        assertEquals(6, served.operations().size());
        assertTrue(served.operations().contains("headcount"));
        assertFalse(served.differencesTo(contractOrThrow("nothing")).told().isEmpty());
        assertEquals(Differences.NONE, served.differencesTo(served));
    }

    private static Contract contractOrThrow(String pair) throws IOException {
        try {
            return contract(pair, "before");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static ContractDocument document(Path file) {
        try {
            return new ContractDocument(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Contract contract(String pair, String side) throws IOException, URISyntaxException {
        Path folder = folder().resolve("pairs").resolve(pair);
        Path wsdl = folder.resolve(side + ".wsdl");
        return Contract.read(List.of(new ContractDocument("service.wsdl", Files.readAllBytes(Files.exists(wsdl) ? wsdl : folder().resolve("service.wsdl"))),
                new ContractDocument("schema.xsd", Files.readAllBytes(folder.resolve(side + ".xsd")))));
    }

    static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ComparingContractsTest.class.getResource("service.wsdl")).toURI()).getParent();
    }
}
