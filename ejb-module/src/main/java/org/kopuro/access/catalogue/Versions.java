package org.kopuro.access.catalogue;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.ImplementedVersions;
import org.kopuro.access.contracts.Contract;
import org.kopuro.access.contracts.ContractDocument;
import org.kopuro.access.contracts.Differences;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.NewChange;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.documents.DocumentContent;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentType;
import org.kopuro.documents.Documents;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Upload;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Versions of services' contracts: drafted, compared, announced, published, retired (ACC-85, ACC-91, ACC-93). */
@Stateless
public class Versions {

    /** [data] Of one file of a contract: WSDL and schemas are XML, and small. */
    public static final DocumentLimits FILE_LIMITS = new DocumentLimits(2, EnumSet.of(DocumentType.XML));

    /** ACC-93. */
    private static final Duration RECENTLY = Duration.ofDays(30);
    private static final int LIST_MAX = 200;

    @Inject
    private VersionStore store;
    @Inject
    private Entries entries;
    @Inject
    private ImplementedVersions implemented;
    @Inject
    private Announcements announcements;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Documents documents;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Begins a version, or another revision of one. */
    public VersionView draft(String service, String version, Contour contour, Actor by) {
        entries.get(service);
        String name = Input.text(version, "version", 16);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "version");
        }
        UUID id = UUID.randomUUID();
        store.lock(service, contour);
        store.add(id, service, name, contour, clock.instant(), by);
        return told(id, VersionEvent.DRAFT, Optional.empty(), by);
    }

    /** Adds a file to a draft's contract. */
    public VersionView attach(VersionId id, Contour contour, Upload file, Actor by) {
        VersionView draft = get(id, contour);
        if (draft.state() != VersionState.DRAFT) {
            throw Refusal.of(CatalogueRefusal.VERSION_NO_DRAFT, "version");
        }
        Instant at = clock.instant();
        DocumentView document = documents.store(file, by.account().orElseThrow().toString());
        store.attach(id.value(), document, at, by);
        ledger.record(LedgerEvent.of("access.contract_file_added", 1, contour, "service_version", id.value(), at).with("service", draft.service()).with("version", draft.version())
                .with("document", document.id()).with("sha256", document.sha256()).with("actor", by.account()).with("actorRole", by.role()));
        return get(id, contour);
    }

    /** What its publication would change; compared with {@code with}, or with what is published now. */
    public Preview preview(VersionId id, Contour contour, Optional<VersionId> with) {
        VersionView version = get(id, contour);
        Optional<VersionView> former = with.map(other -> get(other, contour)).or(() -> store.published(version));
        if (former.filter(other -> !other.service().equals(version.service())).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "with");
        }
        return compared(version, former, clock.instant());
    }

    private Preview compared(VersionView version, Optional<VersionView> former, Instant at) {
        Contract contract = contract(version);
        Differences differences = former.map(other -> contract(other).differencesTo(contract, version.service())).orElse(Differences.NONE);
        LocalDate today = LocalDate.ofInstant(at, Installation.ZONE);
        return new Preview(former.map(VersionView::id), differences, store.affected(version.contour(), version.service(), today, at.minus(RECENTLY), differences.breaking() > 0));
    }

    private Contract contract(VersionView version) {
        if (version.files().isEmpty()) {
            throw Refusal.of(CatalogueRefusal.CONTRACT_MISSING, "version");
        }
        List<ContractDocument> files = new ArrayList<>();
        for (VersionView.ContractFile file : version.files()) {
            try (DocumentContent content = documents.open(file.document())) {
                ByteArrayOutputStream octets = new ByteArrayOutputStream();
                content.writeTo(octets);
                files.add(new ContractDocument(file.fileName(), octets.toByteArray()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Contract contract = Contract.read(files);
        if (!contract.operations().contains(version.service())) {
            throw Refusal.of(CatalogueRefusal.OPERATION_MISSING, "version", version.service());
        }
        return contract;
    }

    /** Announces the change to this version (N17), and lets its contract stand still: what is announced is what will be published. */
    public VersionView announce(VersionId id, Contour contour, LocalDate firstDay, String description, Actor by) {
        VersionView draft = locked(id, contour, VersionEvent.ANNOUNCE);
        contract(draft);
        AnnouncementId announced = announcements.publish(new NewChange(Set.of(draft.service()), firstDay, description, Optional.of(draft.version()), Optional.empty()), contour, by).id();
        store.addEvent(draft, VersionEvent.ANNOUNCE, VersionState.ANNOUNCED, clock.instant(), by, Optional.empty(), Optional.of(announced.value()), Optional.empty());
        return told(id.value(), VersionEvent.ANNOUNCE, Optional.empty(), by);
    }

    /** @param reason where the event needs one */
    public VersionView apply(VersionEvent event, VersionId id, Contour contour, Optional<String> reason, Actor by) {
        return apply(event, id, contour, reason, Optional.empty(), by);
    }

    /**
     * @param reason       where the event needs one
     * @param announcement of the change by which a version is retired in PRODUCTION: told in time, as its publication was (ACC-91)
     */
    public VersionView apply(VersionEvent event, VersionId id, Contour contour, Optional<String> reason, Optional<AnnouncementId> announcement, Actor by) {
        if (announcement.isPresent() && (event != VersionEvent.RETIRE || contour != Contour.PRODUCTION)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "announcement");
        }
        if (event == VersionEvent.DRAFT || event == VersionEvent.ANNOUNCE || event == VersionEvent.SUPERSEDE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        Optional<String> given = event.needsReason() ? Optional.of(Input.lines(reason.orElse(""), "reason", 1000)) : reason.map(text -> Input.lines(text, "reason", 1000));
        VersionView before = locked(id, contour, event);
        VersionState after = before.state().on(event).orElseThrow();
        Instant at = clock.instant();
        if (after != VersionState.PUBLISHED) {
            store.addEvent(before, event, after, at, by, given, announcement.map(AnnouncementId::value), Optional.empty());
            return told(id.value(), event, given, by);
        }
        if (contour == Contour.PRODUCTION && !store.servedInTest(before)) {
            throw Refusal.of(CatalogueRefusal.NOT_SERVED_IN_TEST, "event");
        }
        // What was served before is recorded, whatever it is; what begins to be served needs something that serves it.
        if (event != VersionEvent.RECORD && !implemented.include(before.service(), before.version())) {
            throw Refusal.of(CatalogueRefusal.VERSION_NOT_IMPLEMENTED, "version", before.service(), before.version());
        }
        Preview preview = compared(before, store.published(before), at);
        store.publishedAs(before).ifPresent(former -> {
            store.addEvent(former, VersionEvent.SUPERSEDE, VersionState.RETIRED, at, by, Optional.empty(), Optional.empty(), Optional.empty());
            told(former.id().value(), VersionEvent.SUPERSEDE, Optional.empty(), by);
        });
        Optional<UUID> toldAtOnce = event == VersionEvent.PUBLISH_IN_EMERGENCY && contour == Contour.PRODUCTION ? Optional.of(emergency(before, given.orElseThrow(), at, by)) : Optional.empty();
        store.addEvent(before, event, after, at, by, given, toldAtOnce, Optional.of(preview));
        return told(id.value(), event, given, by);
    }

    /** An emergency needs no time, but it is told all the same. */
    private UUID emergency(VersionView version, String reason, Instant at, Actor by) {
        String procedure = entries.get(version.service()).service().procedure();
        LocalDate today = calendars.get(procedures.inForce(procedure, at).calendar()).dayOf(at);
        NewChange change = new NewChange(Set.of(version.service()), today, version.service() + " " + version.version(), Optional.of(version.version()), Optional.of(reason));
        return announcements.publish(change, version.contour(), by).id().value();
    }

    private VersionView locked(VersionId id, Contour contour, VersionEvent event) {
        VersionView version = get(id, contour);
        store.lock(version.service(), contour);
        VersionView now = get(id, contour);
        if (now.state().on(event).isEmpty()) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", now.state(), event);
        }
        return now;
    }

    private VersionView told(UUID id, VersionEvent event, Optional<String> reason, Actor by) {
        VersionView version = store.find(id).orElseThrow();
        ledger.record(LedgerEvent.of("access.service_version_changed", 1, version.contour(), "service_version", id, version.since()).with("event", event)
                .with("state", version.state()).with("service", version.service()).with("version", version.version()).with("revision", version.revision())
                .with("sha256", version.sha256()).with("announcement", version.announcement().map(AnnouncementId::value)).with("actor", by.account())
                .with("actorRole", by.role()).personal("reason", reason));
        return version;
    }

    public VersionView get(VersionId id, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "version"));
    }

    /** The newest first, at most {@value #LIST_MAX}. */
    public List<VersionView> list(String service, Contour contour) {
        return store.list(service, contour, LIST_MAX);
    }

    /** What was found when it was published, and whom it concerned then; empty where it never was. */
    public Optional<Preview> publication(VersionId id, Contour contour) {
        return store.publication(get(id, contour).id().value());
    }

    /** Uses of the exception of ACC-91 since then, the newest first, at most {@value #LIST_MAX}. */
    public List<EmergencyView> emergencies(Contour contour, Instant since) {
        return store.emergencies(contour, since, LIST_MAX);
    }

    /** How often it was used since. */
    public long countEmergencies(Contour contour, Instant since) {
        return store.countEmergencies(contour, since);
    }
}
