package org.kopuro.consentservices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.consent.portals.PortalRefusal;
import org.kopuro.consent.portals.PortalView;
import org.kopuro.consent.portals.Portals;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InnRefusal;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.LedgerRefusal;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A portal reads for whoever is signed in there who saw his data: CON-110, CON-113, CON-115, CON-116, CON-153. */
class AskingAtAPortalIT {

    private final Scene portal = new Scene();
    private final Scene bank = new Scene(Contour.TEST, portal.application);

    @Test
    void aPortalIsToldTheNewestFirstRefusedOnesIncludedAPageAfterAnother() {
        name();
        Answer<?> refused = used(null);
        portal.application.clock().advance(Duration.ofMinutes(1));
        Answer<?> disclosed = used(bank.token().text());
        UsageFound found = told(find(wanted(1, null)));
        UsageView newest = found.uses().get(0);
        assertEquals(List.of(disclosed.occurrence()), found.uses().stream().map(UsageView::occurrence).toList());
        assertEquals("DISCLOSED", newest.outcome());
        assertEquals("central-server/COM/" + bank.participant.memberCode() + "/app", newest.receiver());
        assertEquals(newest.titles().get(found.language()), found.action(newest));
        UsageFound second = told(find(wanted(100, found.next().orElseThrow().toString())));
        assertEquals(List.of("CONSENT_REQUIRED"), second.uses().stream().map(UsageView::outcome).toList());
        assertEquals(List.of(refused.occurrence()), second.uses().stream().map(UsageView::occurrence).toList());
        assertEquals(Optional.empty(), second.next(), "nothing comes after it");
    }

    /** There are no hidden entries (CON-113). */
    @Test
    void thatThePortalReadIsSeenByWhoeverReadsNext() {
        name();
        Answer<UsageFound> first = find(wanted(100, null));
        assertEquals(List.of(), told(first).uses());
        UsageView seen = told(find(wanted(100, null))).uses().get(0);
        assertEquals(first.occurrence(), seen.occurrence());
        assertEquals("findUsage DISCLOSED 0 NONE", String.join(" ", seen.service(), seen.outcome(), String.valueOf(seen.records()), seen.kind().name()));
        assertEquals(portal.participant.id(), seen.participant());
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where id = ?", first.occurrence()));
    }

    @Test
    void whoeverIsNoPortalIsToldNothingAndLeavesNothingInAnybodysLog() {
        Refusal refusal = refused(find(wanted(100, null)));
        assertEquals(PortalRefusal.NO_PORTAL, refusal.code());
        assertEquals(List.of("NO_PORTAL "), Rows.of("select outcome || ' ' || coalesce(taxpayer_inn::text, '') from consent.usage where participant_id = ?", portal.participant.id().value()));
        name();
        assertEquals(PortalRefusal.NO_PORTAL, refused(find(bank, wanted(100, null), "KG" + bank.inn.digits())).code(), "another participant's subsystem is not one by that");
        assertEquals(PortalRefusal.NO_PORTAL, refused(receipt(bank, UUID.randomUUID())).code());
        assertEquals(PortalRefusal.NO_PORTAL, refused(find(bank, wanted(100, null), "nonsense")).code(), "nor is anything that it says looked at");
    }

    @Test
    void aNamingCountsUntilItsEndInItsContourAndWhileItsParticipantIsConnected() {
        name();
        told(find(wanted(100, null)));
        portal.apply(ConnectionEvent.SUSPEND);
        assertEquals(AccessRefusal.PARTICIPANT_SUSPENDED, refused(find(wanted(100, null))).code());
        portal.apply(ConnectionEvent.RESTORE);
        told(find(wanted(100, null)));
        assertRefused(InputRefusal.NOT_FOUND, () -> end(Contour.PRODUCTION, "no longer run"));
        end(Contour.TEST, "no longer run");
        assertEquals(PortalRefusal.NO_PORTAL, refused(find(wanted(100, null))).code());
        assertRefused(InputRefusal.NOT_FOUND, () -> end(Contour.TEST, "twice"));
        name();
        told(find(wanted(100, null)));
        List<PortalView> namings = portal.application.with(Portals.class, portals -> portals.of(Contour.TEST)).stream().filter(one -> one.subsystem().equals(portal.subsystem.id())).toList();
        assertEquals(2, namings.size());
        assertEquals(List.of("no longer run"), namings.stream().flatMap(one -> one.endReason().stream()).toList());
        assertEquals(List.of("consent.portal_changed"), Rows.of("""
                select distinct content::json ->> 'type' from ledger.entry where record_id in (select id from consent.portal where subsystem_id = ?)""", portal.subsystem.id().value()));
    }

    @Test
    void nobodyIsNamedTwiceOrWithoutAConnectionOrAReason() {
        name();
        assertRefused(PortalRefusal.PORTAL_NAMED_ALREADY, this::name);
        assertRefused(InputRefusal.FIELD_MISSING, () -> name(bank, Contour.TEST, " "));
        assertRefused(AccessRefusal.PARTICIPANT_NOT_CONNECTED, () -> name(bank, Contour.PRODUCTION, "the state's portal"));
        Scene unconnected = Scene.unconnected(Contour.TEST, portal.application);
        assertRefused(AccessRefusal.PARTICIPANT_NOT_CONNECTED, () -> name(unconnected, Contour.TEST, "the state's portal"));
    }

    /** The database says it, whatever the application does. */
    @Test
    void aNamingThatHasEndedStaysEnded() {
        name();
        end(Contour.TEST, "no longer run");
        UUID subsystem = portal.subsystem.id().value();
        assertThrows(RuntimeException.class, () -> Rows.change("update consent.portal set ended_at = null, end_reason = null, end_actor = null, end_actor_role = null where subsystem_id = ?", subsystem));
    }

    @Test
    void anEndWaitsForWhatIsBeingToldAndNothingIsToldAfterIt() throws Exception {
        name();
        ExecutorService others = Executors.newSingleThreadExecutor();
        try {
            var reading = portal.application.begin(ConsentServices.class, services -> services.findUsage(call(portal, "findUsage", "KG" + bank.inn.digits()), () -> wanted(10, null)));
            Future<?> ending = others.submit(() -> end(Contour.TEST, "no longer run"));
            assertThrows(TimeoutException.class, () -> ending.get(300, TimeUnit.MILLISECONDS));
            reading.commit();
            ending.get(10, TimeUnit.SECONDS);
            assertEquals(PortalRefusal.NO_PORTAL, refused(find(wanted(100, null))).code());
        } finally {
            others.shutdownNow();
        }
    }

    @Test
    void thePersonIsWhomThePortalNames() {
        name();
        used(bank.token().text());
        assertEquals(1, told(find(portal, wanted(100, null), bank.inn.digits())).uses().size(), "also without the country");
        assertEquals(List.of(), told(find(portal, wanted(100, null), "KG" + portal.inn.digits())).uses(), "another person sees other uses");
        assertEquals(List.of(), told(find(portal, wanted(100, null), "KG23002198899999")).uses(), "of whom the register does not know there are none");
        assertEquals(InputRefusal.FIELD_MISSING, refused(find(portal, wanted(100, null), null)).code());
        RefusalCode odd = refused(find(portal, wanted(100, null), "EE38001085718")).code();
        assertEquals(InnRefusal.class, odd.getClass());
    }

    @Test
    void theListIsRestrictedAsInTheCabinet() {
        name();
        used(null);
        used(bank.token().text());
        String today = bank.today().toString();
        assertEquals(1, told(find(UsageWanted.of(Optional.empty(), Optional.empty(), Optional.of(today), Optional.of(today), Optional.of("headcount"), Optional.of("DISCLOSED"), Optional.of("ky"))))
                .uses().size());
        assertEquals(0, told(find(UsageWanted.of(Optional.empty(), Optional.empty(), Optional.of(bank.today().plusDays(1).toString()), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty()))).uses().size());
    }

    @ParameterizedTest
    @CsvSource({"before, 0,,,", "before, -1,,,", "before, x,,,", "before, 99999999999999999999,,,", "limit,, 0,,", "limit,, 1001,,", "from,,, 1.1.2026,", "language,,,, de"})
    void whatCannotBeReadIsRefused(String field, String before, Integer limit, String from, String language) {
        Refusal refusal = assertThrows(Refusal.class, () -> UsageWanted.of(Optional.ofNullable(before), Optional.ofNullable(limit), Optional.ofNullable(from), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.ofNullable(language)));
        assertEquals(field, refusal.field());
    }

    @Test
    void aReceiptIsGivenOfWhatIsAboutThePersonAndOfNothingElse() {
        name();
        Answer<?> use = used(bank.token().text());
        assertEquals(LedgerRefusal.ENTRY_NOT_YET_IN_TREE, refused(receipt(portal, use.occurrence())).code());
        Scene other = new Scene(Contour.TEST, portal.application);
        assertEquals(InputRefusal.NOT_FOUND, refused(portalReceipt(use.occurrence(), "KG" + other.inn.digits())).code());
        assertEquals(InputRefusal.NOT_FOUND, refused(receipt(portal, UUID.randomUUID())).code());
        assertEquals(List.of(), portal.application.with(UsageLog.class, log -> log.of(other.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10)));
        assertFalse(Rows.of("select id from consent.usage where occurrence = ?", use.occurrence()).isEmpty());
    }

    private void name() {
        name(portal, Contour.TEST, "the state's portal");
    }

    private void name(Scene of, Contour contour, String reason) {
        portal.application.run(Portals.class, portals -> portals.name(of.subsystem.id(), contour, reason, Scene.OFFICIAL));
    }

    private void end(Contour contour, String reason) {
        portal.application.run(Portals.class, portals -> portals.end(portal.subsystem.id(), contour, reason, Scene.OFFICIAL));
    }

    private Answer<?> used(String token) {
        return portal.application.with(TaxServices.class, services -> services.headcount(bank.call("headcount", token), bank.inn.digits(), "2026-01", "2026-02"));
    }

    private static UsageWanted wanted(int limit, String before) {
        return UsageWanted.of(Optional.ofNullable(before), Optional.of(limit), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Answer<UsageFound> find(UsageWanted wanted) {
        return find(portal, wanted, "KG" + bank.inn.digits());
    }

    private Answer<UsageFound> find(Scene by, UsageWanted wanted, String user) {
        Call call = call(by, "findUsage", user);
        return answered(call, services -> services.findUsage(call, () -> wanted));
    }

    private Answer<ReceiptFound> receipt(Scene by, UUID entry) {
        Call call = call(by, "usageReceipt", "KG" + bank.inn.digits());
        return answered(call, services -> services.usageReceipt(call, () -> entry));
    }

    private Answer<ReceiptFound> portalReceipt(UUID entry, String user) {
        Call call = call(portal, "usageReceipt", user);
        return answered(call, services -> services.usageReceipt(call, () -> entry));
    }

    private static Call call(Scene by, String operation, String user) {
        Call own = by.call(operation, null);
        return new Call(own.client(), own.service(), own.messageId(), Optional.ofNullable(user), own.issue(), own.consentToken(), own.credential(), own.remoteAddress());
    }

    private <T> Answer<T> answered(Call call, Function<ConsentServices, Answer<T>> work) {
        try {
            return portal.application.with(ConsentServices.class, work);
        } catch (Refusal refusal) {
            return portal.application.<Exchange, Answer<T>>with(Exchange.class, exchange -> exchange.refuse(call, refusal));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T told(Answer<T> answer) {
        return ((Answer.Disclosed<T>) assertInstanceOf(Answer.Disclosed.class, answer, answer::toString)).value();
    }

    private static Refusal refused(Answer<?> answer) {
        return assertInstanceOf(Answer.Refused.class, answer, answer::toString).refusal();
    }

    private static void assertRefused(RefusalCode code, Runnable work) {
        assertEquals(code, assertThrows(Refusal.class, work::run).code());
    }
}
