package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.RetryAfter;
import org.kopuro.access.monitoring.Ceilings;
import org.kopuro.access.monitoring.Limits;
import org.kopuro.access.monitoring.MonitoringRound;
import org.kopuro.access.monitoring.NewThreshold;
import org.kopuro.access.monitoring.Thresholds;
import org.kopuro.accessservices.AccessServices;
import org.kopuro.accessservices.Standing;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.consentservices.ConsentServices;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Receipts;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** What a participant does for itself is limited, too, and whoever tries persons' numbers and names out is seen by those persons (ACC-96, CON-113). */
class LimitingApplicantsIT {

    private final FormScene forms = new FormScene();
    private final Scene scene = forms.scene;

    @Test
    void aRejectedTransferLeavesALineInTheLogOfTheTaxpayerWhomItNamed() {
        Answer<TransferResult> answer = transfer(forms.aForm().about(scene.inn.digits(), "Another Name"));
        assertEquals(FormResult.NAME_MISMATCH, assertInstanceOf(Answer.Disclosed.class, answer).value() instanceof TransferResult told ? told.result() : null);
        UsageView line = mine().get(0);
        assertEquals(List.of(answer.occurrence(), "NAME_MISMATCH", 0, "transferForm", scene.participant.id(), Optional.empty()),
                List.of(line.occurrence(), line.outcome(), line.records(), line.service(), line.participant(), line.consentId()));
        assertEquals(true, scene.application.with(Receipts.class, receipts -> receipts.tells(receipts.entry(answer.occurrence(), Contour.TEST), "subject", scene.inn.digits())));
        assertEquals(FormResult.REGISTERED, ((TransferResult) assertInstanceOf(Answer.Disclosed.class, transfer(forms.aForm())).value()).result());
        assertEquals(1, mine().size(), "what is registered stands in the list of consents");
        Answer<TransferResult> unknown = transfer(forms.aForm().about("23002198899999", "Nobody"));
        assertEquals(List.of("TAXPAYER_NOT_FOUND|23002198899999"), Rows.of("select concat_ws('|', outcome, taxpayer_inn, asked_inn) from consent.usage where occurrence = ?", unknown.occurrence()));
    }

    @Test
    void rejectedTransfersRunIntoALimitAndRegisteredOnesDoNot() {
        set(Limits.REFUSED_TRANSFERS, 2);
        for (int i = 0; i < 3; i++) {
            assertEquals(FormResult.REGISTERED, forms.transfer(forms.aForm()).result());
        }
        for (int i = 0; i < 2; i++) {
            assertEquals(FormResult.TAXPAYER_NOT_FOUND, forms.transfer(forms.aForm().number("wrong").about("23002198899999", "Nobody")).result());
        }
        for (FormScene.Sent any : List.of(forms.aForm().about("23002198899999", "Nobody"), forms.aForm().number("right again"))) {
            Refusal refusal = assertThrows(Refusal.class, () -> forms.transfer(any));
            assertEquals(List.of(AccessRefusal.RATE_LIMITED, "limit.callsPerHour", "2", "2026-03-02T07:00:00Z"),
                    List.of(refusal.code(), refusal.field(), refusal.argument(0), refusal.argument(1)));
        }
        scene.application.clock().advance(java.time.Duration.ofHours(1));
        assertEquals(FormResult.TAXPAYER_NOT_FOUND, forms.transfer(forms.aForm().about("23002198899999", "Nobody")).result());
    }

    @Test
    void withoutAnyThresholdOfAnOfficialsTheShippedOnesHold() {
        round();
        Ceilings transfers = scene.application.with(Thresholds.class, all -> all.defaultOf(Limits.REFUSED_TRANSFERS, Contour.TEST));
        assertEquals(List.of(Optional.of(60), Optional.of(300)), List.of(transfers.callsPerHour(), transfers.callsPerDay()));
        for (int i = 0; i < 60; i++) {
            assertEquals(FormResult.TAXPAYER_NOT_FOUND, forms.transfer(forms.aForm().about("23002198899999", "Nobody")).result());
        }
        assertThrows(Refusal.class, () -> forms.transfer(forms.aForm().about("23002198899999", "Nobody")));
        for (String service : List.of(Limits.APPLICANTS, "TPpaymentDateByInn")) {
            for (Contour contour : Contour.values()) {
                assertTrue(scene.application.with(Thresholds.class, all -> all.defaultOf(service, contour)).callsPerSecond().isPresent(), service);
            }
        }
    }

    @Test
    void allOperationsByWhichASubsystemMindsItsOwnShareALimitThatIsRecordedAndSaysWhenToCallAgain() {
        set(Limits.APPLICANTS, 2);
        assertInstanceOf(Answer.Disclosed.class, standing());
        assertInstanceOf(Answer.Disclosed.class, transfer(forms.aForm()));
        Answer.Refused<?> refused = assertInstanceOf(Answer.Refused.class, standing());
        assertEquals(List.of(AccessRefusal.RATE_LIMITED, "limit.callsPerHour", true), List.of(refused.refusal().code(), refused.refusal().field(), refused.established()));
        assertEquals(Optional.of("3600"), RetryAfter.of(refused.refusal(), Scene.NOON));
        assertEquals(Optional.of("2"), RetryAfter.of(refused.refusal(), Scene.NOON.plusSeconds(3598).plusMillis(1)));
        assertEquals(Optional.of("1"), RetryAfter.of(refused.refusal(), Scene.NOON.plusSeconds(3600)));
        assertEquals(Optional.empty(), RetryAfter.of(Refusal.of(AccessRefusal.SERVICE_UNKNOWN), Scene.NOON));
        assertEquals(List.of("RATE_LIMITED"), Rows.of("select outcome from consent.usage where occurrence = ?", refused.occurrence()));
        assertInstanceOf(Answer.Disclosed.class, forms.ask());
    }

    private void set(String what, int perHour) {
        scene.application.run(Thresholds.class, all -> all.set(new NewThreshold(what, Optional.of(scene.subsystem.id()), Optional.empty(),
                new Ceilings(Optional.empty(), Optional.of(perHour), Optional.empty(), Optional.empty()), "a test"), Contour.TEST, Scene.OFFICIAL));
        round();
    }

    private void round() {
        scene.application.run(MonitoringRound.class, MonitoringRound::count);
    }

    private Answer<Standing> standing() {
        return scene.application.with(AccessServices.class, services -> services.connectionStatus(scene.call("connectionStatus", null)));
    }

    private Answer<TransferResult> transfer(FormScene.Sent sent) {
        return scene.application.with(ConsentServices.class, services -> services.transferForm(scene.call("transferForm", null), sent::declared,
                Optional.of(() -> new ByteArrayInputStream(sent.file())), Optional.empty()));
    }

    private List<UsageView> mine() {
        return scene.application.with(UsageLog.class, log -> log.of(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10));
    }
}
