package org.kopuro.access.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A released contract is frozen: {@code wsdl/released/README.md} says what to do when this fails. */
class ReleasedContractsTest {

    private static final Path PROJECT = Path.of("..");

    @Test
    void breakNothingThatWasReleased() throws IOException {
        assertEquals("", String.join("\n", new ReleasedContracts(PROJECT).problems()));
    }

    /** What the guard would say, on copies. */
    @Nested
    class OfACopyOfTheProject {

        private static final String TYPES = "xsd/src/main/xsd/tax/v1/types.xsd";
        private static final String WSDL = "wsdl/src/main/wsdl/tax/v1/tax.wsdl";

        @TempDir
        Path copy;

        @BeforeEach
        void copied() throws IOException {
            for (String part : List.of("wsdl/src/main/wsdl", "wsdl/released", "wsdl/in-work.txt", "xsd/src/main/xsd")) {
                copy(PROJECT.resolve(part), copy.resolve(part));
            }
            Files.writeString(copy.resolve("wsdl/in-work.txt"), "# nothing\n");
            for (Path contract : List.copyOf(unreleased())) {
                delete(contract);
            }
        }

        @Test
        void aCompatibleChangePasses() throws IOException {
            change(TYPES, "<xs:element name=\"dateTo\" type=\"Input\" minOccurs=\"0\"/>", "<xs:element name=\"dateTo\" type=\"Input\" minOccurs=\"0\"/><xs:element name=\"note\" type=\"Input\" minOccurs=\"0\"/>");
            change(WSDL, "<xrd:title>Whether a taxpayer has a tax debt</xrd:title>", "<xrd:title>Tax debt</xrd:title>");
            assertEquals(List.of(), problems());
        }

        @Test
        void aBreakingChangeIsNamed() throws IOException {
            change(TYPES, "name=\"FullName\"", "name=\"Name\"");
            List<String> problems = problems();
            assertTrue(problems.stream().anyMatch(one -> one.startsWith("tax/v1, release 1: BREAKING ELEMENT_REMOVED") && one.contains("FullName")), problems.toString());
            assertTrue(problems.stream().noneMatch(one -> one.startsWith("access")), problems.toString());
        }

        @Test
        void whatTheHeaderHoldsIsFrozenToo() throws IOException {
            change("xsd/src/main/xsd/xroad/identifiers.xsd", "name=\"memberCode\" type=\"xs:string\"", "name=\"memberCode\" type=\"xs:int\"");
            for (String contract : List.of("access/v1", "consent/v1", "tax/v1")) {
                assertEquals(2, problems().stream().filter(one -> one.startsWith(contract) && one.contains("BREAKING TYPE_CHANGED") && one.contains("memberCode")).count(), problems().toString());
            }
            assertEquals(6, problems().size(), problems().toString());
        }

        @Test
        void aSecondVersionStandsBesideTheFirst() throws IOException {
            for (String folder : List.of("wsdl/src/main/wsdl/tax/", "xsd/src/main/xsd/tax/")) {
                copy(copy.resolve(folder + "v1"), copy.resolve(folder + "v2"));
            }
            change("xsd/src/main/xsd/tax/v2/types.xsd", "name=\"FullName\"", "name=\"Name\"");
            List<String> careless = problems();
            assertTrue(careless.contains("tax/v2: an operation calls itself version v1."), careless.toString());
            assertTrue(careless.stream().anyMatch(one -> one.startsWith("tax/v2: has the namespace of tax/v1")), careless.toString());
            assertTrue(careless.stream().anyMatch(one -> one.startsWith("tax/v2: is not released.")), careless.toString());
            for (String file : List.of("wsdl/src/main/wsdl/tax/v2/tax.wsdl", "xsd/src/main/xsd/tax/v2/types.xsd", "xsd/src/main/xsd/tax/v2/messages.xsd", "xsd/src/main/xsd/tax/v2/faults.xsd")) {
                change(file, "http://gns-security-server.x-road.fi/producer", "http://gns-security-server.x-road.fi/producer/v2");
            }
            change("wsdl/src/main/wsdl/tax/v2/tax.wsdl", "<xrd:version>v1<", "<xrd:version>v2<");
            Files.writeString(copy.resolve("wsdl/in-work.txt"), "tax/v2\n");
            assertEquals(List.of(), problems());
        }

        @Test
        void aReleasedVersionDoesNotDisappear() throws IOException {
            delete(copy.resolve("wsdl/src/main/wsdl/tax/v1"));
            assertEquals(List.of("tax/v1, release 1: participants use it, and the contract is gone."), problems());
        }

        @Test
        void whatIsFrozenIsNotEdited() throws IOException {
            change("wsdl/released/tax/v1/1/types.xsd", "name=\"FullName\"", "name=\"Name\"");
            change(TYPES, "name=\"FullName\"", "name=\"Name\"");
            assertEquals(List.of("tax/v1, release 1: the frozen files are no longer those of SHA256SUMS."), problems());
        }

        private List<String> problems() throws IOException {
            return new ReleasedContracts(copy).problems();
        }

        private void change(String file, String from, String to) throws IOException {
            Path path = copy.resolve(file);
            String text = Files.readString(path);
            assertTrue(text.contains(from), file);
            Files.writeString(path, text.replace(from, to));
        }

        /** So that what is in work in the project does not matter here. */
        private List<Path> unreleased() throws IOException {
            Path wsdls = copy.resolve("wsdl/src/main/wsdl");
            try (Stream<Path> folders = Files.walk(wsdls, 2)) {
                return folders.filter(folder -> wsdls.relativize(folder).getNameCount() == 2 && Files.isDirectory(folder)
                        && !Files.exists(copy.resolve("wsdl/released").resolve(wsdls.relativize(folder)))).toList();
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? target : target.getParent());
                if (!Files.isDirectory(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((one, other) -> other.getNameCount() - one.getNameCount()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
