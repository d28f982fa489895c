package org.kopuro.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;

/**
 * The settings that more than one capability reads. They are fixed from start to stop.
 */
@ApplicationScoped
public class Installation {

    /** Days of tokens, access rights and periods begin and end here (CON-13). */
    public static final ZoneId ZONE = ZoneId.of("Asia/Bishkek");
    /** Days of lending programmes are those of the authority that runs them (000 §2, 001 §2). */
    public static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    /** Five years, as long as the usage log (CON-146). */
    private static final int RETENTION_DAYS = 1825;
    private static final int RETENTION_DAYS_MAX = 36_500;

    /** As long as X-Road keeps them. */
    private static final int OPERATIONS_DAYS = 7;
    private static final int OPERATIONS_DAYS_MAX = 366;

    /** [data] */
    private static final int EXCHANGE_CATALOGUE_HOURS = 24;
    private static final int EXCHANGE_CATALOGUE_HOURS_MAX = 24 * 366;

    private Set<Contour> contours;
    private Path keys;
    private String instance;
    private String memberClass;
    private String memberCode;
    private String memberName;
    private String subsystemCode;
    private boolean gatewayMode;
    private Optional<String> keysPassword;
    private String ledgerOrigin;
    private boolean messageBodies;
    private Duration messageRetention;
    private Duration operationsKept;
    private Optional<URI> timeStampAuthority;
    private Optional<SmtpSettings> smtp;
    private Optional<SecurityServerSettings> securityServer;
    private CompanyRegisterSettings companyRegister;
    private String publicAddress;
    private Optional<URI> exchangeCatalogue;
    private Duration exchangeCatalogueEvery;
    private Optional<Path> consentIssuers;
    private RequestLimits loanRequests;

    protected Installation() {
    }

    @Inject
    public Installation(Config config) {
        contours = EnumSet.noneOf(Contour.class);
        for (String name : config.getOptionalValue("kopuro.contours", String.class).orElse("TEST").split(",")) {
            contours.add(Contour.valueOf(name.strip()));
        }
        keys = Path.of(config.getOptionalValue("kopuro.keys", String.class).orElse("var/keys"));
        keysPassword = config.getOptionalValue("kopuro.keys.password", String.class);
        instance = config.getOptionalValue("kopuro.xroad.instance", String.class).orElse("central-server");
        memberClass = config.getOptionalValue("kopuro.xroad.member-class", String.class).orElse("GOV");
        memberCode = config.getOptionalValue("kopuro.xroad.member-code", String.class).orElse("70000002");
        memberName = config.getOptionalValue("kopuro.xroad.member-name", String.class).map(String::strip).filter(text -> !text.isEmpty()).orElse(memberCode);
        subsystemCode = config.getOptionalValue("kopuro.xroad.subsystem", String.class).orElse("gns-service");
        ledgerOrigin = config.getOptionalValue("kopuro.ledger.origin", String.class)
                .orElse(String.join("/", instance, memberClass, memberCode, subsystemCode, "ledger"));
        gatewayMode = config.getOptionalValue("kopuro.gateway-mode", Boolean.class).orElse(false);
        messageBodies = config.getOptionalValue("kopuro.messagelog.bodies", Boolean.class).orElse(true);
        int days = config.getOptionalValue("kopuro.messagelog.retention-days", Integer.class).orElse(RETENTION_DAYS);
        if (days < 1 || days > RETENTION_DAYS_MAX) {
            throw new IllegalArgumentException("kopuro.messagelog.retention-days must be between 1 and " + RETENTION_DAYS_MAX + ", not " + days + ".");
        }
        messageRetention = Duration.ofDays(days);
        int operationDays = config.getOptionalValue("kopuro.operations.retention-days", Integer.class).orElse(OPERATIONS_DAYS);
        if (operationDays < 1 || operationDays > OPERATIONS_DAYS_MAX) {
            throw new IllegalArgumentException("kopuro.operations.retention-days must be between 1 and " + OPERATIONS_DAYS_MAX + ", not " + operationDays + ".");
        }
        operationsKept = Duration.ofDays(operationDays);
        timeStampAuthority = config.getOptionalValue("kopuro.tsa.url", String.class).filter(text -> !text.isBlank()).map(URI::create);
        exchangeCatalogue = config.getOptionalValue("kopuro.exchange.catalogue.url", String.class).filter(text -> !text.isBlank()).map(URI::create);
        if (exchangeCatalogue.filter(source -> !Set.of("http", "https", "file").contains(String.valueOf(source.getScheme()))).isPresent()) {
            throw new IllegalArgumentException("kopuro.exchange.catalogue.url must begin with http:, https: or file:.");
        }
        int hours = config.getOptionalValue("kopuro.exchange.catalogue.hours", Integer.class).orElse(EXCHANGE_CATALOGUE_HOURS);
        if (hours < 1 || hours > EXCHANGE_CATALOGUE_HOURS_MAX) {
            throw new IllegalArgumentException("kopuro.exchange.catalogue.hours must be between 1 and " + EXCHANGE_CATALOGUE_HOURS_MAX + ", not " + hours + ".");
        }
        exchangeCatalogueEvery = Duration.ofHours(hours);
        consentIssuers = config.getOptionalValue("kopuro.consent.issuers", String.class).filter(text -> !text.isBlank()).map(Path::of);
        loanRequests = RequestLimits.of(config);
        smtp = SmtpSettings.of(config);
        securityServer = SecurityServerSettings.of(config);
        companyRegister = CompanyRegisterSettings.of(config);
        publicAddress = config.getOptionalValue("kopuro.public.url", String.class).filter(text -> !text.isBlank()).map(Installation::withoutSlash)
                .orElseGet(() -> "http://127.0.0.1:" + config.getOptionalValue("kopuro.http.port", String.class).orElse("8080"));
    }

    /** What is of both contours is changed by officials of PRODUCTION alone, where the installation has that. */
    public void requireForBoth(Contour contour, RefusalCode otherwise) {
        if (contour == Contour.TEST && serves(Contour.PRODUCTION)) {
            throw Refusal.of(otherwise, "contour");
        }
    }

    /** The contours that this installation serves; a credential of another one is unknown here. */
    public boolean serves(Contour contour) {
        return contours.contains(contour);
    }

    /** The folder of keys and peppers, readable by the server's user alone. */
    public Path keys() {
        return keys;
    }

    /** The password of the signing keys, where an operator gives one; else it lies beside them. */
    public Optional<String> keysPassword() {
        return keysPassword;
    }

    public String instance() {
        return instance;
    }

    public String memberClass() {
        return memberClass;
    }

    public String memberCode() {
        return memberCode;
    }

    /** As lists of clients show our own member; its code, where nobody has said it. */
    public String memberName() {
        return memberName;
    }

    public String subsystemCode() {
        return subsystemCode;
    }

    /** Whether a Security Server known by its TLS certificate may bring unsigned messages; off unless switched on. */
    public boolean gatewayMode() {
        return gatewayMode;
    }

    /** The name under which the ledger signs, unique in the world and never changed: a URL without its scheme is usual. */
    public String ledgerOrigin() {
        return ledgerOrigin;
    }

    /** How much of the loans' REST interface each participant has on this node. */
    public RequestLimits loanRequests() {
        return loanRequests;
    }

    /** How long operational records are kept. */
    public Duration operationsKept() {
        return operationsKept;
    }

    /** Whether the octets of messages are kept, or only what identifies them. */
    public boolean messageBodies() {
        return messageBodies;
    }

    /** For how long the octets of messages are kept. */
    public Duration messageRetention() {
        return messageRetention;
    }

    /** Where evidence gets its time-stamps (RFC 3161); without it, evidence has none. */
    public Optional<URI> timeStampAuthority() {
        return timeStampAuthority;
    }

    /** Where the exchange publishes what our subsystem offers, as X-Road's listMethods in JSON; without it, nothing is compared. */
    public Optional<URI> exchangeCatalogue() {
        return exchangeCatalogue;
    }

    /** How often that is compared with our own catalogue. */
    public Duration exchangeCatalogueEvery() {
        return exchangeCatalogueEvery;
    }

    /** The folder of issuers whose certificates taxpayers sign with, and of their revocation lists; without it no electronic signature of theirs counts. */
    public Optional<Path> consentIssuers() {
        return consentIssuers;
    }

    /** Where letters are handed over; without it notices stay in the cabinet and their deliveries wait. */
    public Optional<SmtpSettings> smtp() {
        return smtp;
    }

    /** Through which we call other agencies' services; without it we call nobody. */
    public Optional<SecurityServerSettings> securityServer() {
        return securityServer;
    }

    /** Who is asked about companies. */
    public CompanyRegisterSettings companyRegister() {
        return companyRegister;
    }

    /** Where people reach this installation, for links in letters; no slash at the end. */
    public String publicAddress() {
        return publicAddress;
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
