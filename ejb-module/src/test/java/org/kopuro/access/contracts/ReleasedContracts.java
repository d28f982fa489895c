package org.kopuro.access.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** The contracts of a source tree against what was released of them. */
final class ReleasedContracts {

    private static final Pattern LOCATION = Pattern.compile("schemaLocation=\"([^\"]*)\"");
    private static final Pattern BOUND_VERSION = Pattern.compile("<xrd:version>([^<]*)</xrd:version>");
    private static final Pattern NAMESPACE = Pattern.compile("<wsdl:definitions[^>]*\\stargetNamespace=\"([^\"]*)\"");
    private static final String SUMS = "SHA256SUMS";

    private final Path wsdls;
    private final Path schemas;
    private final Path released;
    private final Path inWork;

    /** @param root of the project */
    ReleasedContracts(Path root) {
        wsdls = root.resolve("wsdl/src/main/wsdl");
        schemas = root.resolve("xsd/src/main/xsd");
        released = root.resolve("wsdl/released");
        inWork = root.resolve("wsdl/in-work.txt");
    }

    /** Sentences for whoever broke something; none where all is well. */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        Set<String> built = versions(wsdls);
        Set<String> frozen = versions(released);
        Set<String> begun = Files.readAllLines(inWork).stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> namespaces = new HashMap<>();
        for (String version : built) {
            String wsdl = Files.readString(wsdl(version));
            Matcher bound = BOUND_VERSION.matcher(wsdl);
            while (bound.find()) {
                if (!version.endsWith("/" + bound.group(1))) {
                    problems.add(version + ": an operation calls itself version " + bound.group(1) + ".");
                }
            }
            Matcher namespace = NAMESPACE.matcher(wsdl);
            String other = namespace.find() ? namespaces.put(namespace.group(1), version) : null;
            if (other != null) {
                problems.add(version + ": has the namespace of " + other + ", " + namespace.group(1) + "; side by side each needs its own.");
            }
            if (frozen.contains(version) == begun.contains(version)) {
                problems.add(version + (frozen.contains(version) ? ": is released; take it out of wsdl/in-work.txt."
                        : ": is not released. Freeze it with wsdl/release " + version.replace('/', ' ') + ", or name it in wsdl/in-work.txt while it is in work."));
            }
        }
        for (String version : frozen) {
            for (Path release : folders(released.resolve(version))) {
                String name = version + ", release " + release.getFileName();
                problems.addAll(tampered(release, name));
                if (built.contains(version)) {
                    problems.addAll(broken(release, version, name));
                } else {
                    problems.add(name + ": participants use it, and the contract is gone.");
                }
            }
        }
        return problems;
    }

    private List<String> broken(Path release, String version, String name) throws IOException {
        Differences differences;
        try {
            differences = Contract.read(files(release)).differencesTo(Contract.read(working(version)));
        } catch (Refusal unreadable) {
            return List.of(name + ": cannot be compared. " + unreadable.sentence(Language.EN));
        }
        return differences.told().stream().filter(one -> one.effect() == Effect.BREAKING)
                .map(one -> name + ": BREAKING " + one.kind() + " " + one.path() + ". " + one.sentence(Language.EN)).toList();
    }

    private static List<String> tampered(Path release, String name) throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(release.resolve(SUMS))) {
            expected.put(line.substring(66), line.substring(0, 64));
        }
        Map<String, String> actual = new TreeMap<>();
        for (ContractDocument file : files(release)) {
            actual.put(file.fileName(), sha256(file.octets()));
        }
        return expected.equals(actual) ? List.of() : List.of(name + ": the frozen files are no longer those of " + SUMS + ".");
    }

    private static List<ContractDocument> files(Path release) throws IOException {
        try (Stream<Path> files = Files.list(release)) {
            return files.filter(file -> !file.endsWith(SUMS)).sorted().map(ComparingContractsTest::document).toList();
        }
    }

    /** The WSDL, and every schema that it refers to directly or through another one. */
    private List<ContractDocument> working(String version) throws IOException {
        Map<Path, ContractDocument> found = new LinkedHashMap<>();
        Deque<Path> waiting = new ArrayDeque<>(List.of(wsdls.relativize(wsdl(version))));
        while (!waiting.isEmpty()) {
            Path file = waiting.remove();
            if (found.containsKey(file)) {
                continue;
            }
            Path source = Files.exists(schemas.resolve(file)) ? schemas.resolve(file) : wsdls.resolve(file);
            found.put(file, ComparingContractsTest.document(source));
            Matcher location = LOCATION.matcher(Files.readString(source));
            while (location.find()) {
                waiting.add(file.resolveSibling(location.group(1)).normalize());
            }
        }
        return List.copyOf(found.values());
    }

    private Path wsdl(String version) {
        return wsdls.resolve(version).resolve(version.substring(0, version.indexOf('/')) + ".wsdl");
    }

    /** Such as tax/v1. */
    private static Set<String> versions(Path folder) throws IOException {
        Set<String> versions = new TreeSet<>();
        for (Path contract : folders(folder)) {
            folders(contract).forEach(version -> versions.add(contract.getFileName() + "/" + version.getFileName()));
        }
        return versions;
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
