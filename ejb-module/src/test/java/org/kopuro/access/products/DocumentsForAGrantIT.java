package org.kopuro.access.products;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.requests.Cause;
import org.kopuro.access.requests.ProductWish;
import org.kopuro.access.requests.RequestState;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.TokenState;
import org.kopuro.consent.Tokens;
import org.kopuro.exchange.Answer;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Particulars;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** A grant under KG-147 needs a product and all its documents: ACC-8, ACC-9, ACC-12, ACC-41, ACC-46 to ACC-48, ACC-115. The scene's day is Monday, 2 March 2026. */
class DocumentsForAGrantIT {

    private static final Set<ProductDocumentKind> LICENCE = EnumSet.of(ProductDocumentKind.RIGHT_TO_USE, ProductDocumentKind.RIGHT_TO_DISTRIBUTE, ProductDocumentKind.RIGHT_TO_MODIFY);

    private final Scene scene = new Scene();
    private final Applicant applicant = new Applicant(scene);

    @BeforeEach
    void nobodyIsConnected() {
        scene.apply(ConnectionEvent.DISCONNECT);
    }

    static Stream<Arguments> needs() {
        return Stream.concat(LICENCE.stream().map(kind -> Arguments.of(ProductRole.LICENSEE, kind)),
                Stream.of(Arguments.of(ProductRole.OWNER_DEVELOPER, ProductDocumentKind.REGISTRATION)));
    }

    /** With every other kind of document, also those that the role does not need. */
    @ParameterizedTest
    @MethodSource("needs")
    void eachDocumentThatIsLackingStopsTheGrantAndIsACauseByItself(ProductRole role, ProductDocumentKind lacking) {
        ProductId product = scene.product(role);
        EnumSet.complementOf(EnumSet.of(lacking)).forEach(kind -> scene.prove(product, kind, null));
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, product));
        Refusal refusal = assertRefused(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, () -> applicant.grant(request));
        assertTrue(refusal.argument(1).endsWith(": " + lacking + " (003 §8)"), refusal.argument(1));
        assertEquals(RequestState.ACCEPTED, applicant.read(request).state());
        assertEquals(List.of(lacking + "_MISSING"), applicant.refuse(request).causes().stream().map(Cause::code).toList());
    }

    @Test
    void kg147WithoutAModificationLicenceIsRefusedWithACauseNaming003Section8() {
        ProductId product = scene.product(ProductRole.LICENSEE);
        scene.prove(product, ProductDocumentKind.RIGHT_TO_USE, null);
        scene.prove(product, ProductDocumentKind.RIGHT_TO_DISTRIBUTE, null);
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, product));
        assertRefused(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, () -> applicant.grant(request));
        List<Cause> causes = applicant.refuse(request).causes();
        assertEquals("RIGHT_TO_MODIFY_MISSING", causes.get(0).code());
        assertTrue(causes.get(0).text().contains("right to modify") && causes.get(0).text().contains("003 §8"), causes.get(0).text());
    }

    @Test
    void withoutAnyDocumentEveryOneIsACauseNextToWhatIsNotTicked() {
        RequestView request = applicant.connect(Contour.TEST, scene.product(ProductRole.LICENSEE));
        assertEquals(List.of("RIGHTS_DOCUMENTS", "RIGHT_TO_USE_MISSING", "RIGHT_TO_DISTRIBUTE_MISSING", "RIGHT_TO_MODIFY_MISSING"),
                applicant.refuse(request).causes().stream().map(Cause::code).skip(5).toList());
    }

    @ParameterizedTest
    @CsvSource({"LICENSEE, RIGHT_TO_USE RIGHT_TO_DISTRIBUTE RIGHT_TO_MODIFY", "OWNER_DEVELOPER, REGISTRATION"})
    void withAllDocumentsOfItsRoleTheProductIsInUse(ProductRole role, String kinds) {
        ProductId product = scene.product(role);
        Stream.of(kinds.split(" ")).map(ProductDocumentKind::valueOf).forEach(kind -> scene.prove(product, kind, null));
        applicant.grant(applicant.tick(applicant.connect(Contour.TEST, product)));
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        assertEquals(List.of(product), used());
    }

    @Test
    void aRequestWithoutAProductIsNotGrantable() {
        RequestView request = applicant.tick(applicant.connect(Contour.TEST));
        assertEquals("003 §8", assertRefused(ProductRefusal.PRODUCT_MISSING, () -> applicant.grant(request)).argument(0));
        Cause cause = applicant.refuse(request).causes().get(0);
        assertEquals("PRODUCT_MISSING", cause.code());
        assertTrue(cause.text().contains("003 §8"), cause.text());
    }

    @Test
    void everyNamedProductNeedsItsDocuments() {
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, scene.product(), scene.product(ProductRole.OWNER_DEVELOPER)));
        assertRefused(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, () -> applicant.grant(request));
    }

    @Test
    void productionNeedsThemTooBeforeItIsProposed() {
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        scene.agree(List.of("headcount"));
        ProductId product = scene.product(ProductRole.OWNER_DEVELOPER);
        RequestView request = applicant.tick(applicant.connect(Contour.PRODUCTION, product));
        assertRefused(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, () -> applicant.grantByTwo(request));
        scene.prove(product, ProductDocumentKind.REGISTRATION, null);
        assertEquals(RequestState.GRANTED, applicant.grantByTwo(request).state());
    }

    /** Bishkek is six hours ahead of Greenwich. */
    @ParameterizedTest
    @CsvSource({"2026-02-01, 2026-03-05, 2026-03-05T17:59:59Z, true", "2026-02-01, 2026-03-05, 2026-03-05T18:00:00Z, false",
        "2026-03-05, 2026-12-31, 2026-03-04T17:59:59Z, false", "2026-03-05, 2026-12-31, 2026-03-04T18:00:00Z, true"})
    void aDocumentCountsFromItsFirstToItsLastDayInclusive(LocalDate first, LocalDate last, Instant decided, boolean granted) {
        ProductId product = scene.product(ProductRole.OWNER_DEVELOPER);
        scene.prove(product, new NewProductDocument(ProductDocumentKind.REGISTRATION, "1", LocalDate.of(2026, 2, 1), "Kyrgyzpatent", first, Optional.of(last)));
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, product));
        scene.application.clock().set(decided);
        if (granted) {
            assertEquals(RequestState.GRANTED, applicant.grant(request).state());
        } else {
            assertRefused(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, () -> applicant.grant(request));
        }
    }

    @Test
    void aWithdrawnDocumentCountsNoMoreAndAnotherOneOfTheSameNumberDoes() {
        ProductId product = scene.product(ProductRole.OWNER_DEVELOPER);
        ProductDocument registration = scene.prove(product, ProductDocumentKind.REGISTRATION, null);
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, product));
        withdraw(product, registration);
        assertRefused(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, () -> applicant.grant(request));
        scene.prove(product, registration.told());
        applicant.grant(request);
    }

    @Test
    void theRussianProceduresAskForNeitherProductNorDocuments() {
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values ('platformOfProducts', 'v1', 'x', 'x', 'x', 'RU-422-696'),"
                + " ('lendingOfProducts', 'v1', 'x', 'x', 'x', 'RU-1221') on conflict do nothing");
        assertEquals(RequestState.GRANTED, applicant.grant(applicant.tick(
                applicant.connectUnder("RU-422-696", "platformOfProducts", Set.of("PROCEDURE_READ", "TEST_ENVIRONMENT_READY")))).state());
        assertEquals(RequestState.GRANTED, applicant.grant(applicant.tick(applicant.connectUnder("RU-1221", "lendingOfProducts", Set.of(),
                new Particulars(Optional.empty(), Optional.empty(), Optional.of(new Ogrn("1027700132195")))))).state());
    }

    @Test
    void aChangeThatAddsServicesNamesItsProducts() {
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        ServiceWish wanted = Scene.wish(scene.subsystem.id(), "headcount");
        RequestView without = applicant.change(List.of(wanted), List.of());
        assertRefused(ProductRefusal.PRODUCT_MISSING, () -> applicant.grant(without));
        applicant.refuse(without);
        ProductId product = scene.product();
        applicant.grant(applicant.change(List.of(wanted), List.of(new ProductWish(product, false))));
        assertEquals(List.of(product), used());
    }

    @Test
    void aChangeAddsAndDropsProductsButNotTheLastOne() {
        ProductId first = scene.product();
        ProductId bare = scene.product(ProductRole.OWNER_DEVELOPER);
        applicant.grant(applicant.tick(applicant.connect(Contour.TEST, first)));
        RequestView adding = applicant.change(List.of(), List.of(new ProductWish(bare, false), new ProductWish(first, true)));
        assertRefused(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, () -> applicant.grant(adding));
        scene.prove(bare, ProductDocumentKind.REGISTRATION, null);
        applicant.grant(adding);
        assertEquals(List.of(bare), used());
        RequestView last = applicant.change(List.of(), List.of(new ProductWish(bare, true)));
        assertRefused(ProductRefusal.PRODUCT_MISSING, () -> applicant.grant(last));
        assertEquals(List.of(bare), used());
    }

    @Test
    void anotherParticipantsProductIsNoneOfTheApplicants() {
        ProductId foreign = new Scene(Contour.TEST, scene.application).product();
        assertRefused(ProductRefusal.PRODUCT_OF_ANOTHER_PARTICIPANT, () -> applicant.connect(Contour.TEST, foreign));
        assertRefused(ProductRefusal.PRODUCT_OF_ANOTHER_PARTICIPANT, () -> applicant.connect(Contour.TEST, new ProductId(UUID.randomUUID())));
        ProductId own = scene.product();
        assertRefused(InputRefusal.FIELD_INVALID, () -> applicant.connect(Contour.TEST, own, own));
    }

    @Test
    void aDocumentThatIsBeingWithdrawnIsWaitedForByTheGrant() throws InterruptedException, ExecutionException {
        ProductId product = scene.product();
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, product));
        TestApplication.Open<ProductView> withdrawing = scene.application.begin(Products.class,
                products -> products.withdraw(product, document(product), "in a test", Contour.PRODUCTION, Scene.OFFICIAL));
        ExecutorService node = Executors.newSingleThreadExecutor();
        Future<RequestView> granting = node.submit(() -> applicant.grant(request));
        assertThrows(TimeoutException.class, () -> granting.get(1, TimeUnit.SECONDS));
        withdrawing.commit();
        Throwable refused = assertThrows(ExecutionException.class, granting::get).getCause();
        node.shutdown();
        assertEquals(ProductRefusal.PRODUCT_DOCUMENTS_MISSING, assertInstanceOf(Refusal.class, refused).code());
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
    }

    @Test
    void aGrantThatIsBeingMadeIsWaitedForByTheWithdrawal() throws InterruptedException, ExecutionException {
        ProductId product = scene.product();
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, product));
        TestApplication.Open<RequestView> granting = scene.application.begin(Requests.class,
                requests -> requests.grant(request.id(), Contour.TEST, "in order", Scene.OFFICIAL));
        ExecutorService node = Executors.newSingleThreadExecutor();
        Future<ProductView> withdrawing = node.submit(() -> scene.application.with(Products.class,
                products -> products.withdraw(product, document(product), "in a test", Contour.PRODUCTION, Scene.OFFICIAL)));
        assertThrows(TimeoutException.class, () -> withdrawing.get(1, TimeUnit.SECONDS));
        granting.commit();
        withdrawing.get();
        node.shutdown();
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
    }

    @Test
    void ofManyGrantsAndWithdrawalsAtTheSameInstantNoneDeadlocks() throws InterruptedException, ExecutionException {
        ProductId product = scene.product();
        RequestView request = applicant.tick(applicant.connect(Contour.TEST, product));
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<String>> done = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean grants = i % 2 == 0;
            done.add(nodes.submit(() -> {
                try {
                    if (grants) {
                        applicant.grant(request);
                    } else {
                        scene.application.run(Products.class, products -> products.withdraw(product, document(product), "in a test", Contour.PRODUCTION, Scene.OFFICIAL));
                    }
                    return grants ? "granted" : "withdrawn";
                } catch (Refusal e) {
                    return e.code().name();
                }
            }));
        }
        List<String> outcomes = new ArrayList<>();
        for (Future<String> one : done) {
            outcomes.add(one.get());
        }
        nodes.shutdown();
        assertEquals(1, outcomes.stream().filter("withdrawn"::equals).count(), outcomes::toString);
        assertEquals(scene.connection().state() == ConnectionState.CONNECTED, outcomes.contains("granted"), outcomes::toString);
    }

    @Test
    void pastAllJavaTheDatabaseRefusesTheGrant() throws SQLException {
        RequestView bare = applicant.tick(applicant.connect(Contour.TEST, scene.product(ProductRole.LICENSEE)));
        assertEquals("product_documents", grantBySql(bare));
        applicant.refuse(bare);
        assertEquals("product_documents", grantBySql(applicant.tick(applicant.connect(Contour.TEST))));
    }

    private String grantBySql(RequestView request) throws SQLException {
        try (Connection node = TestDatabase.shared().application().getConnection(); PreparedStatement statement = node.prepareStatement("""
                insert into access.request_event (request_id, number, from_state, event, to_state, at, actor, actor_role, text)
                values (?, ?, 'ACCEPTED', 'GRANT', 'GRANTED', '2026-03-02T06:00:00Z', gen_random_uuid(), 'OPERATOR', 'past Java')""")) {
            statement.setObject(1, request.id().value());
            statement.setInt(2, request.events() + 1);
            return BrokenConstraint.in(assertThrows(SQLException.class, statement::executeUpdate)).orElse("none");
        }
    }

    @Test
    void aSuccessorConnectsAnewAndTakesOverNeitherRightsNorTokensNorProducts() {
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        Scene.SERVICES.forEach(service -> scene.grant(scene.subsystem, service, scene.today(), null));
        ProductId former = scene.product();
        IssuedToken token = scene.token();
        scene.apply(ConnectionEvent.LIQUIDATE);
        Scene successor = Scene.unconnected(Contour.TEST, scene.application);
        Applicant anew = new Applicant(successor);
        assertRefused(ProductRefusal.PRODUCT_OF_ANOTHER_PARTICIPANT, () -> anew.connect(Contour.TEST, former));
        anew.grant(anew.tick(anew.connect(Contour.TEST, successor.product())));
        assertEquals(List.of("headcount"), scene.application.with(AccessRights.class, rights -> rights.of(successor.subsystem.id(), Contour.TEST)).stream()
                .filter(right -> right.state() == AccessRightState.ACTIVE).map(right -> right.serviceCode()).toList());
        assertEquals(TokenState.REVOKED, scene.application.with(Tokens.class, tokens -> tokens.get(scene.taxpayer(), token.token().id())).state());
        successor.grant(successor.subsystem, "tpDataByINN", successor.today(), null);
        Answer<?> answer = scene.application.with(TaxServices.class, services -> services.tpDataByINN(successor.call("tpDataByINN", token.text()), scene.inn.digits()));
        assertEquals(ConsentRefusal.TOKEN_NOT_ACCEPTED, assertInstanceOf(Answer.Refused.class, answer).refusal().code());
        assertEquals(List.of(), Rows.of("select id from consent.token where participant_id = ?", successor.participant.id().value()));
    }

    private List<ProductId> used() {
        return scene.application.with(Products.class, products -> products.used(scene.connection()));
    }

    private UUID document(ProductId product) {
        return scene.application.with(Products.class, products -> products.get(product)).documents().get(0).document();
    }

    private void withdraw(ProductId product, ProductDocument document) {
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.application.run(Products.class, products -> products.withdraw(product, document.document(), "issued in error", Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private static Refusal assertRefused(RefusalCode code, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
