package org.kopuro.access.products;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** Products and documents are added, withdrawn and never edited: ACC-7, ACC-9, ACC-99. The scene's day is Monday, 2 March 2026. */
class KeepingProductsIT {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private final Scene scene = new Scene();
    private final ProductId product = scene.product(ProductRole.LICENSEE);

    @Test
    void aProductHasADocumentWithAllThatWasToldOfItAndItsDigest() {
        NewProductDocument told = document("7/2026", TODAY.minusDays(3), TODAY.plusYears(1));
        ProductDocument kept = scene.prove(product, told);
        assertEquals(List.of(kept), read().documents());
        assertEquals(told, kept.told());
        assertEquals(List.of(kept.sha256()), Rows.of("select encode(sha256, 'hex') from documents.document where id = ?", kept.document()));
    }

    @Test
    void whatHappenedIsKeptInOrderAndInTheLedgerWithoutWords() {
        ProductDocument kept = scene.prove(product, ProductDocumentKind.RIGHT_TO_USE, null);
        scene.application.run(Products.class, products -> products.withdraw(product, kept.document(), "a forgery of Mr X", Contour.PRODUCTION, Scene.OFFICIAL));
        List<ProductHistory> history = scene.application.with(Products.class, products -> products.history(product));
        assertEquals(List.of(ProductEvent.ADD, ProductEvent.ATTACH, ProductEvent.WITHDRAW), history.stream().map(ProductHistory::event).toList());
        assertEquals("a forgery of Mr X", history.get(2).text());
        assertEquals(Optional.of(kept.document()), history.get(2).document());
        List<String> entries = Rows.of("select content from ledger.entry where record_id = ? and content like '%access.product_changed%' order by number", product.value());
        assertEquals(3, entries.size());
        assertTrue(entries.get(1).contains(kept.sha256()));
        assertFalse(entries.get(2).contains("forgery"));
    }

    @Test
    void aNumberIsGivenOnceForAKindWhileItCounts() {
        scene.prove(product, document("1", TODAY, null));
        assertRefused(ProductRefusal.PRODUCT_DOCUMENT_NUMBER_TAKEN, () -> scene.prove(product, document("1", TODAY, null)));
        scene.prove(product, new NewProductDocument(ProductDocumentKind.RIGHT_TO_MODIFY, "1", TODAY, "A Holder", TODAY, Optional.empty()));
        assertRefused(ProductRefusal.PRODUCT_NAME_TAKEN, () -> scene.application.run(Products.class, products -> products.add(read().told(), Scene.OFFICIAL)));
    }

    @Test
    void aDocumentIsNeitherOverNorOfTomorrow() {
        assertRefused(ProductRefusal.PRODUCT_DOCUMENT_OVER, () -> scene.prove(product, document("1", TODAY.minusDays(9), TODAY.minusDays(1))));
        assertRefused(ProductRefusal.PRODUCT_DOCUMENT_ISSUED_IN_THE_FUTURE, () -> scene.prove(product, document("1", TODAY.plusDays(1), null)));
        assertRefused(InputRefusal.FIELD_INVALID, () -> document("1", TODAY, TODAY.minusDays(1)));
        assertRefused(InputRefusal.FIELD_MISSING, () -> document(" ", TODAY, null));
        scene.prove(product, document("1", TODAY, TODAY));
        assertEquals(1, read().documents().size());
    }

    @Test
    void aDocumentIsWithdrawnOnceWithAReasonAndFromItsOwnProduct() {
        ProductDocument kept = scene.prove(product, ProductDocumentKind.RIGHT_TO_USE, null);
        assertRefused(InputRefusal.FIELD_MISSING, () -> scene.application.run(Products.class, products -> products.withdraw(product, kept.document(), " ", Contour.PRODUCTION, Scene.OFFICIAL)));
        ProductId other = scene.product();
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(Products.class, products -> products.withdraw(other, kept.document(), "x", Contour.PRODUCTION, Scene.OFFICIAL)));
        scene.application.run(Products.class, products -> products.withdraw(product, kept.document(), "x", Contour.PRODUCTION, Scene.OFFICIAL));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.application.run(Products.class, products -> products.withdraw(product, kept.document(), "x", Contour.PRODUCTION, Scene.OFFICIAL)));
    }

    /** A product is of both contours: what PRODUCTION rests on, or is asked to rest on, is not an account of TEST's to change. */
    @Test
    void anAccountOfTestChangesNothingThatCountsInProduction() {
        ProductDocument kept = scene.prove(product, document("1", TODAY, null), Contour.TEST);
        Applicant applicant = new Applicant(scene);
        RequestView request = applicant.connect(Contour.PRODUCTION, product);
        assertRefused(ProductRefusal.PRODUCT_IN_PRODUCTION, () -> scene.prove(product, document("2", TODAY, null), Contour.TEST));
        assertRefused(ProductRefusal.PRODUCT_IN_PRODUCTION, () -> scene.application.run(Products.class,
                products -> products.withdraw(product, kept.document(), "x", Contour.TEST, Scene.OFFICIAL)));
        assertEquals(1, read().documents().size());
        scene.prove(product, document("2", TODAY, null), Contour.PRODUCTION);
        scene.application.run(Requests.class, requests -> requests.retract(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        scene.prove(product, document("3", TODAY, null), Contour.TEST);
        // What is connected, too, and not only what is asked for.
        Scene connected = new Scene(Contour.PRODUCTION);
        ProductId used = connected.product();
        RequestView other = new Applicant(connected).plain(RequestKind.DISCONNECT, Contour.PRODUCTION);
        Rows.change("insert into access.product_use (connection_id, participant_id, contour, procedure_code, product_id, request_id, began_at) "
                + "select id, participant_id, contour, procedure_code, ?, ?, now() from access.connection where id = ?", used.value(), other.id().value(), connected.connection().id().value());
        assertRefused(ProductRefusal.PRODUCT_IN_PRODUCTION, () -> connected.prove(used, document("2", TODAY, null), Contour.TEST));
        assertRefused(InputRefusal.NOT_FOUND, () -> connected.prove(new ProductId(UUID.randomUUID()), document("2", TODAY, null), Contour.TEST));
    }

    /** One place for them: a request's attachment would be another one. */
    @ParameterizedTest
    @EnumSource(value = Attachment.Kind.class, names = {"RIGHT_TO_USE", "RIGHT_TO_DISTRIBUTE", "RIGHT_TO_MODIFY", "REGISTRATION"})
    void aLicenceIsNotAttachedToARequest(Attachment.Kind kind) throws IOException {
        var request = new Applicant(scene).plain(RequestKind.DISCONNECT, Contour.TEST);
        try (Upload upload = Upload.receive("licence.txt", new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            assertRefused(RequestRefusal.ATTACHMENT_OF_A_PRODUCT, () -> scene.application.run(Requests.class, requests -> requests.attach(request.id(), Contour.TEST,
                    new Attachment(kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), upload, Scene.OFFICIAL)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update access.product set events = 9", "update access.product_document set withdrawn_at = now()", "delete from access.product_event",
        "update access.product set name = 'x'", "delete from access.product_document", "update access.procedure_document set source = 'x'"})
    void theApplicationCannotEditThem(String sql) throws SQLException {
        scene.prove(product, ProductDocumentKind.RIGHT_TO_USE, null);
        try (Connection node = TestDatabase.shared().application().getConnection(); PreparedStatement statement = node.prepareStatement(sql)) {
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    private ProductView read() {
        return scene.application.with(Products.class, products -> products.get(product));
    }

    private static NewProductDocument document(String number, LocalDate issuedOn, LocalDate lastDay) {
        return new NewProductDocument(ProductDocumentKind.RIGHT_TO_USE, number, issuedOn, "A Holder", issuedOn, Optional.ofNullable(lastDay));
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
