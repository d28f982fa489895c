package org.kopuro.access.catalogue;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.Catalogue;
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
        return catalogue.services().stream().map(service -> new EntryView(service, Optional.ofNullable(newest.get(service.code())))).toList();
    }

    public EntryView get(String code) {
        ServiceView service = catalogue.services().stream().filter(one -> one.code().equals(code)).findFirst().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "service"));
        return new EntryView(service, Optional.ofNullable(store.newest().get(code)));
    }

    /** Writes another revision, which confirms the entry. */
    public EntryView describe(String code, NewEntry entry, Contour contour, Actor by) {
        BothContours.require(contour, installation);
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
        BothContours.require(contour, installation);
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
