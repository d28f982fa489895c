package org.kopuro.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.representation.MandateScene.ALL;
import static org.kopuro.representation.MandateScene.SERVICE;
import static org.kopuro.representation.MandateScene.assertRefused;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.documents.DocumentView;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Who may give a mandate, to whom, of what, and who sees it. */
class GrantingAMandateIT {

    private static final Scene SCENE = new Scene();
    private final MandateScene parties = new MandateScene(SCENE);

    @Test
    void isGivenByTheTaxpayerWithARegisteredPowerOrAPaper() {
        MandateView granted = parties.get(parties.firm, parties.toFirm());
        assertEquals(List.of(parties.company, parties.company, parties.firm), List.of(granted.taxpayer(), granted.grantor(), granted.representative()));
        assertEquals(List.of(SERVICE, "headcount"), granted.services());
        assertEquals(ALL, granted.rights());
        assertEquals(SCENE.today().plusDays(61), LocalDate.ofInstant(granted.expiresAt(), org.kopuro.installation.Installation.ZONE));
        DocumentView paper = parties.file(parties.company);
        MandateView onPaper = parties.get(parties.company, parties.grant(with(new Ground("17", SCENE.today(), Optional.empty(), Optional.of(paper.id())))));
        assertEquals(Optional.of(paper.sha256()), onPaper.groundSha256());
        assertTrue(Rows.of("select content from ledger.entry where record_id = ?", onPaper.id().value()).get(0).contains(paper.sha256()));
        assertEquals(paper.sha256(), parties.application().with(Mandates.class, mandates -> mandates.ground(parties.self(parties.firm), onPaper.id())).view().sha256());
        assertEquals(List.of("GRANTED", "GRANTED"), parties.told(parties.firm));
        assertEquals(List.of(), parties.told(parties.company), "who grants it needs no telling");
    }

    @Test
    void restsOnNobodyElsesPaperAndNotOnNothing() {
        DocumentView paper = parties.file(parties.firm);
        assertRefused(InputRefusal.NOT_FOUND, () -> parties.grant(with(new Ground("17", SCENE.today(), Optional.empty(), Optional.of(paper.id())))));
        assertRefused(InputRefusal.NOT_FOUND, () -> parties.grant(with(new Ground("17", SCENE.today(), Optional.empty(), Optional.of(UUID.randomUUID())))));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new Ground("17", SCENE.today(), Optional.empty(), Optional.empty()));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new Ground(" ", SCENE.today(), Optional.of("A notary"), Optional.empty()));
        MandateId registered = parties.toFirm();
        assertRefused(InputRefusal.NOT_FOUND, () -> parties.application().with(Mandates.class, mandates -> mandates.ground(parties.self(parties.firm), registered)));
    }

    @Test
    void thereAreOnlySoManyPapersADay() {
        for (int i = 0; i < Mandates.GROUNDS_PER_DAY_MAX; i++) {
            parties.file(parties.accountant);
        }
        assertRefused(MandateRefusal.GROUNDS_TOO_MANY, () -> parties.file(parties.accountant));
    }

    private NewMandate with(Ground ground) {
        return new NewMandate(parties.firm, ALL, NewMandate.services(Set.of(SERVICE)), SCENE.today(), SCENE.today(), ground);
    }

    @Test
    void hasPartiesServicesAndATermThatMakeSense() {
        LocalDate today = SCENE.today();
        Ground power = parties.power();
        assertRefused(MandateRefusal.REPRESENTATIVE_IS_PARTY, () -> parties.grant(parties.wish(parties.company)));
        assertRefused(MandateRefusal.REPRESENTATIVE_UNKNOWN, () -> parties.grant(parties.wish(new Inn("13002198099999"))));
        Inn dead = parties.somebody();
        Rows.change("update registers.taxpayer set ended_on = ? where inn = ?", today, dead.digits());
        assertRefused(MandateRefusal.REPRESENTATIVE_UNKNOWN, () -> parties.grant(parties.wish(dead)));
        assertRefused(MandateRefusal.SERVICE_UNKNOWN, () -> parties.grant(parties.wish(parties.firm, ALL, Set.of("noSuchService"), today)));
        assertRefused(MandateRefusal.TERM_OVER, () -> parties.grant(new NewMandate(parties.firm, ALL, NewMandate.services(Set.of(SERVICE)), today.minusDays(9), today.minusDays(1), power)));
        new NewMandate(parties.firm, ALL, NewMandate.services(Set.of(SERVICE)), today, today.plusYears(3).minusDays(1), power);
        assertRefused(MandateRefusal.TERM_TOO_LONG, () -> new NewMandate(parties.firm, ALL, NewMandate.services(Set.of(SERVICE)), today, today.plusYears(3), power));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new NewMandate(parties.firm, ALL, NewMandate.services(Set.of(SERVICE)), today, today.minusDays(1), power));
        assertRefused(InputRefusal.FIELD_MISSING, () -> parties.wish(parties.firm, Set.of(), Set.of(SERVICE), today));
        assertRefused(InputRefusal.FIELD_MISSING, () -> parties.wish(parties.firm, ALL, Set.of(), today));
        assertRefused(InputRefusal.FIELD_TOO_LONG, () -> parties.wish(parties.firm, ALL, java.util.stream.IntStream.range(0, 51).mapToObj(i -> "s" + i).toList(), today));
    }

    @Test
    void aPowerMakesOneMandateHoweverOftenSomebodyClicks() {
        NewMandate wish = parties.wish(parties.firm);
        MandateId first = parties.grant(wish);
        assertRefused(MandateRefusal.MANDATE_EXISTS, () -> parties.grant(wish));
        parties.revoke(parties.company, first);
        parties.grant(wish);
    }

    @Test
    void thereAreOnlySoManyInForce() {
        Rows.change("""
                with many as (
                    insert into representation.mandate (id, contour, depth, taxpayer_inn, grantor_inn, representative_inn, rights, begins_at, expires_at, ground_number, ground_dated, registered_with,
                           state, events, granted_at)
                    select gen_random_uuid(), ?, 1, ?, ?, ?, array['VIEW'], '2026-01-01', '2036-01-01', n::text, '2026-01-01', 'x', 'IN_FORCE', 1, '2026-01-01' from generate_series(1, 99) n
                    returning id, scope_id, granted_at),
                services as (insert into representation.mandate_service select id, scope_id, 'headcount' from many returning mandate_id)
                insert into representation.mandate_event select id, 1, 'NONE', 'GRANT', 'IN_FORCE', granted_at, null, 'SYSTEM', null from many
                 where (select count(*) from services) = 99""", SCENE.contour.name(), parties.company.digits(), parties.company.digits(),
                parties.firm.digits());
        MandateId last = parties.toFirm();
        assertRefused(MandateRefusal.MANDATES_TOO_MANY, parties::toFirm);
        assertRefused(MandateRefusal.MANDATES_TOO_MANY, () -> parties.toAccountant(last));
        parties.revoke(parties.company, last);
        parties.toFirm();
    }

    @Test
    void isPassedOnOnceAndNotWider() {
        LocalDate until = SCENE.today().plusDays(20);
        MandateId above = parties.grant(parties.wish(parties.firm, Set.of(MandateRight.ISSUE, MandateRight.VIEW), Set.of(SERVICE, "headcount"), until));
        assertRefused(MandateRefusal.RIGHT_NOT_IN_MANDATE, () -> parties.delegate(above, parties.wish(parties.accountant, ALL, Set.of(SERVICE), until)));
        assertRefused(MandateRefusal.SERVICE_NOT_IN_MANDATE, () -> parties.delegate(above, parties.wish(parties.accountant, Set.of(MandateRight.VIEW), Set.of("tpDataByINN"), until)));
        assertRefused(MandateRefusal.TERM_NOT_IN_MANDATE, () -> parties.delegate(above, parties.wish(parties.accountant, Set.of(MandateRight.VIEW), Set.of(SERVICE), until.plusDays(1))));
        assertRefused(MandateRefusal.TERM_NOT_IN_MANDATE, () -> parties.delegate(above, new NewMandate(parties.accountant, Set.of(MandateRight.VIEW), NewMandate.services(Set.of(SERVICE)),
                SCENE.today().minusDays(1), until, parties.power())));
        for (Inn party : List.of(parties.company, parties.firm)) {
            assertRefused(MandateRefusal.REPRESENTATIVE_IS_PARTY, () -> parties.delegate(above, parties.wish(party, Set.of(MandateRight.VIEW), Set.of(SERVICE), until)));
        }
        MandateId mandate = parties.delegate(above, parties.wish(parties.accountant, Set.of(MandateRight.ISSUE, MandateRight.VIEW), Set.of(SERVICE), until));
        MandateView passedOn = parties.get(parties.company, mandate);
        assertEquals(List.of(parties.company, parties.firm, parties.accountant), List.of(passedOn.taxpayer(), passedOn.grantor(), passedOn.representative()));
        assertEquals(Optional.of(above), passedOn.parent());
        assertEquals(List.of("GRANTED"), parties.told(parties.company), "the taxpayer is told to whom it was passed on");
        Inn third = parties.somebody();
        assertRefused(MandateRefusal.DELEGATION_TOO_DEEP, () -> parties.application().with(Mandates.class, mandates ->
                mandates.delegate(parties.self(parties.accountant).under(mandate), parties.wish(third, Set.of(MandateRight.VIEW), Set.of(SERVICE), until), Scene.TAXPAYER)));
        assertRefused(MandateRefusal.ONLY_TAXPAYER, () -> parties.application().with(Mandates.class, mandates ->
                mandates.grant(parties.self(parties.firm).under(above), parties.wish(third), Scene.TAXPAYER)));
        parties.resign(parties.firm, above);
        assertRefused(MandateRefusal.MANDATE_NOT_IN_FORCE, () -> parties.delegate(above, parties.wish(third, Set.of(MandateRight.VIEW), Set.of(SERVICE), until)));
    }

    @Test
    void isRevokedByWhomItIsFromAndResignedByWhomItIsTo() {
        MandateId above = parties.toFirm();
        MandateId mandate = parties.toAccountant(above);
        assertRefused(MandateRefusal.ONLY_GRANTOR, () -> parties.revoke(parties.firm, above));
        assertRefused(MandateRefusal.ONLY_GRANTOR, () -> parties.revoke(parties.accountant, mandate));
        assertRefused(MandateRefusal.ONLY_REPRESENTATIVE, () -> parties.resign(parties.company, above));
        assertRefused(MandateRefusal.ONLY_REPRESENTATIVE, () -> parties.resign(parties.firm, mandate));
        parties.revoke(parties.firm, mandate);
        MandateId another = parties.toAccountant(above);
        parties.revoke(parties.company, another);
        assertEquals(MandateState.IN_FORCE, parties.stored(above), "the company revokes what its firm passed on, and nothing else");
    }

    @Test
    void isThereForItsPartiesOnly() {
        MandateId above = parties.toFirm();
        MandateId mandate = parties.toAccountant(above);
        Inn stranger = parties.somebody();
        for (Acting acting : List.of(parties.self(stranger), Acting.himself(Contour.PRODUCTION, parties.company))) {
            assertRefused(InputRefusal.NOT_FOUND, () -> parties.application().with(Mandates.class, mandates -> mandates.get(acting, above)));
            assertRefused(InputRefusal.NOT_FOUND, () -> parties.application().with(Mandates.class, mandates -> mandates.revoke(acting, above, Scene.TAXPAYER)));
            assertRefused(InputRefusal.NOT_FOUND, () -> parties.application().with(Mandates.class, mandates -> mandates.resign(acting, above, Scene.TAXPAYER)));
            assertRefused(InputRefusal.NOT_FOUND, () -> parties.application().with(Mandates.class, mandates -> mandates.exercise(acting.under(above), MandateRight.VIEW)));
            assertEquals(List.of(), list(acting));
        }
        assertRefused(InputRefusal.NOT_FOUND, () -> parties.get(parties.accountant, above));
        assertRefused(InputRefusal.NOT_FOUND, () -> parties.application().with(Mandates.class, mandates -> mandates.exercise(parties.self(parties.company).under(above), MandateRight.VIEW)));
        assertEquals(Set.of(mandate, above), Set.copyOf(list(parties.self(parties.company))));
        assertEquals(Set.of(mandate, above), Set.copyOf(list(parties.self(parties.firm))));
        assertEquals(List.of(mandate), list(parties.self(parties.accountant)));
        List<MandateTiding> tidings = parties.application().with(Mandates.class, mandates -> mandates.tidings(parties.self(parties.accountant), Optional.empty(), 10));
        assertEquals(List.of(MandateTidingKind.GRANTED), tidings.stream().map(MandateTiding::kind).toList());
        assertEquals(List.of(), parties.application().with(Mandates.class, mandates -> mandates.tidings(parties.self(parties.accountant), Optional.of(tidings.get(0).id()), 10)));
    }

    private List<MandateId> list(Acting acting) {
        return parties.application().with(Mandates.class, mandates -> mandates.list(acting, Optional.empty(), 10)).stream().map(MandateView::id).toList();
    }

    @Test
    void anOrganisationGivesOneThroughItsHeadAndNobodyElse() {
        Inn head = parties.somebody();
        Inn former = parties.somebody();
        LocalDate today = SCENE.today();
        parties.head(parties.company, head, today, null);
        parties.head(parties.company, former, today.minusDays(100), today);
        Acting asHead = parties.self(head).asHeadOf(parties.company);
        MandateView granted = parties.application().with(Mandates.class, mandates -> mandates.grant(asHead, parties.wish(parties.firm), Scene.TAXPAYER));
        assertEquals(parties.company, granted.grantor());
        for (Acting other : List.of(parties.self(former).asHeadOf(parties.company), parties.self(head).asHeadOf(parties.firm),
                Acting.himself(Contour.PRODUCTION, head).asHeadOf(parties.company))) {
            assertRefused(MandateRefusal.NOT_THE_HEAD, () -> parties.application().with(Mandates.class, mandates -> mandates.grant(other, parties.wish(parties.accountant), Scene.TAXPAYER)));
            assertRefused(MandateRefusal.NOT_THE_HEAD, () -> parties.application().with(Mandates.class, mandates -> mandates.list(other, Optional.empty(), 10)));
        }
        assertEquals(List.of(parties.company), parties.application().with(Mandates.class, mandates -> mandates.headedBy(parties.self(head))).stream().map(found -> found.inn()).toList());
        assertEquals(List.of(), parties.application().with(Mandates.class, mandates -> mandates.headedBy(parties.self(former))));
        assertEquals(List.of(granted.id()), list(asHead));
        assertEquals(List.of(), list(parties.self(head)), "as himself he has none");
    }
}
