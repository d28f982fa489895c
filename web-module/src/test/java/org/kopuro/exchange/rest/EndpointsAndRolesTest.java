package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.jws.WebService;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Who may call what: everything that listens, against the table beside this class. What is added is nobody's, and fails here until it stands in the table. */
class EndpointsAndRolesTest {

    private static final String TABLE = "endpoints-and-roles.txt";
    private static final JavaClasses SHIPPED = new ClassFileImporter().importPath(java.nio.file.Path.of("target/classes"));

    /** @param roles of whoever may call it; everybody may where it is open, signed in or not */
    private record Endpoint(String verb, String path, boolean open, Set<Role> roles) {

        String row() {
            String marks = Stream.of(Role.values()).map(role -> open || roles.contains(role) ? "x" : ".").collect(Collectors.joining(" "));
            return "%-6s %-64s %s%s".formatted(verb, path, marks, open ? " o" : "").strip();
        }

        boolean reads() {
            return verb.equals("GET");
        }
    }

    @Test
    void everyEndpointIsForWhomTheTableSays() throws IOException {
        try (InputStream table = getClass().getResourceAsStream(TABLE)) {
            List<String> rows = new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank()).map(String::strip).toList();
            assertEquals(String.join("\n", rows), endpoints().stream().map(Endpoint::row).sorted().collect(Collectors.joining("\n")));
        }
    }

    @Test
    void noEndpointIsNobodys() {
        assertEquals(List.of(), endpoints().stream().filter(one -> !one.open() && one.roles().isEmpty()).toList());
    }

    @Test
    void whatSaysNothingIsNobodys() throws NoSuchMethodException {
        assertEquals(Optional.empty(), Gate.permitted(EndpointsAndRolesTest.class.getDeclaredMethod("whatSaysNothingIsNobodys")));
    }

    @Test
    void anAuditorReadsWhateverAnyOfficialReadsAndChangesNothing() {
        List<Endpoint> closed = endpoints().stream().filter(one -> !one.open()).toList();
        assertEquals(List.of(), closed.stream().filter(one -> one.reads() && one.roles().stream().anyMatch(Role::ofAuthority) && !one.roles().contains(Role.AUDITOR)).toList());
        // Reading that names a person: what is asked stands in a body (decision 0030).
        Set<String> readWithBodies = Set.of("/api/v1/usage/inspections", "/api/v1/ledger/entries/{id}/receipt", "/api/v1/loan-searches", "/api/v1/loan-exports", "/api/v1/loan-rankings",
                "/api/v1/loan-aggregates");
        assertEquals(List.of(), closed.stream().filter(one -> !one.reads() && one.roles().contains(Role.AUDITOR) && !readWithBodies.contains(one.path())).toList());
    }

    /** The container knows sides, the gate knows roles: what the gate would let through must get as far. */
    @Test
    void theContainerLetsThroughWhomTheTableNamesAndNobodyBesidesTheirSide() throws Exception {
        Constraints constraints = Constraints.read();
        for (Endpoint one : endpoints()) {
            if (one.path().startsWith("/api/v1/")) {
                Optional<Set<String>> groups = constraints.groups(one.verb(), one.path());
                assertEquals(one.open(), groups.isEmpty(), () -> one.verb() + " " + one.path() + " is open to the container, or to the gate, alone");
                for (Role role : one.open() ? Set.<Role>of() : one.roles()) {
                    assertTrue(groups.get().contains(role.name()) || Role.OFFICIALS.contains(role) && groups.get().contains(Role.NAME_OF_OFFICIALS),
                            () -> role + " does not get to " + one.verb() + " " + one.path());
                }
            }
        }
        assertEquals(Optional.of(Set.of()), constraints.groups("GET", "/api/v1/something/else"));
    }

    /** The services of the exchange ask for no account: a subsystem is known by its certificate, and what it may do is in its access rights. Who takes part, anybody may ask. */
    @Test
    void whatElseListensIsKnown() {
        assertEquals(Set.of("ErrorPage", "SoapServlet", "RestServlet", "ListClients"), named(WebServlet.class));
        assertEquals(Set.of("TaxEndpoint", "AccessEndpoint", "ConsentEndpoint"), named(WebService.class));
        assertEquals(Set.of("RestApplication", "LedgerApplication"), named(ApplicationPath.class));
    }

    private static Set<String> named(Class<? extends Annotation> annotation) {
        return SHIPPED.stream().filter(one -> !one.isInterface() && one.isAnnotatedWith(annotation)).map(JavaClass::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (JavaClass resource : SHIPPED) {
            if (resource.isAnnotatedWith(Path.class)) {
                Class<?> type = resource.reflect();
                String root = type.getPackageName().equals("org.kopuro.ledger.rest") && type.getSimpleName().equals("PublishedTreeResource") ? "/ledger" : "/api/v1";
                for (Method method : type.getMethods()) {
                    verb(method).ifPresent(verb -> endpoints.add(new Endpoint(verb, root + path(type, method), Gate.everybody(method),
                            Gate.permitted(method).map(EndpointsAndRolesTest::sorted).orElse(Set.of()))));
                }
            }
        }
        assertTrue(endpoints.size() > 100, () -> "only " + endpoints.size() + " endpoints were found");
        return endpoints;
    }

    private static Set<Role> sorted(Set<Role> roles) {
        return roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations()).map(one -> one.annotationType().getAnnotation(HttpMethod.class)).filter(one -> one != null).map(HttpMethod::value).findFirst();
    }

    private static String path(Class<?> type, Method method) {
        String inside = method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "";
        return Stream.of(type.getAnnotation(Path.class).value(), inside).map(part -> part.replaceAll("^/|/$", "").replaceAll("\\{(\\w+):(?:[^{}]|\\{[^{}]*\\})*\\}", "{$1}"))
                .filter(part -> !part.isEmpty()).map(part -> "/" + part).collect(Collectors.joining());
    }

    /** {@code web.xml}, read as the servlet specification reads it: the best matching pattern decides, and all constraints that name it together. */
    private record Constraints(List<Constraint> all) {

        private record Constraint(Set<String> patterns, Set<String> only, Set<String> omitted, Optional<Set<String>> groups) {

            boolean covers(String verb) {
                return (only.isEmpty() || only.contains(verb)) && !omitted.contains(verb);
            }
        }

        static Constraints read() throws Exception {
            Document document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse("src/main/webapp/WEB-INF/web.xml");
            List<Constraint> all = new ArrayList<>();
            for (Element constraint : elements(document.getDocumentElement(), "security-constraint")) {
                Optional<Set<String>> groups = elements(constraint, "auth-constraint").stream().findFirst().map(auth -> texts(auth, "role-name"));
                for (Element collection : elements(constraint, "web-resource-collection")) {
                    all.add(new Constraint(texts(collection, "url-pattern"), texts(collection, "http-method"), texts(collection, "http-method-omission"), groups));
                }
            }
            return new Constraints(all);
        }

        /** Empty where nobody is asked to sign in. */
        Optional<Set<String>> groups(String verb, String path) {
            String best = all.stream().flatMap(one -> one.patterns().stream()).filter(pattern -> matches(pattern, path))
                    .max((one, other) -> Integer.compare(weight(one), weight(other))).orElseThrow();
            List<Constraint> deciding = all.stream().filter(one -> one.patterns().contains(best) && one.covers(verb)).toList();
            if (deciding.isEmpty() || deciding.stream().anyMatch(one -> one.groups().isEmpty())) {
                return Optional.empty();
            }
            Set<String> groups = new HashSet<>();
            deciding.forEach(one -> groups.addAll(one.groups().get()));
            return Optional.of(groups);
        }

        private static boolean matches(String pattern, String path) {
            return pattern.endsWith("/*") ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 1)) : pattern.equals(path);
        }

        private static int weight(String pattern) {
            return pattern.endsWith("/*") ? pattern.length() : 10_000;
        }

        private static Set<String> texts(Element element, String name) {
            return elements(element, name).stream().map(one -> one.getTextContent().strip()).collect(Collectors.toSet());
        }

        private static List<Element> elements(Element element, String name) {
            NodeList found = element.getElementsByTagName(name);
            return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
        }
    }
}
