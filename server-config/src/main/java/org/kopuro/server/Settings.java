package org.kopuro.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the environment asks for, checked: whoever holds a {@code Settings} need not check it again. */
public record Settings(
        Path root,
        Path var,
        String httpHost,
        int httpPort,
        Set<String> contours,
        Optional<Database> ownDatabase,
        Path war,
        List<String> javaOptions,
        Duration startLimit,
        int demoTaxpayers) {

    private static final Set<String> CONTOURS = Set.of("TEST", "PRODUCTION");
    /** PostgreSQL's own start command passes the folder through a shell. */
    private static final Pattern UNSAFE_IN_SHELL = Pattern.compile("[\"'`$\\\\\\p{Cntrl}]");

    public static Settings from(Map<String, String> environment, Path root) {
        Path home = root.toAbsolutePath().normalize();
        return new Settings(
                home,
                var(environment, home),
                host(value(environment, "KOPURO_HTTP_HOST").orElse("127.0.0.1")),
                number(environment, "KOPURO_HTTP_PORT", 8080, 1, 65_535),
                contours(value(environment, "KOPURO_CONTOURS").orElse("TEST")),
                ownDatabase(environment),
                path("KOPURO_WAR", value(environment, "KOPURO_WAR").orElse("web-module/target/kopuro.war"), home),
                value(environment, "KOPURO_JAVA_OPTS").map(options -> List.of(options.strip().split("\\s+"))).orElse(List.of()),
                Duration.ofSeconds(number(environment, "KOPURO_START_LIMIT_SECONDS", 180, 1, 3600)),
                number(environment, "KOPURO_DEMO_TAXPAYERS", 10_000, 3, 10_000_000));
    }

    /** Where this machine reaches the server; a server on all interfaces answers on the loopback one too. */
    public URI baseUrl() {
        return URI.create("http://" + (listensEverywhere() ? "127.0.0.1" : httpHost.contains(":") ? "[" + httpHost + "]" : httpHost)
                + ":" + httpPort);
    }

    public boolean listensEverywhere() {
        return httpHost.equals("0.0.0.0") || httpHost.equals("::");
    }

    private static Path var(Map<String, String> environment, Path home) {
        Path var = path("KOPURO_VAR", value(environment, "KOPURO_VAR").orElse("var"), home);
        if (UNSAFE_IN_SHELL.matcher(var.toString()).find()) {
            throw refusal("KOPURO_VAR is %s: quotes, backslashes, $ and control characters are not possible there", var);
        }
        return var;
    }

    private static Path path(String name, String text, Path home) {
        try {
            return home.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw refusal("%s is no path: %s", name, e.getReason());
        }
    }

    private static String host(String host) {
        try {
            InetAddress.getByName(host);
            return host;
        } catch (UnknownHostException e) {
            throw refusal("KOPURO_HTTP_HOST is %s, which is neither an address nor a known name", host);
        }
    }

    private static Set<String> contours(String text) {
        Set<String> contours = new LinkedHashSet<>();
        for (String contour : text.split(",")) {
            if (!CONTOURS.contains(contour.strip())) {
                throw refusal("KOPURO_CONTOURS is \"%s\": it takes TEST, PRODUCTION or both with a comma between", text);
            }
            contours.add(contour.strip());
        }
        return contours;
    }

    private static Optional<Database> ownDatabase(Map<String, String> environment) {
        Optional<String> url = value(environment, "KOPURO_DB_URL");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!url.get().startsWith("jdbc:postgresql:")) {
            throw refusal("KOPURO_DB_URL must begin with jdbc:postgresql:, for example jdbc:postgresql://host/kopuro");
        }
        String user = needed(environment, "KOPURO_DB_USER");
        String password = needed(environment, "KOPURO_DB_PASSWORD");
        Optional<String> ownerUser = value(environment, "KOPURO_DB_OWNER_USER");
        return Optional.of(new Database(url.get(), user, password, ownerUser.orElse(user),
                ownerUser.isPresent() ? needed(environment, "KOPURO_DB_OWNER_PASSWORD") : password));
    }

    private static int number(Map<String, String> environment, String name, int byDefault, int smallest, int largest) {
        Optional<String> text = value(environment, name);
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text.get().strip());
            if (smallest <= number && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, in the same words as a number out of range.
        }
        throw refusal("%s is \"%s\": it takes a number from %d to %d", name, text.get(), smallest, largest);
    }

    private static String needed(Map<String, String> environment, String name) {
        return value(environment, name).orElseThrow(() -> refusal("%s is missing", name));
    }

    /** An empty variable means the same as none: shells make it hard to unset one. */
    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    private static CannotStart refusal(String sentence, Object... details) {
        return new CannotStart(Obstacle.CONFIGURATION, sentence.formatted(details) + ".");
    }
}
