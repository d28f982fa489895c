package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.SubsystemView;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A participant that is connected to TEST, and its requests. It is Monday, 2 March 2026. */
abstract class RequestScene {

    final Scene scene = new Scene();
    final SubsystemView newcomer = anotherParticipant();

    SubsystemView anotherParticipant() {
        return new Scene(Contour.TEST, scene.application).subsystem;
    }

    RequestView reach(RequestState state) {
        scene.apply(ConnectionEvent.DISCONNECT);
        RequestView request = submit(state == RequestState.NOT_ACCEPTED ? fromElsewhere() : connect(Contour.TEST, "headcount"));
        switch (state) {
            case SUBMITTED -> { }
            case ACCEPTED -> accept(request);
            case INFO_NEEDED -> {
                accept(request);
                apply(request, RequestEvent.ASK);
            }
            case NOT_ACCEPTED -> apply(request, RequestEvent.DECLINE);
            case RETRACTED -> apply(request, RequestEvent.RETRACT);
            case GRANTED -> {
                accept(request);
                grant(request);
            }
            case REFUSED -> {
                accept(request);
                apply(request, RequestEvent.REFUSE);
            }
        }
        return request;
    }

    /** From a sender that its procedure does not hear: what can be turned away. */
    NewRequest fromElsewhere() {
        return new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, "RU-1221", Optional.empty(), "bank@example.com", "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), service("lendingInATest", "RU-1221"))), contacts(), Set.of(), Optional.empty(), Optional.empty());
    }

    void apply(RequestView request, RequestEvent event) {
        List<Cause> causes = List.of(new Cause(event == RequestEvent.DECLINE ? "SENDER_OUTSIDE_ZONE" : "OTHER", "in a test"));
        scene.application.run(Requests.class, requests -> {
            switch (event) {
                case CONFIRM -> requests.confirm(request.id(), request.contour(), Scene.OFFICIAL);
                case DECLINE -> requests.decline(request.id(), request.contour(), causes, Scene.OFFICIAL);
                case ASK -> requests.ask(request.id(), request.contour(), "Why?", Scene.OFFICIAL);
                case SUPPLY -> requests.supply(request.id(), request.contour(), "Because.", Scene.OFFICIAL);
                case GRANT -> requests.grant(request.id(), request.contour(), "in order", Scene.OFFICIAL);
                case REFUSE -> requests.refuse(request.id(), request.contour(), causes, Scene.OFFICIAL);
                case RETRACT -> requests.retract(request.id(), request.contour(), Scene.OFFICIAL);
                case LAPSE -> requests.lapse(request.id(), request.contour());
                case SUBMIT -> throw new IllegalArgumentException();
            }
        });
    }

    /** Confirmed, and every item ticked. */
    void accept(RequestView request) {
        with(requests -> requests.confirm(request.id(), request.contour(), Scene.OFFICIAL));
        List.of("TAX_REGISTRATION", "EXCHANGE_REGISTRATION", "SERVICES_NAMED", "MEMBER_IDENTIFIER", "SUBSYSTEM", "RIGHTS_DOCUMENTS").forEach(item -> tick(request, item));
    }

    void tick(RequestView request, String item) {
        with(requests -> requests.check(request.id(), request.contour(), item, true, "", Scene.OFFICIAL));
    }

    void grant(RequestView request) {
        with(requests -> requests.grant(request.id(), request.contour(), "in order", Scene.OFFICIAL));
    }

    RequestView submit(NewRequest request) {
        return with(requests -> requests.submit(request, Scene.OFFICIAL));
    }

    RequestView read(RequestView request) {
        return with(requests -> requests.get(request.id(), request.contour()));
    }

    RequestView with(java.util.function.Function<Requests, RequestView> action) {
        return scene.application.with(Requests.class, action::apply);
    }

    NewRequest connect(Contour contour, String... services) {
        if (contour == Contour.PRODUCTION) {
            scene.showStopping(scene.subsystem);
        }
        return new NewRequest(RequestKind.CONNECT, scene.participant.id(), contour, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "Please connect us.",
                Stream.of(services).map(service -> Scene.wish(scene.subsystem.id(), service)).toList(), contacts(), Set.of(), Optional.empty(), Optional.empty())
                .naming(List.of(new ProductWish(scene.product(), false)));
    }

    NewRequest plain(RequestKind kind) {
        return new NewRequest(kind, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "Please.", List.of(), List.of(), Set.of(), Optional.empty(),
                Optional.empty());
    }

    static NewRequest with(NewRequest request, List<ServiceWish> services) {
        return new NewRequest(request.kind(), request.participant(), request.contour(), request.procedure(), request.letter(), request.answerEmail(), request.body(), services,
                request.contacts(), request.confirmations(), request.desiredDay(), request.previous()).naming(request.products());
    }

    static NewRequest byLetter(NewRequest request, String sender, Instant receivedAt) {
        return new NewRequest(request.kind(), request.participant(), request.contour(), request.procedure(),
                Optional.of(new Letter(sender, Optional.of("[Bank]"), Optional.of("<1@example.kg>"), receivedAt)), request.answerEmail(), request.body(), request.services(),
                request.contacts(), request.confirmations(), request.desiredDay(), request.previous()).naming(request.products()).stating(request.particulars());
    }

    static List<NewContact> contacts() {
        return List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000"));
    }

    static String platformService() {
        return service("platformInATest", "RU-422-696");
    }

    static String service(String code, String procedure) {
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?) on conflict do nothing", code, procedure);
        return code;
    }

    Set<String> activeServices() {
        Set<String> services = new HashSet<>();
        for (AccessRightView right : scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST))) {
            if (right.state() == AccessRightState.ACTIVE) {
                services.add(right.serviceCode());
            }
        }
        return services;
    }

    Instant now() {
        return scene.application.clock().instant();
    }

    static void assertRefused(RefusalCode code, org.junit.jupiter.api.function.Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
