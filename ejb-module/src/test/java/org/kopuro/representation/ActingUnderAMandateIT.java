package org.kopuro.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.representation.MandateScene.ALL;
import static org.kopuro.representation.MandateScene.SERVICE;
import static org.kopuro.representation.MandateScene.assertRefused;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tiding;
import org.kopuro.consent.TidingKind;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.TokenReceipts;
import org.kopuro.consent.TokenState;
import org.kopuro.consent.TokenView;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.consent.events.ConsentEventView;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** A firm, then one accountant: what they may do with a company's tokens, and that nothing survives the mandate (CON-T01, CON-T04, CON-T10, CON-130 to CON-134). */
class ActingUnderAMandateIT {

    private static final Scene SCENE = new Scene();
    private static final UsageFilter EVERYTHING = new UsageFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private final MandateScene parties = new MandateScene(SCENE);

    @Test
    void whatAnAccountantMadeWorksUntilTheCompanyRevokesTheMandateOfHisFirm() {
        MandateId above = parties.toFirm();
        MandateId mandate = parties.toAccountant(above);
        Acting accountant = parties.self(parties.accountant).under(mandate);
        IssuedToken token = parties.issue(accountant);
        IssuedToken ofTheFirm = parties.issue(parties.self(parties.firm).under(above));
        IssuedToken own = parties.issue(parties.self(parties.company));
        for (IssuedToken each : List.of(token, ofTheFirm, own)) {
            parties.assertAnswered(each);
        }
        assertEquals(List.of(new Link(Capacity.MANDATE, parties.firm, "Сыноо", Optional.of(above), parties.get(parties.firm, above).ground().words()),
                new Link(Capacity.MANDATE, parties.accountant, "Сыноо", Optional.of(mandate), parties.get(parties.firm, mandate).ground().words())), token.token().chain());
        assertEquals(List.of(), own.token().chain());
        assertEquals(Set.of(token.token().id(), ofTheFirm.token().id()), ids(parties.application().with(Tokens.class, tokens -> tokens.standingOn(parties.self(parties.company), above))));
        assertEquals(Set.of(token.token().id()), ids(parties.application().with(Tokens.class, tokens -> tokens.standingOn(parties.self(parties.firm), mandate))));

        parties.revoke(parties.company, above);

        parties.assertRefused(ConsentRefusal.CONSENT_REVOKED, token);
        parties.assertRefused(ConsentRefusal.CONSENT_REVOKED, ofTheFirm);
        parties.assertAnswered(own);
        TokenView ended = parties.read(token);
        assertEquals(TokenState.REVOKED, ended.state());
        assertEquals(Optional.of("MANDATE_ENDED"), ended.cause());
        assertEquals(Optional.of(parties.application().clock().instant()), ended.endedAt());
        assertRefused(MandateRefusal.MANDATE_NOT_IN_FORCE, () -> parties.issue(accountant));
        assertEquals(Set.of(), ids(parties.application().with(Tokens.class, tokens -> tokens.standingOn(parties.self(parties.company), above))));
        told(above, mandate, token, ofTheFirm);
    }

    private void told(MandateId above, MandateId mandate, IssuedToken token, IssuedToken ofTheFirm) {
        assertEquals(List.of("GRANTED", "LAPSED", "TOKENS_REVOKED"), parties.told(parties.accountant));
        assertEquals(List.of("GRANTED", "LAPSED", "REVOKED", "TOKENS_REVOKED", "TOKENS_REVOKED"), parties.told(parties.firm));
        assertEquals(List.of(List.of(token.token().id().value())), parties.application().with(Mandates.class, mandates -> mandates.tidings(parties.self(parties.accountant), Optional.empty(), 10))
                .stream().filter(tiding -> tiding.kind() == MandateTidingKind.TOKENS_REVOKED).map(MandateTiding::tokens).toList());
        List<Tiding> tidings = tidings(token);
        assertEquals(Set.of(TidingKind.ISSUED, TidingKind.FIRST_USE, TidingKind.REVOKED), tidings.stream().map(Tiding::kind).collect(java.util.stream.Collectors.toSet()));
        assertTrue(tidings.stream().anyMatch(tiding -> tiding.cause().equals(Optional.of("MANDATE_ENDED"))));
        List<ConsentEventView> events = parties.application().with(ConsentEvents.class, all -> all.after(SCENE.participant.id(), SCENE.contour, 0, 5000)).stream()
                .filter(event -> event.consent().equals(token.token().id().value())).toList();
        assertEquals(List.of("REVOKED MANDATE_ENDED"), events.stream().map(event -> event.kind() + " " + event.cause().orElseThrow()).toList());
        List<String> entries = Rows.of("select content from ledger.entry where record_id in (?, ?) and content like '%consent.tokens_revoked%'", above.value(), mandate.value());
        assertTrue(entries.size() == 2 && entries.stream().allMatch(entry -> entry.contains("\"cause\":\"MANDATE_ENDED\"")), entries::toString);
        assertTrue(entries.stream().anyMatch(entry -> entry.contains(ofTheFirm.token().id().value().toString())), entries::toString);
        String issued = Rows.of("select content from ledger.entry where record_id = ? and content like '%consent.token_issued%'", token.token().id().value()).get(0);
        assertTrue(issued.contains("\"mandate\":\"" + mandate.value() + "\"") && issued.contains("\"chain\":\"hmac-sha256:") && issued.contains("\"actorRole\":\"REPRESENTATIVE\""), issued);
        assertTrue(!issued.contains(parties.accountant.digits()), issued);
    }

    private List<Tiding> tidings(IssuedToken token) {
        return parties.application().with(Tidings.class, all -> all.of(new Taxpayer(SCENE.contour, parties.company), Optional.empty(), 100)).stream()
                .filter(tiding -> tiding.token().equals(Optional.of(token.token().id()))).toList();
    }

    private static Set<Object> ids(List<TokenView> tokens) {
        return tokens.stream().map(TokenView::id).collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void whoMaySeeATokenGetsItsReceiptWhichNamesThoseThroughWhomItWasMadeAndItsEnd() {
        MandateId above = parties.toFirm();
        Acting accountant = parties.self(parties.accountant).under(parties.toAccountant(above));
        IssuedToken token = parties.issue(accountant);
        String receipt = receipt(accountant, token);
        assertTrue(receipt.contains(parties.firm.digits()) && receipt.contains(parties.accountant.digits()) && receipt.contains("\"capacity\":\"MANDATE\""), receipt);
        MandateId blind = parties.grant(parties.wish(parties.somebody(), Set.of(MandateRight.ISSUE, MandateRight.REVOKE), Set.of(SERVICE), SCENE.today().plusDays(30)));
        assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> receipt(parties.self(parties.get(parties.company, blind).representative()).under(blind), token));
        IssuedToken wider = parties.issue(parties.self(parties.company), parties.token(Set.of(SERVICE, "tpDataByINN"), 30));
        assertRefused(MandateRefusal.SERVICE_NOT_IN_MANDATE, () -> receipt(accountant, wider));
        assertRefused(InputRefusal.NOT_FOUND, () -> receipt(parties.self(parties.accountant), token));
        parties.revoke(parties.company, above);
        assertRefused(MandateRefusal.MANDATE_NOT_IN_FORCE, () -> receipt(accountant, token));
        String ended = receipt(parties.self(parties.company), token);
        String entry = Rows.of("select id::text from ledger.entry where record_id = ? and content like '%consent.tokens_revoked%'", accountant.mandate().orElseThrow().value()).get(0);
        assertTrue(ended.contains("\"cause\":\"MANDATE_ENDED\"") && ended.contains("\"ledgerEntry\":\"" + entry + "\""), ended);
    }

    private String receipt(Acting acting, IssuedToken token) {
        return parties.application().with(TokenReceipts.class, receipts -> receipts.of(acting, token.token().id(), Language.EN)).json();
    }

    @Test
    void itStopsAsWellWhenTheRepresentativeResignsOrIsNoMore() {
        MandateId resigned = parties.toFirm();
        IssuedToken first = parties.issue(parties.self(parties.firm).under(resigned));
        parties.resign(parties.firm, resigned);
        parties.assertRefused(ConsentRefusal.CONSENT_REVOKED, first);
        assertEquals(List.of("RESIGNED"), parties.told(parties.company), "the company is told, who resigned is not");
        MandateId lapsed = parties.toFirm();
        IssuedToken frozen = parties.issue(parties.self(parties.firm).under(lapsed));
        parties.application().run(Tokens.class, tokens -> tokens.freeze(parties.self(parties.company), frozen.token().id(), Scene.TAXPAYER));
        Rows.change("update registers.taxpayer set ended_on = ? where inn = ?", SCENE.today(), parties.firm.digits());
        parties.look();
        assertEquals(MandateState.LAPSED, parties.stored(lapsed));
        assertEquals(Optional.of("MANDATE_ENDED"), parties.read(frozen).cause());
    }

    /** No clock needs to have looked: a token is never good for longer than the mandate. */
    @Test
    void fromTheInstantOfItsExpiryNothingWorks() {
        MandateId mandate = parties.grant(parties.wish(parties.firm, ALL, Set.of(SERVICE), SCENE.today().plusDays(10)));
        Acting firm = parties.self(parties.firm).under(mandate);
        assertRefused(MandateRefusal.TERM_NOT_IN_MANDATE, () -> parties.issue(firm, parties.token(11)));
        IssuedToken token = parties.issue(firm, parties.token(10));
        assertEquals(parties.get(parties.firm, mandate).expiresAt(), token.token().expiresAt());
        parties.application().clock().set(token.token().expiresAt().minusMillis(1));
        parties.assertAnswered(token);
        parties.application().clock().advance(Duration.ofMillis(1));
        parties.assertRefused(ConsentRefusal.CONSENT_EXPIRED, token);
        assertRefused(MandateRefusal.MANDATE_NOT_IN_FORCE, () -> parties.issue(firm, parties.token(0)));
        parties.look();
        assertEquals(MandateState.EXPIRED, parties.stored(mandate));
        TokenView expired = parties.read(token);
        assertEquals(List.of(TokenState.EXPIRED.name()), Rows.of("select state from consent.token where id = ?", token.token().id().value()));
        assertEquals(Optional.of(token.token().expiresAt()), expired.endedAt());
        parties.application().clock().set(Scene.NOON);
    }

    @Test
    void nothingIsDoneBeforeItsFirstDay() {
        MandateId mandate = parties.grant(new NewMandate(parties.firm, ALL, NewMandate.services(Set.of(SERVICE)), SCENE.today().plusDays(2), SCENE.today().plusDays(20), parties.power()));
        assertRefused(MandateRefusal.MANDATE_NOT_IN_FORCE, () -> parties.issue(parties.self(parties.firm).under(mandate)));
        parties.advance(2);
        parties.issue(parties.self(parties.firm).under(mandate), parties.token(3));
        parties.advance(-2);
    }

    @Test
    void itsRightsAndServicesBoundWhatIsDone() {
        IssuedToken wider = parties.issue(parties.self(parties.company), parties.token(Set.of(SERVICE, "tpDataByINN"), 30));
        IssuedToken covered = parties.issue(parties.self(parties.company));
        Acting issues = under(MandateRight.ISSUE);
        Acting revokes = under(MandateRight.REVOKE);
        Acting views = under(MandateRight.VIEW);
        IssuedToken made = parties.issue(issues);
        assertRefused(MandateRefusal.SERVICE_NOT_IN_MANDATE, () -> parties.issue(issues, parties.token(Set.of(SERVICE, "tpDataByINN"), 30)));
        NewToken replacing = new NewToken(SCENE.subsystem.id(), SCENE.today().plusDays(3), Set.of(SERVICE), Language.EN, Optional.empty(), Optional.empty(), Optional.of(covered.token().id()));
        assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> parties.issue(issues, replacing));
        for (Acting other : List.of(revokes, views)) {
            assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> parties.issue(other));
        }
        for (Acting other : List.of(issues, views)) {
            assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> deactivate(other, covered));
            assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> parties.application().with(Tokens.class, tokens -> tokens.freeze(other, covered.token().id(), Scene.TAXPAYER)));
        }
        for (Acting other : List.of(issues, revokes)) {
            assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> parties.application().with(Tokens.class, tokens -> tokens.list(other, Optional.empty(), 10)));
            assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> parties.application().with(Tokens.class, tokens -> tokens.get(other, covered.token().id())));
            assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> parties.application().with(UsageLog.class, log -> log.of(other, EVERYTHING, Optional.empty(), 10)));
        }
        assertRefused(MandateRefusal.SERVICE_NOT_IN_MANDATE, () -> deactivate(revokes, wider));
        assertRefused(MandateRefusal.SERVICE_NOT_IN_MANDATE, () -> parties.application().with(Tokens.class, tokens -> tokens.get(views, wider.token().id())));
        assertRefused(MandateRefusal.ONLY_TAXPAYER, () -> parties.application().with(Tokens.class, tokens -> tokens.confirmAsOwn(issues, made.token().id(), Scene.TAXPAYER)));
        assertEquals(Set.of(made.token().id(), covered.token().id()), ids(parties.application().with(Tokens.class, tokens -> tokens.list(views, Optional.empty(), 10))));
        assertEquals(3, parties.application().with(Tokens.class, tokens -> tokens.list(parties.self(parties.company), Optional.empty(), 10)).size());
        parties.application().run(Tokens.class, tokens -> tokens.freeze(revokes, covered.token().id(), Scene.TAXPAYER));
        parties.assertRefused(ConsentRefusal.CONSENT_FROZEN, covered);
        deactivate(revokes, covered);
        parties.assertRefused(ConsentRefusal.CONSENT_REVOKED, covered);
        assertEquals(List.of(TidingKind.FROZEN, TidingKind.REVOKED), tidings(covered).stream().map(Tiding::kind).sorted(java.util.Comparator.comparing(Enum::name)).toList(),
                "a representative did it, and so the company is told");
        assertEquals(List.of("1 TAXPAYER", "2 REPRESENTATIVE", "3 REPRESENTATIVE"),
                Rows.of("select number || ' ' || actor_role from consent.token_event where token_id = ? order by number", covered.token().id().value()));
    }

    private Acting under(MandateRight right) {
        return parties.self(parties.firm).under(parties.grant(parties.wish(parties.firm, Set.of(right), Set.of(SERVICE), SCENE.today().plusDays(60))));
    }

    private void deactivate(Acting acting, IssuedToken token) {
        parties.application().run(Tokens.class, tokens -> tokens.deactivate(acting, token.token().id(), Scene.TAXPAYER));
    }

    /** Whatever stands in the name. */
    @Test
    void aReceiptNamesThoseWhoActedAndTellsTheParticipantNoMoreOfThem() {
        String name = "\u041e\u0441\u043e\u041e \u001f \\\"A\\\" \t";
        Rows.change("update registers.taxpayer set full_name = ? where contour = ? and inn = ?", name, SCENE.contour.name(), parties.firm.digits());
        MandateId mandate = parties.toFirm();
        IssuedToken token = parties.issue(parties.self(parties.firm).under(mandate));
        assertEquals(List.of(name), token.token().chain().stream().map(Link::name).toList());
        JsonObject link = Json.createReader(new StringReader(receipt(parties.self(parties.company), token))).readObject().getJsonObject("receipt").getJsonArray("through").getJsonObject(0);
        assertEquals(List.of("MANDATE", parties.firm.digits(), name, mandate.value().toString()), List.of(link.getString("capacity"), link.getString("inn"), link.getString("name"), link.getString("mandate")));
        String held = parties.application().with(TokenReceipts.class, receipts -> receipts.of(SCENE.participant.id(), SCENE.contour, token.token().id(), Language.EN)).json();
        JsonObject told = Json.createReader(new StringReader(held)).readObject().getJsonObject("receipt").getJsonArray("through").getJsonObject(0);
        assertEquals(Json.createObjectBuilder().add("capacity", "MANDATE").add("name", name).build(), told);
        assertFalse(held.contains(parties.firm.digits()));
    }

    @Test
    void whoSawNamesThroughWhomItWasAllowed() {
        MandateId mandate = parties.toFirm();
        Acting firm = parties.self(parties.firm).under(mandate);
        parties.assertAnswered(parties.issue(firm));
        parties.assertAnswered(parties.issue(parties.self(parties.company)));
        List<UsageView> seen = parties.application().with(UsageLog.class, log -> log.of(new Taxpayer(SCENE.contour, parties.company), EVERYTHING, Optional.empty(), 10));
        assertEquals(List.of(Optional.empty(), Optional.of("Сыноо")), seen.stream().map(UsageView::through).toList());
        assertEquals(seen, parties.application().with(UsageLog.class, log -> log.of(firm, EVERYTHING, Optional.empty(), 10)));
        MandateId other = parties.grant(parties.wish(parties.firm, ALL, Set.of("headcount"), SCENE.today().plusDays(5)));
        assertEquals(List.of(), parties.application().with(UsageLog.class, log -> log.of(parties.self(parties.firm).under(other), EVERYTHING, Optional.empty(), 10)), "other services are none of its business");
        assertTrue(parties.application().with(UsageLog.class, log -> log.by(SCENE.participant.id(), SCENE.contour, EVERYTHING, Optional.empty(), 1000)).stream().allMatch(use -> use.through().isEmpty()),
                "nor are the company's people the participant's");
    }

    @Test
    void theTaxpayerStopsWhateverWasMadeForHimAndKeepsWhatHeConfirms() {
        MandateId mandate = parties.toFirm();
        Acting firm = parties.self(parties.firm).under(mandate);
        IssuedToken stopped = parties.issue(firm);
        IssuedToken kept = parties.issue(firm);
        parties.application().run(Tokens.class, tokens -> tokens.deactivate(new Taxpayer(SCENE.contour, parties.company), stopped.token().id(), Scene.TAXPAYER));
        assertEquals(Optional.of("TAXPAYER"), parties.read(stopped).cause());
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> confirm(parties.self(parties.company), stopped));
        assertRefused(InputRefusal.NOT_FOUND, () -> confirm(parties.self(parties.firm), kept));
        TokenView confirmed = confirm(parties.self(parties.company), kept);
        assertEquals(Optional.empty(), confirmed.mandate());
        assertEquals(1, confirmed.chain().size(), "who made it stays true");
        assertRefused(ConsentRefusal.TOKEN_OWN_ALREADY, () -> confirm(parties.self(parties.company), kept));
        assertRefused(ConsentRefusal.TOKEN_OWN_ALREADY, () -> confirm(parties.self(parties.company), parties.issue(parties.self(parties.company))));
        assertEquals(Set.of(), ids(parties.application().with(Tokens.class, tokens -> tokens.standingOn(parties.self(parties.company), mandate))));
        parties.revoke(parties.company, mandate);
        parties.assertAnswered(kept);
        assertEquals(List.of("GRANTED", "REVOKED"), parties.told(parties.firm), "nothing ended with it");
    }

    private TokenView confirm(Acting acting, IssuedToken token) {
        return parties.application().with(Tokens.class, tokens -> tokens.confirmAsOwn(acting, token.token().id(), Scene.TAXPAYER));
    }

    @Test
    void aHeadActsForTheOrganisationWithoutAMandateAndUnderItsMandates() {
        Inn director = parties.somebody();
        Inn partner = parties.somebody();
        parties.head(parties.company, director, SCENE.today(), null);
        parties.head(parties.firm, partner, SCENE.today(), null);
        Acting asCompany = parties.self(director).asHeadOf(parties.company);
        IssuedToken byHead = parties.issue(asCompany);
        assertEquals(List.of(new Link(Capacity.HEAD, director, "Сыноо", Optional.empty(), "registers.head")), byHead.token().chain());
        MandateId mandate = parties.toFirm();
        assertRefused(InputRefusal.NOT_FOUND, () -> parties.issue(parties.self(partner).under(mandate)));
        IssuedToken byFirm = parties.issue(parties.self(partner).asHeadOf(parties.firm).under(mandate));
        assertEquals(List.of(Capacity.MANDATE, Capacity.HEAD), byFirm.token().chain().stream().map(Link::capacity).toList());
        Rows.change("update registers.head set ended_on = since where head_inn in (?, ?)", director.digits(), partner.digits());
        assertRefused(MandateRefusal.NOT_THE_HEAD, () -> parties.issue(asCompany));
        assertRefused(MandateRefusal.NOT_THE_HEAD, () -> parties.issue(parties.self(partner).asHeadOf(parties.firm).under(mandate)));
        parties.assertAnswered(byHead);
        parties.assertAnswered(byFirm);
        parties.revoke(parties.company, mandate);
        parties.assertAnswered(byHead);
        parties.assertRefused(ConsentRefusal.CONSENT_REVOKED, byFirm);
    }

    /** As the owner of the schema, past all Java. */
    @Test
    void theDatabaseAloneLetsNoTokenOutliveItsMandateOrGoBeyondIt() throws SQLException {
        MandateId mandate = parties.toFirm();
        IssuedToken token = parties.issue(parties.self(parties.firm).under(mandate));
        assertEquals("token_live_mandate_fk", broken("insert into representation.mandate_event values ('%s', 2, 'IN_FORCE', 'END_PARTY', 'LAPSED', '2026-03-02T06:00:00Z', null, 'SYSTEM', null)"
                .formatted(mandate.value())));
        String copy = """
                insert into consent.token (id, contour, taxpayer_inn, participant_id, subsystem_id, lookup, pepper_number, last_four, state, issued_at, expires_at, text_version, text_language,
                       text_sha256, events, mandate_id)
                select gen_random_uuid(), contour, taxpayer_inn, participant_id, subsystem_id, sha256(random()::text::bytea), pepper_number, last_four, 'ACTIVE', issued_at, %s, text_version,
                       text_language, text_sha256, 1, '%s' from consent.token where id = '""" + token.token().id().value() + "'";
        assertEquals("token_within_mandate", broken(copy.formatted("expires_at + interval '60 days'", mandate.value())));
        MandateId reading = parties.grant(parties.wish(parties.firm, Set.of(MandateRight.VIEW), Set.of(SERVICE), SCENE.today().plusDays(60)));
        assertEquals("token_within_mandate", broken(copy.formatted("expires_at", reading.value())));
        MandateScene others = new MandateScene(SCENE);
        assertEquals("token_mandate_fk", broken(copy.formatted("expires_at", others.toFirm().value())));
        assertEquals("token_service_within_mandate", broken("insert into consent.token_service values ('%s', 'tpDataByINN')".formatted(token.token().id().value())));
        assertEquals("token_link_fixed", broken("insert into consent.token_link values ('%s', 2, 'HEAD', '%s', 'x', null, 'x')".formatted(token.token().id().value(), parties.accountant.digits())));
    }

    private static String broken(String sql) {
        SQLException refused = assertThrows(SQLException.class, () -> {
            try (Connection owner = TestDatabase.shared().owner().getConnection()) {
                owner.setAutoCommit(false);
                try (PreparedStatement statement = owner.prepareStatement(sql)) {
                    statement.executeUpdate();
                    owner.commit();
                } finally {
                    owner.rollback();
                }
            }
        });
        return BrokenConstraint.in(refused).orElseGet(refused::getMessage);
    }
}
