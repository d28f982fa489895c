package org.kopuro.access.catalogue;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.catalogue.ComparisonStore.Offered;
import org.kopuro.access.catalogue.ComparisonStore.Task;
import org.kopuro.kernel.Actor;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Comparisons and tasks, in transactions of their own. */
@Stateless
public class ComparisonRecords {

    private static final int LIST_MAX = 500;

    @Inject
    private ComparisonStore store;
    @Inject
    private Ledger ledger;

    /** Opens a task for what is new and closes those of what is no longer so. Comparisons follow one another; of two, the one that asked earlier says nothing more. */
    public ComparisonView record(ExchangeReading reading, Instant asked, Actor by) {
        store.lock();
        boolean overtaken = store.lastAskedAt().filter(last -> last.isAfter(asked)).isPresent();
        UUID id = UUID.randomUUID();
        store.add(id, reading, asked, by);
        if (!overtaken) {
            Set<Task> found = reading.outcome() == ComparisonOutcome.COMPARED ? differences(store.offered(), reading.services()) : Set.of(new Task(DiscrepancyKind.SOURCE_UNUSABLE, "", ""));
            store.open().forEach((task, row) -> {
                // What could not be read says nothing about the services.
                if (!found.contains(task) && reading.outcome() == ComparisonOutcome.COMPARED) {
                    store.close(row, id, asked);
                }
            });
            Set<Task> before = store.open().keySet();
            found.stream().filter(task -> !before.contains(task)).forEach(task -> store.open(task, id, asked));
        }
        ComparisonView view = store.find(id);
        ledger.record(LedgerEvent.of("access.catalogue_compared", 1, "catalogue_comparison", id, asked).with("outcome", view.outcome()).with("published", view.published())
                .with("opened", view.opened()).with("closed", view.closed()).with("actor", by.account()).with("actorRole", by.role()));
        return view;
    }

    private static Set<Task> differences(List<Offered> offered, List<ExchangeReading.Listed> listed) {
        Map<String, List<ExchangeReading.Listed>> there = listed.stream().collect(Collectors.groupingBy(ExchangeReading.Listed::code));
        Map<String, List<Offered>> here = offered.stream().collect(Collectors.groupingBy(Offered::code));
        Set<Task> found = new HashSet<>();
        there.forEach((code, services) -> {
            if (!here.containsKey(code)) {
                services.forEach(service -> found.add(new Task(DiscrepancyKind.MISSING_HERE, code, service.version().orElse(""))));
            }
        });
        here.forEach((code, versions) -> found.addAll(differences(code, versions, there.getOrDefault(code, List.of()))));
        return found;
    }

    private static Set<Task> differences(String code, List<Offered> offered, List<ExchangeReading.Listed> listed) {
        Set<Task> found = new HashSet<>();
        Offered one = offered.get(0);
        if (!one.enabled()) {
            return listed.isEmpty() ? Set.of() : Set.of(new Task(DiscrepancyKind.DISABLED_HERE, code, ""));
        }
        Set<String> here = offered.stream().map(Offered::version).collect(Collectors.toSet());
        Set<String> there = listed.stream().flatMap(service -> service.version().stream()).collect(Collectors.toSet());
        // A listing that names no version means whichever there are.
        boolean anyVersion = listed.stream().anyMatch(service -> service.version().isEmpty());
        here.stream().filter(version -> !there.contains(version) && !anyVersion).forEach(version -> found.add(new Task(DiscrepancyKind.MISSING_IN_EXCHANGE, code, version)));
        there.stream().filter(version -> !here.contains(version)).forEach(version -> found.add(new Task(DiscrepancyKind.MISSING_HERE, code, version)));
        if (one.protocol().filter(protocol -> protocol.startsWith("SOAP")).isPresent()) {
            listed.stream().flatMap(service -> service.type().stream()).filter(type -> !Set.of("WSDL", "SOAP").contains(type))
                    .forEach(type -> found.add(new Task(DiscrepancyKind.PROTOCOL_DIFFERS, code, type)));
        }
        for (ExchangeReading.Listed service : listed) {
            service.titles().forEach((language, title) -> {
                if (!title.strip().equals(one.titles().get(language))) {
                    found.add(new Task(DiscrepancyKind.TITLE_DIFFERS, code, language.tag()));
                }
            });
            Set<String> digests = offered.stream().filter(version -> service.version().map(version.version()::equals).orElse(true))
                    .flatMap(version -> version.digests().stream()).collect(Collectors.toSet());
            // Where no contract is on record here there is nothing that the other one could differ from.
            if (service.sha256().filter(digest -> !digests.isEmpty() && !digests.contains(digest)).isPresent()) {
                found.add(new Task(DiscrepancyKind.CONTRACT_DIFFERS, code, service.version().orElse("")));
            }
        }
        return found;
    }

    public Optional<Instant> lastAskedAt() {
        return store.lastAskedAt();
    }

    public List<ComparisonView> list(int limit) {
        return store.list(Math.max(1, Math.min(limit, LIST_MAX)));
    }

    public List<Discrepancy> tasks(boolean closedToo, int limit) {
        return store.tasks(closedToo, Math.max(1, Math.min(limit, LIST_MAX)));
    }
}
