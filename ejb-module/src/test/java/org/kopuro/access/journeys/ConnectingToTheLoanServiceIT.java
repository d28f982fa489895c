package org.kopuro.access.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.RequestView;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Admissions;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.JobAlerts;
import org.kopuro.loans.LoanEvent;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.LoanScene;
import org.kopuro.loans.Loans;
import org.kopuro.loans.Placer;
import org.kopuro.loans.RequestKey;
import org.kopuro.loans.Viewer;
import org.kopuro.loans.Wish;
import org.kopuro.loans.imports.ImportChoice;
import org.kopuro.loans.imports.ImportMode;
import org.kopuro.loans.imports.ImportSender;
import org.kopuro.loans.imports.ImportView;
import org.kopuro.loans.imports.ImportWish;
import org.kopuro.loans.imports.Imports;
import org.kopuro.loans.listing.LoanFilter;
import org.kopuro.loans.listing.LoanLists;
import org.kopuro.loans.listing.LoanOrder;
import org.kopuro.loans.listing.LoanRow;
import org.kopuro.participants.SubsystemView;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestProgrammes;

/** The services of the catalogue by which banks come to the register of loans: asked for, granted, suspended, restored and left as every other (000 §4, 001 §3). */
class ConnectingToTheLoanServiceIT {

    /** Tuesday, 3 March 2026, noon in Moscow. */
    private static final Instant START = Instant.parse("2026-03-03T09:00:00Z");

    private static Journey underRu1221() {
        return new Journey("RU-1221", "lendingMonitoring", "ru", START);
    }

    private static void enters(LoanScene bank) {
        bank.form(bank.application(bank.aBorrower()));
    }

    private static void assertRefused(LoanRefusal code, LoanScene bank) {
        assertEquals(code, assertThrows(Refusal.class, () -> enters(bank)).code());
    }

    private static void connect(Journey journey, Contour contour) {
        RequestView request = journey.files(RequestKind.CONNECT, contour);
        journey.confirm(request);
        journey.grant(request);
    }

    @Test
    void aBankAsksToBeConnectedAndEntersItsFirstLoanInTestAndThenInProduction() {
        try (Journey journey = underRu1221()) {
            String programme = TestProgrammes.programme("FLAG");
            LoanScene test = journey.lending(Contour.TEST, programme);
            LoanScene production = journey.lending(Contour.PRODUCTION, programme);
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, test);
            connect(journey, Contour.TEST);
            assertEquals(List.of("N01", "N04"), journey.letters());
            enters(test);
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, production);
            connect(journey, Contour.PRODUCTION);
            assertEquals(List.of("N01", "N05"), journey.letters());
            enters(production);
        }
    }

    @Test
    void whoIsSuspendedEntersNothingUntilItIsRestored() {
        try (Journey journey = underRu1221()) {
            connect(journey, Contour.PRODUCTION);
            LoanScene bank = journey.lending(Contour.PRODUCTION, TestProgrammes.programme("FLAG"));
            enters(bank);
            journey.measure(Contour.PRODUCTION, ConnectionEvent.SUSPEND, "EXCESSIVE_LOAD");
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, bank);
            RequestView restoration = journey.files(RequestKind.RESTORE, Contour.PRODUCTION);
            journey.confirm(restoration);
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, bank);
            journey.grant(restoration);
            enters(bank);
        }
    }

    @Test
    void whoHasLeftEntersNothingMore() {
        try (Journey journey = underRu1221()) {
            connect(journey, Contour.TEST);
            LoanScene bank = journey.lending(Contour.TEST, TestProgrammes.programme("FLAG"));
            RequestView exit = journey.files(RequestKind.DISCONNECT, Contour.TEST);
            journey.confirm(exit);
            enters(bank);
            journey.grant(exit);
            assertEquals(ConnectionState.DISCONNECTED, journey.connection(Contour.TEST).state());
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, bank);
            connect(journey, Contour.TEST);
            enters(bank);
        }
    }

    /** Screen forms show it: no conformance run calls this service (001 §3.2). A planned suspension stops nobody before its day (ACC-66), and everybody from its first moment on. */
    @Test
    void theOtherProcedureWantsAJointTestFirstAndAnnouncesItsSuspensions() {
        try (Journey journey = new Journey("RU-422-696", "lendingPlatform", "com", START)) {
            String programme = TestProgrammes.programmeUnder("RU-422-696");
            connect(journey, Contour.TEST);
            enters(journey.lending(Contour.TEST, programme));
            RequestView untested = journey.files(RequestKind.CONNECT, Contour.PRODUCTION);
            journey.confirm(untested);
            assertEquals("JOINT_TEST_NOT_PASSED", assertThrows(Refusal.class, () -> journey.grant(untested)).code().name());
            journey.refuse(untested, "JOINT_TEST_NOT_PASSED");
            RequestView shown = journey.files(RequestKind.JOINT_TEST, Contour.TEST);
            journey.attaches(shown, Attachment.Kind.SCREEN_FORM);
            journey.confirm(shown);
            journey.grant(shown);
            RequestView again = journey.filesAgain(untested);
            journey.confirm(again);
            journey.grant(again);
            LoanScene bank = journey.lending(Contour.PRODUCTION, programme);
            enters(bank);

            journey.announce(Contour.PRODUCTION, ConnectionEvent.ANNOUNCE_SUSPENSION, "OFF_PURPOSE", "2026-03-12");
            journey.letters();
            assertEquals(ConnectionState.SUSPENSION_ANNOUNCED, journey.connection(Contour.PRODUCTION).state());
            journey.until("2026-03-11", "23:59");
            enters(bank);
            bank.application.clock().set(Instant.parse("2026-03-11T21:00:00Z"));
            assertEquals(ConnectionState.SUSPENSION_ANNOUNCED, journey.connection(Contour.PRODUCTION).state(), "nobody has written it down yet");
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, bank);
        }
    }

    /** It reads what it has; it neither has borrowers looked up anew nor sends anything that somebody else would have to work on. */
    @Test
    void whoIsSuspendedSeesItsLoansAndLooksNobodyUp() {
        try (Journey journey = underRu1221()) {
            connect(journey, Contour.PRODUCTION);
            LoanScene bank = journey.lending(Contour.PRODUCTION, TestProgrammes.programme("FLAG"));
            UUID loan = bank.form(bank.application(bank.aBorrower())).loan().id();
            Viewer viewer = Viewer.bank(bank.bank, bank.contour, Scene.OFFICIAL);
            assertEquals(List.of(), lookingUp(bank, viewer, loan));
            journey.measure(Contour.PRODUCTION, ConnectionEvent.SUSPEND, "EXCESSIVE_LOAD");
            assertEquals(loan, bank.application.with(Loans.class, loans -> loans.get(loan, viewer)).loan().id());
            assertEquals(List.of("headcount", "check", "jobs", "error", "file"), lookingUp(bank, viewer, loan));
        }
    }

    /** What of it is refused because the bank is not connected. */
    private static List<String> lookingUp(LoanScene bank, Viewer viewer, UUID loan) {
        Placer placer = Placer.api(bank.bank, bank.contour, viewer.actor());
        byte[] file = "applicationNumber;programme;inn;appliedAt;requested\nA-1;1528;7707083893;2026-02-02;1000000\n".getBytes(StandardCharsets.UTF_8);
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("headcount", () -> bank.application.with(Loans.class, loans -> loans.headcount(loan, viewer)));
        calls.put("check", () -> bank.application.with(Loans.class, loans -> loans.checkAsOf(loan, LocalDate.of(2026, 3, 1), viewer)));
        calls.put("jobs", () -> bank.application.with(JobAlerts.class, alerts -> alerts.lost(viewer, Optional.empty())));
        calls.put("error", () -> bank.application.with(Loans.class, loans -> loans.reportError(loan, 1, "typed twice", placer)));
        calls.put("file", () -> bank.application.with(Imports.class, imports -> received(imports, new ImportSender(bank.bank, bank.contour, viewer.actor()), file)));
        List<String> refused = new ArrayList<>();
        calls.forEach((name, call) -> {
            try {
                call.run();
            } catch (Refusal refusal) {
                if (refusal.code() == LoanRefusal.BANK_NOT_CONNECTED) {
                    refused.add(name);
                }
            }
        });
        return refused;
    }

    private static ImportView received(Imports imports, ImportSender sender, byte[] file) {
        try {
            return imports.receive(sender, new ByteArrayInputStream(file), new ImportWish("loans.csv", ImportMode.CHECK, ImportChoice.GOOD_ROWS, Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSystemEntersAndSeesWhereTheServiceWasGrantedToItAndNoOtherOfTheBank() {
        try (Journey journey = underRu1221()) {
            connect(journey, Contour.TEST);
            LoanScene bank = journey.lending(Contour.TEST, TestProgrammes.programme("FLAG"));
            UUID loan = enters(bank, journey.subsystem());
            assertEquals(loan, bank.application.with(Loans.class, loans -> loans.get(loan, viewer(bank, journey.subsystem()))).loan().id());
            SubsystemView other = journey.anotherSubsystem();
            assertRefused(LoanRefusal.SYSTEM_WITHOUT_RIGHT, () -> enters(bank, other));
            assertRefused(LoanRefusal.SYSTEM_WITHOUT_RIGHT, () -> viewer(bank, other));
            journey.measure(Contour.TEST, ConnectionEvent.SUSPEND, "EXCESSIVE_LOAD");
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, () -> enters(bank, other));
            assertRefused(LoanRefusal.BANK_NOT_CONNECTED, () -> enters(bank, journey.subsystem()));
            assertEquals(loan, bank.application.with(Loans.class, loans -> loans.get(loan, viewer(bank, journey.subsystem()))).loan().id(), "it reads what it has");
        }
    }

    @Test
    void anotherSystemIsLetInByAChangeOfTheConnection() {
        try (Journey journey = underRu1221()) {
            connect(journey, Contour.TEST);
            LoanScene bank = journey.lending(Contour.TEST, TestProgrammes.programme("FLAG"));
            SubsystemView other = journey.anotherSubsystem();
            RequestView change = journey.filesChangeFor(other, Contour.TEST);
            journey.confirm(change);
            assertRefused(LoanRefusal.SYSTEM_WITHOUT_RIGHT, () -> enters(bank, other));
            journey.grant(change);
            UUID loan = enters(bank, other);
            assertEquals(loan, bank.application.with(Loans.class, loans -> loans.get(loan, viewer(bank, other))).loan().id());
        }
    }

    /** Under a procedure to whose service it has no right, its bank's loans are not there for it, whatever it asks. */
    @Test
    void aSystemSeesTheLoansOfNoOtherProcedure() {
        Scene scene = Scene.unconnected(Contour.TEST, new TestApplication("TEST,PRODUCTION", Scene.NOON));
        scene.connect(Contour.TEST, "RU-1221");
        scene.connect(Contour.TEST, "RU-422-696");
        LoanScene own = LoanScene.of(scene.application, Contour.TEST, scene.participant.id(), TestProgrammes.programme("FLAG"));
        LoanScene other = LoanScene.of(scene.application, Contour.TEST, scene.participant.id(), TestProgrammes.programmeUnder("RU-422-696"));
        scene.grant(scene.subsystem, "lendingMonitoring", scene.today(), null);
        UUID seen = enters(own, scene.subsystem);
        UUID unseen = other.form(other.application(other.aBorrower())).loan().id();
        Viewer viewer = viewer(own, scene.subsystem);
        Placer placer = Placer.api(own.bank, own.contour, viewer.actor());
        assertEquals(List.of(seen), own.application.with(LoanLists.class, lists -> lists.page(viewer, LoanFilter.ALL, LoanOrder.USUAL, Optional.empty(), 100)).rows().stream().map(LoanRow::id).toList());
        List<Executable> calls = List.of(() -> own.application.with(Loans.class, loans -> loans.get(unseen, viewer)), () -> own.application.with(Loans.class, loans -> loans.headcount(unseen, viewer)),
                () -> own.application.with(Loans.class, loans -> loans.reportError(unseen, 1, "typed twice", placer)),
                () -> own.application.with(Loans.class, loans -> loans.change(Wish.change(unseen, LoanEvent.WITHDRAW, Map.of(), 7, Optional.of("x")), placer)),
                () -> own.application.with(Loans.class, loans -> loans.reenter(unseen, 7, "x", Map.of(), placer)),
                () -> own.application.with(Confirmations.class, confirmations -> confirmations.propose(Wish.change(unseen, LoanEvent.WITHDRAW, Map.of(), 7, Optional.of("x")), placer)));
        for (Executable call : calls) {
            assertEquals(InputRefusal.NOT_FOUND, assertThrows(Refusal.class, call).code());
        }
        assertEquals(Optional.of(scene.subsystem.id().value()), own.application.with(Admissions.class, admissions -> admissions.ownAlone(own.bank, own.contour, viewer.actor())));
        scene.grant(scene.subsystem, "lendingPlatform", scene.today(), null);
        assertEquals(unseen, own.application.with(Loans.class, loans -> loans.get(unseen, viewer(own, scene.subsystem))).loan().id());
        assertEquals(Optional.empty(), own.application.with(Admissions.class, admissions -> admissions.ownAlone(own.bank, own.contour, viewer.actor())));
    }

    private static Viewer viewer(LoanScene bank, SubsystemView system) {
        return bank.application.with(Admissions.class, admissions -> admissions.viewer(bank.bank, bank.contour, Actor.ofSubsystem(system.id().value())));
    }

    private static void assertRefused(LoanRefusal code, Executable call) {
        assertEquals(code, assertThrows(Refusal.class, call).code());
    }

    private static UUID enters(LoanScene bank, SubsystemView system) {
        Placer placer = Placer.api(bank.bank, bank.contour, Actor.ofSubsystem(system.id().value()));
        return bank.application.with(Loans.class, loans -> loans.enter(Wish.enter(LoanEvent.FORM, bank.application(bank.aBorrower()), Optional.empty()), placer,
                new RequestKey(UUID.randomUUID().toString(), new byte[32]))).loan().id();
    }
}
