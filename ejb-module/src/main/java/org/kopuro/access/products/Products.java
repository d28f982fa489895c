package org.kopuro.access.products;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.RequiredDocument;
import org.kopuro.calendar.Calendars;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** Keeps products and what proves the rights to them (ACC-7 to ACC-9). Whose product somebody may touch is the caller's to check. */
@Stateless
public class Products {

    private static final int PRODUCTS_MAX = 100;
    private static final int DOCUMENTS_MAX = 100;

    @Inject
    private ProductStore store;
    @Inject
    private Documents documents;
    @Inject
    private Participants participants;
    @Inject
    private Calendars calendars;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public ProductView add(NewProduct product, Actor by) {
        participants.get(product.participant());
        if (store.of(product.participant()).size() >= PRODUCTS_MAX) {
            throw Refusal.of(ProductRefusal.PRODUCTS_TOO_MANY, "participant", PRODUCTS_MAX);
        }
        Instant at = clock.instant();
        ProductId id = new ProductId(UUID.randomUUID());
        store.add(id, product, at, by);
        ledger.record(changed(ProductEvent.ADD, get(id), at, by).personal("name", product.name()));
        return get(id);
    }

    /** Keeps a document of a product. Several of a kind may be valid at a time: a renewal comes before the end. */
    public ProductDocument attach(ProductId id, NewProductDocument document, Upload upload, Contour contour, Actor by) {
        ProductView product = heldForChange(id, contour);
        LocalDate today = LocalDate.ofInstant(clock.instant(), Installation.ZONE);
        if (document.issuedOn().isAfter(today)) {
            throw Refusal.of(ProductRefusal.PRODUCT_DOCUMENT_ISSUED_IN_THE_FUTURE, "issuedOn");
        }
        if (document.validTo().filter(today::isAfter).isPresent()) {
            throw Refusal.of(ProductRefusal.PRODUCT_DOCUMENT_OVER, "validTo");
        }
        if (product.documents().size() >= DOCUMENTS_MAX) {
            throw Refusal.of(ProductRefusal.PRODUCT_DOCUMENTS_TOO_MANY, "file", DOCUMENTS_MAX);
        }
        Instant at = clock.instant();
        DocumentView file = documents.store(upload, by.account().map(UUID::toString).orElse(by.role()));
        store.addDocument(product, document, file, at, by);
        ledger.record(changed(ProductEvent.ATTACH, product, at, by).with("document", file.id()).with("documentKind", document.kind()).with("sha256", file.sha256())
                .with("validFrom", document.validFrom()).with("validTo", document.validTo()));
        return document(get(id), file.id());
    }

    /** It counts no more, from this moment on. What was granted by it stays. */
    public ProductView withdraw(ProductId id, UUID document, String reason, Contour contour, Actor by) {
        ProductView product = heldForChange(id, contour);
        if (document(product, document).withdrawnAt().isPresent()) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", "WITHDRAWN", ProductEvent.WITHDRAW);
        }
        Instant at = clock.instant();
        String said = Input.text(reason, "reason", 1000);
        store.withdraw(product, document, at, by, said);
        ledger.record(changed(ProductEvent.WITHDRAW, product, at, by).with("document", document).personal("reason", said));
        return get(id);
    }

    /** Products have no contour: a participant proves its rights once. In PRODUCTION they rest on what its own accounts and officials did. */
    private ProductView heldForChange(ProductId id, Contour contour) {
        store.hold(List.of(id));
        ProductView product = get(id);
        if (contour == Contour.TEST && installation.serves(Contour.PRODUCTION) && store.countsIn(Contour.PRODUCTION, id)) {
            throw Refusal.of(ProductRefusal.PRODUCT_IN_PRODUCTION, "contour");
        }
        return product;
    }

    private static ProductDocument document(ProductView product, UUID document) {
        return product.documents().stream().filter(one -> one.document().equals(document)).findFirst().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "document"));
    }

    private static LedgerEvent changed(ProductEvent event, ProductView product, Instant at, Actor by) {
        return LedgerEvent.of("access.product_changed", 1, "product", product.id().value(), at).with("participant", product.told().participant().value()).with("event", event)
                .with("kind", product.told().kind()).with("role", product.told().role()).with("actor", by.account()).with("actorRole", by.role());
    }

    public ProductView get(ProductId id) {
        return store.find(id).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "product"));
    }

    /** By name. */
    public List<ProductView> of(ParticipantId participant) {
        return store.of(participant);
    }

    /** The oldest first. */
    public List<ProductHistory> history(ProductId id) {
        return store.history(id);
    }

    /**
     * What the procedure wants of products and is not there today, in its zone; one of no products, where it wants any. Nothing happens to them until the caller's
     * transaction ends: two nodes that withdraw a document and decide by it do so one after the other.
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public List<Lacking> lacking(Procedure procedure, Collection<ProductId> products) {
        if (procedure.documents().isEmpty()) {
            return List.of();
        }
        store.hold(products);
        LocalDate today = calendars.get(procedure.calendar()).dayOf(clock.instant());
        if (products.isEmpty()) {
            return List.of(Lacking.anyProduct(procedure.documents().stream().map(RequiredDocument::source).distinct().sorted().findFirst().orElseThrow(), today));
        }
        return store.lacking(procedure, products, today).stream()
                .sorted(Comparator.comparing((Lacking one) -> one.product().orElseThrow()).thenComparing(one -> one.kind().orElseThrow())).toList();
    }

    /** The products that a connection is for from now on, and those that it no longer is for. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void use(ConnectionView connection, Collection<ProductId> added, Collection<ProductId> dropped, UUID request, Actor by) {
        Instant at = clock.instant();
        added.stream().filter(product -> store.use(connection, product, request, at) > 0).forEach(product -> ledger.record(used("BEGIN", connection, product, request, at, by)));
        dropped.stream().filter(product -> store.endUse(connection, product, at) > 0).forEach(product -> ledger.record(used("END", connection, product, request, at, by)));
    }

    /** The products that a connection is for. */
    public List<ProductId> used(ConnectionView connection) {
        return store.used(connection);
    }

    private static LedgerEvent used(String event, ConnectionView connection, ProductId product, UUID request, Instant at, Actor by) {
        return LedgerEvent.of("access.product_use_changed", 1, connection.contour(), "product", product.value(), at).with("participant", connection.participant().value())
                .with("connection", connection.id().value()).with("request", request).with("event", event).with("actor", by.account()).with("actorRole", by.role());
    }
}
