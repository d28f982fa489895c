package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.Connections;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.HeldTokens;
import org.kopuro.consent.Holder;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.Participants;
import org.kopuro.registers.RegisterRows;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TwoNodes;

/**
 * Whoever stops is sure (CON-73, CON-170, ACC-67): what begins after the acknowledgement gets no data, whichever node is asked and whichever stopped. Each consent is checked on both nodes
 * without a pause until it has been stopped, and a little longer. {@code -Dkopuro.checks=1000000 -Dkopuro.checkers=4} takes the better part of an hour.
 */
class StoppingOnTwoNodesIT {

    private static final int CHECKS = Integer.getInteger("kopuro.checks", 400);
    private static final int ROUNDS_MAX = 1_200;
    /** Of what takes long, one hears in between. */
    private static final int ROUNDS_TOLD = 100;
    private static final Actor PROGRAM = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000004"), "PARTICIPANT");
    /** A day of a taxpayer has a limited number of tokens: each consent is another one's. */
    private static final AtomicInteger TAXPAYERS = new AtomicInteger();

    private final Scene scene = new Scene();
    private Instant midnight;

    /** What is stopped in a round. */
    private record Consent(Taxpayer taxpayer, IssuedToken token) {
    }

    private enum Way {
        DEACTIVATED(ConsentRefusal.CONSENT_REVOKED), GIVEN_UP(ConsentRefusal.CONSENT_REVOKED), ENDED_BY_THE_AUTHORITY(ConsentRefusal.CONSENT_REVOKED), FROZEN(ConsentRefusal.CONSENT_FROZEN),
        ALL_PAUSED(ConsentRefusal.CONSENT_FROZEN), EXPIRED(ConsentRefusal.CONSENT_EXPIRED), PARTICIPANT_SUSPENDED(AccessRefusal.PARTICIPANT_SUSPENDED),
        RIGHT_REVOKED(AccessRefusal.ACCESS_RIGHT_MISSING), CERTIFICATE_BLOCKED(IdentityRefusal.CERTIFICATE_BLOCKED);

        private final RefusalCode code;

        Way(RefusalCode code) {
            this.code = code;
        }
    }

    @Test
    void nothingThatBeginsAfterAnAcknowledgedStopIsAnsweredOnEitherNode() throws Exception {
        int count = Math.max(2 * Way.values().length, Math.min(ROUNDS_MAX, CHECKS / 40));
        try (TwoNodes nodes = new TwoNodes("TEST,PRODUCTION", Scene.NOON)) {
            for (int number = 0; number < count; number++) {
                // Each way over each node.
                Way way = Way.values()[number / 2 % Way.values().length];
                Consent consent = consent();
                midnight = consent.token().token().expiresAt();
                TwoNodes.Round round = nodes.round(number, CHECKS / count, checking(consent), node -> stop(way, consent, node, nodes));
                assertTrue(round.disclosed() > 0, "nothing was answered before the stop");
                assertTrue(round.late().size() > 0, "nothing was asked after the stop");
                assertEquals(Set.of(Optional.of(way.code)), round.late().stream().map(TwoNodes.Check::refusal).collect(Collectors.toSet()), () -> way + ", begun after the acknowledgement");
                assertEquals(Set.of(way.code), round.checks().stream().flatMap(check -> check.refusal().stream()).collect(Collectors.toSet()));
                restore(way, nodes);
                if ((number + 1) % ROUNDS_TOLD == 0) {
                    System.out.println("StoppingOnTwoNodesIT: " + nodes);
                }
            }
            System.out.println("StoppingOnTwoNodesIT: " + nodes);
            assertTrue(nodes.inFlight() > count / 4, () -> "hardly anything was in flight when a stop was acknowledged: " + nodes);
            TwoNodes.Places places = nodes.placesInTheLedger(scene.participant.id().value());
            assertTrue(places.beforeTheStop() > 0, "this would find nothing");
            assertEquals(0, places.afterTheStop(), "CON-74: what a stop found under way has its place before it, and so whoever reads the ledger sees it, too");
        }
    }

    private Supplier<Function<TestApplication, Answer<?>>> checking(Consent consent) {
        return () -> {
            Call call = scene.call("tpDataByINN", consent.token().text());
            return node -> node.with(TaxServices.class, services -> services.tpDataByINN(call, consent.taxpayer().inn().digits()));
        };
    }

    private Consent consent() {
        Taxpayer taxpayer = new Taxpayer(scene.contour, new Inn("1150219750%04d".formatted(TAXPAYERS.incrementAndGet())));
        RegisterRows.aTaxpayer(scene.contour, taxpayer.inn());
        NewToken wish = new NewToken(scene.subsystem.id(), scene.today(), Set.of("tpDataByINN"), Language.EN);
        return new Consent(taxpayer, scene.application.with(Tokens.class, tokens -> tokens.issue(taxpayer, wish, Scene.TAXPAYER)));
    }

    private void stop(Way way, Consent consent, TestApplication node, TwoNodes nodes) {
        switch (way) {
            case DEACTIVATED -> node.run(Tokens.class, tokens -> tokens.deactivate(consent.taxpayer(), consent.token().token().id(), Scene.TAXPAYER));
            case GIVEN_UP -> node.run(HeldTokens.class, tokens -> tokens.giveUp(consent.token().text(), new Holder(scene.contour, scene.participant.id().value(), scene.subsystem.id().value(), PROGRAM)));
            case ENDED_BY_THE_AUTHORITY -> node.run(Tokens.class, tokens -> tokens.endByAuthority(consent.token().token().id(), scene.contour, "in a test", Scene.OFFICIAL));
            case FROZEN -> node.run(Tokens.class, tokens -> tokens.freeze(consent.taxpayer(), consent.token().token().id(), Scene.TAXPAYER));
            case ALL_PAUSED -> node.run(Tokens.class, tokens -> tokens.pauseAll(consent.taxpayer(), Scene.TAXPAYER));
            case EXPIRED -> setClocks(nodes, midnight);
            case PARTICIPANT_SUSPENDED -> {
                ConnectionId connection = scene.connection().id();
                node.run(Connections.class, connections -> connections.apply(connection, scene.contour, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT")));
            }
            case RIGHT_REVOKED -> node.run(AccessRights.class, rights -> rights.apply(AccessRightEvent.REVOKE, right(rights).id(), scene.contour, "in a test", Scene.OFFICIAL));
            case CERTIFICATE_BLOCKED -> certificate(node, CertificateEvent.BLOCK);
        }
    }

    private AccessRightView right(AccessRights rights) {
        return rights.of(scene.subsystem.id(), scene.contour).stream().filter(right -> right.serviceCode().equals("tpDataByINN") && right.state() == AccessRightState.ACTIVE).findFirst().orElseThrow();
    }

    private void certificate(TestApplication node, CertificateEvent event) {
        node.run(Participants.class, participants -> participants.apply(event, scene.certificate.thumbprint(), scene.contour, "in a test", Scene.OFFICIAL));
    }

    /** What is not the consent's alone works again for the next round. */
    private void restore(Way way, TwoNodes nodes) {
        switch (way) {
            case EXPIRED -> setClocks(nodes, Scene.NOON);
            case PARTICIPANT_SUSPENDED -> scene.apply(ConnectionEvent.RESTORE);
            case RIGHT_REVOKED -> scene.grant(scene.subsystem, "tpDataByINN", scene.today(), null);
            case CERTIFICATE_BLOCKED -> certificate(nodes.node(0), CertificateEvent.UNBLOCK);
            default -> { }
        }
    }

    /** Each node has its own: the stop is there when it is there on both. */
    private static void setClocks(TwoNodes nodes, Instant instant) {
        nodes.node(0).clock().set(instant);
        nodes.node(1).clock().set(instant);
    }
}
