package org.kopuro.testing;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.kopuro.access.ConnectionChanged;
import org.kopuro.access.ImplementedVersions;
import org.kopuro.access.ParticipantDisconnected;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.access.agreements.AgreementBeingSigned;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.credentials.Credentials;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.requests.Requests;
import org.kopuro.calendar.CalendarChanged;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.forms.Forms;
import org.kopuro.installation.Database;
import org.kopuro.installation.Installation;
import org.kopuro.installation.ServerKeys;
import org.kopuro.representation.MandateEnded;

/** The business code on the real database, without a server: each use case in a transaction of its own, under a settable clock. */
public final class TestApplication {

    private static final EntityManagerFactory ENTITIES = entitiesIn(TestDatabase.shared().url(), TestDatabase.shared().url());
    /** The folder of peppers and signing keys, for a server that is to share them. */
    public static final Path KEYS = keys();

    /** Here are no edges that could say what they answer: it is v1 to v4 of every service. */
    private static final ImplementedVersions IMPLEMENTED = new ImplementedVersions() {
        @Override
        public boolean include(String service, String version) {
            return isOf(version, List.of("v1", "v2", "v3", "v4"));
        }
    };

    private final EntityManagerFactory entityManagers;
    private static final Map<Path, ServerKeys> SERVER_KEYS = new ConcurrentHashMap<>();

    private final TestClock clock;
    private final Installation installation;
    private final Map<Class<?>, Object> memory = new ConcurrentHashMap<>();
    private final List<Object> fired = new CopyOnWriteArrayList<>();

    public TestApplication(String contours, Instant now) {
        this(contours, now, Map.of());
    }

    /** With settings that differ from the usual ones. */
    public TestApplication(String contours, Instant now, Map<String, String> settings) {
        this(contours, now, ENTITIES, KEYS, settings);
    }

    /** On a database and with keys of its own. */
    public TestApplication(String contours, Instant now, TestDatabase database, Path keys) {
        this(contours, now, entitiesIn(database.url(), database.url()), keys, Map.of());
    }

    /** One of several nodes: a pool of its own, whose connections have the settings that ship. The address may lead to the database by a way of its own; of a setting given twice the last counts. */
    public static TestApplication node(String contours, Instant now, String url, String... differing) {
        String settings = Stream.concat(asShipped(), Stream.of(differing)).map(setting -> setting.split("=", 2))
                .map(setting -> setting[0] + "=" + URLEncoder.encode(setting[1], StandardCharsets.UTF_8)).collect(Collectors.joining("&", "?", ""));
        return new TestApplication(contours, now, entitiesIn(url + settings, "node " + UUID.randomUUID()), KEYS, Map.of());
    }

    /** What {@link Database} tells the driver; the rest is the container's. */
    private static Stream<String> asShipped() {
        return Stream.of(Database.class.getAnnotation(DataSourceDefinition.class).properties()).filter(property -> !property.startsWith("fish.payara."));
    }

    /** Closes the pool of a {@link #node}. */
    public void close() {
        entityManagers.close();
    }

    private TestApplication(String contours, Instant now, EntityManagerFactory entityManagers, Path keys, Map<String, String> settings) {
        this.entityManagers = entityManagers;
        clock = new TestClock(now);
        Map<String, String> all = new HashMap<>(Map.of("kopuro.contours", contours, "kopuro.keys", keys.toString(), "kopuro.gateway-mode", "true"));
        all.putAll(settings);
        installation = new Installation(config(all));
    }

    /** @param pool two factories with the same name would share one */
    private static EntityManagerFactory entitiesIn(String url, String pool) {
        return Persistence.createEntityManagerFactory("kopuro", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.jdbc.url", url,
                "jakarta.persistence.jdbc.user", TestDatabase.APPLICATION,
                "jakarta.persistence.jdbc.password", TestDatabase.PASSWORD,
                // A pool, as a server has one: a connection for each use case would cost more than most use cases.
                "eclipselink.connection-pool.default.initial", "1",
                "eclipselink.connection-pool.default.min", "16",
                "eclipselink.session-name", pool,
                "eclipselink.logging.level", "OFF"));
    }

    public TestClock clock() {
        return clock;
    }

    public Installation installation() {
        return installation;
    }

    /** Runs one use case of a facade and commits, or rolls back when it throws. */
    public <F, T> T with(Class<F> facade, Function<F, T> useCase) {
        EntityManager entities = entityManagers.createEntityManager();
        try {
            entities.getTransaction().begin();
            T result = useCase.apply(wiring(entities).get(facade));
            entities.getTransaction().commit();
            return result;
        } finally {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.close();
        }
    }

    public <F> void run(Class<F> facade, Consumer<F> useCase) {
        with(facade, bean -> {
            useCase.accept(bean);
            return null;
        });
    }

    /** Begins a use case and leaves its transaction open until {@link Open#commit()}. */
    public <F, T> Open<T> begin(Class<F> facade, Function<F, T> useCase) {
        EntityManager entities = entityManagers.createEntityManager();
        entities.getTransaction().begin();
        return new Open<>(useCase.apply(wiring(entities).get(facade)), entities);
    }

    /** A use case that has not been committed yet. */
    public record Open<T>(T result, EntityManager entities) {
        public void commit() {
            entities.getTransaction().commit();
            entities.close();
        }
    }

    private Wiring wiring(EntityManager entities) {
        Wiring[] self = new Wiring[1];
        self[0] = new Wiring(entities, memory, news -> observe(self[0], news), clock, installation, serverKeys(), IMPLEMENTED);
        return self[0];
    }

    /** Events, as the container would deliver them in the transaction. */
    private void observe(Wiring wiring, Object news) {
        fired.add(news);
        if (news instanceof ParticipantDisconnected disconnected) {
            wiring.get(Tokens.class).endTokensOf(disconnected);
            wiring.get(Forms.class).endFormsOf(disconnected);
            wiring.get(Credentials.class).endCredentialsOf(disconnected);
        }
        if (news instanceof SubsystemDropped dropped) {
            wiring.get(Tokens.class).endTokensOf(dropped);
            wiring.get(Forms.class).endFormsOf(dropped);
            wiring.get(Credentials.class).endCredentialsOf(dropped);
        }
        if (news instanceof MandateEnded ended) {
            wiring.get(Tokens.class).endTokensOf(ended);
        }
        if (news instanceof ConnectionChanged changed) {
            wiring.get(Agreements.class).follow(changed);
            wiring.get(Tidings.class).follow(changed);
        }
        if (news instanceof AgreementBeingSigned signing) {
            wiring.get(Requests.class).follow(signing);
        }
        if (news instanceof CalendarChanged changed) {
            wiring.get(Obligations.class).recount(changed);
        }
    }

    /** The events fired so far, also in transactions that were not committed. */
    public List<Object> fired() {
        return List.copyOf(fired);
    }

    /** Once per folder, because opening the store takes its time; under the real clock, as their certificates are shared with a server. */
    private ServerKeys serverKeys() {
        return SERVER_KEYS.computeIfAbsent(installation.keys(), folder -> {
            try {
                Constructor<ServerKeys> constructor = ServerKeys.class.getDeclaredConstructor(Installation.class, Clock.class);
                constructor.setAccessible(true);
                return constructor.newInstance(installation, Clock.systemUTC());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Path keys() {
        try {
            String given = System.getProperty("kopuro.test.keys");
            return given != null ? Path.of(given) : Files.createTempDirectory("kopuro-keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config config(Map<String, String> values) {
        return (Config) Proxy.newProxyInstance(TestApplication.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) ->
                Optional.ofNullable(values.get((String) arguments[0])).map(text -> arguments[1] == Boolean.class ? Boolean.valueOf(text) : arguments[1] == Integer.class ? Integer.valueOf(text) : text));
    }
}
