package org.kopuro.access.catalogue;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.ServiceView;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** The entries of the catalogue, kept current by their owners (003 §13.4, ACC-85, ACC-87). They hold in both contours. */
@Stateless
public class Entries {

    /** What a service that is added shows until it is served. */
    private static final String FIRST_VERSION = "v1";

    @Inject
    private EntryStore store;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public List<EntryView> list() {
        Map<String, EntryView.Revision> newest = store.newest();
        Map<String, Integer> changes = store.changes();
        return catalogue.services().stream().map(service -> new EntryView(service, changes.getOrDefault(service.code(), 0), Optional.ofNullable(newest.get(service.code())))).toList();
    }

    public EntryView get(String code) {
        ServiceView service = catalogue.services().stream().filter(one -> one.code().equals(code)).findFirst().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "service"));
        return new EntryView(service, store.changes().getOrDefault(code, 0), Optional.ofNullable(store.newest().get(code)));
    }

    /** Adds a service that nobody calls before a version of it is published, in TEST first. */
    public EntryView add(ServiceToAdd service, Contour contour, Actor by) {
        installation.requireForBoth(contour, CatalogueRefusal.CATALOGUE_BY_PRODUCTION);
        Instant at = clock.instant();
        store.addService(service, FIRST_VERSION);
        store.addRule(service.code(), LocalDate.ofInstant(at, Installation.ZONE), service.rule(), at, by);
        ledger.record(rule(LedgerEvent.of("access.service_added", 1, "service", recordOf(service.code()), at).with("service", service.code())
                .with("procedure", service.procedure()), service.rule()).with("actor", by.account()).with("actorRole", by.role()));
        return get(service.code());
    }

    /** Calls it otherwise, or switches it on or off in both contours, at once. Planned work is announced as an outage instead. */
    public EntryView change(String code, ServiceChange change, Contour contour, Actor by) {
        installation.requireForBoth(contour, CatalogueRefusal.CATALOGUE_BY_PRODUCTION);
        get(code);
        Instant at = clock.instant();
        store.change(code, change, at, by);
        ledger.record(LedgerEvent.of("access.service_changed", 1, "service", recordOf(code), at).with("service", code).with("revision", change.after() + 1)
                .with("enabled", change.enabled()).with("actor", by.account()).with("actorRole", by.role()).personal("reason", change.reason()));
        return get(code);
    }

    /** Another rule from a day to come; of a service that PRODUCTION serves, from one that was announced there as a change (ACC-O3). */
    public EntryView rule(String code, LocalDate from, ServiceRule rule, Contour contour, Actor by) {
        installation.requireForBoth(contour, CatalogueRefusal.CATALOGUE_BY_PRODUCTION);
        get(code);
        ServiceToAdd.check(rule);
        Instant at = clock.instant();
        store.addRule(code, from, rule, at, by);
        ledger.record(rule(LedgerEvent.of("access.service_rule_set", 1, "service", recordOf(code), at).with("service", code).with("effectiveFrom", from), rule)
                .with("actor", by.account()).with("actorRole", by.role()));
        return get(code);
    }

    private static LedgerEvent rule(LedgerEvent event, ServiceRule rule) {
        return event.with("disclosesTaxSecret", rule.disclosesTaxSecret()).with("tokenRule", rule.tokenRule()).with("selfCall", rule.selfCall())
                .with("validityDays", rule.validityDays()).with("dataAgeMonths", rule.dataAgeMonths()).with("dataRangeMonths", rule.dataRangeMonths())
                .with("callsPerDay", rule.callsPerDay()).with("callsPerToken", rule.callsPerToken());
    }

    /** Writes another revision, which confirms the entry. */
    public EntryView describe(String code, NewEntry entry, Contour contour, Actor by) {
        installation.requireForBoth(contour, CatalogueRefusal.CATALOGUE_BY_PRODUCTION);
        get(code);
        if (entry.ownerAccount().isPresent() && !store.isServiceOwner(entry.ownerAccount().get())) {
            throw Refusal.of(CatalogueRefusal.ENTRY_OWNER_UNKNOWN, "ownerAccount");
        }
        Instant at = clock.instant();
        store.add(code, entry, at, by);
        ledger.record(LedgerEvent.of("access.entry_described", 1, "catalogue_entry", recordOf(code), at).with("service", code).with("revision", entry.after() + 1)
                .with("protocol", entry.protocol()).with("ownerAccount", entry.ownerAccount()).with("ownerUnit", entry.ownerUnit())
                .with("confirmWithinDays", entry.confirmWithinDays()).with("actor", by.account()).with("actorRole", by.role()));
        return get(code);
    }

    /** The owner has looked at this revision, and it is right. */
    public EntryView confirm(String code, int revision, Contour contour, Actor by) {
        installation.requireForBoth(contour, CatalogueRefusal.CATALOGUE_BY_PRODUCTION);
        EntryView.Revision newest = get(code).revision().orElseThrow(() -> Refusal.of(CatalogueRefusal.ENTRY_NOT_DESCRIBED, "service"));
        if (newest.number() != revision) {
            throw Refusal.of(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, "revision");
        }
        if (newest.ownerAccount().isPresent() && !newest.ownerAccount().equals(by.account())) {
            throw Refusal.of(CatalogueRefusal.ENTRY_OF_ANOTHER_OWNER, "service");
        }
        Instant at = clock.instant();
        store.confirm(code, revision, at, by);
        ledger.record(LedgerEvent.of("access.entry_confirmed", 1, "catalogue_entry", recordOf(code), at).with("service", code).with("revision", revision)
                .with("actor", by.account()).with("actorRole", by.role()));
        return get(code);
    }

    /** The ledger knows rows by UUIDs, and a service by none. */
    private static UUID recordOf(String code) {
        return UUID.nameUUIDFromBytes(("catalogue_entry " + code).getBytes(StandardCharsets.UTF_8));
    }
}
