package org.kopuro.access.products;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.ProductWish;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.ParticipantKind;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;
import org.kopuro.testing.Scene;

/** Files a scene's requests and has them decided. */
public record Applicant(Scene scene) {

    /** What the forms of the RU procedures name. */
    public static final RussianInn INN = new RussianInn("7707083893");
    private static final List<NewContact> CONTACTS = List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000"));

    public RequestView connect(Contour contour, ProductId... products) {
        if (contour == Contour.PRODUCTION) {
            scene.showStopping(scene.subsystem);
        }
        return accepted(file(RequestKind.CONNECT, contour, Scene.PROCEDURE, List.of(Scene.wish(scene.subsystem.id(), "headcount")), CONTACTS, Set.of(), wanted(products)));
    }

    public RequestView change(List<ServiceWish> services, List<ProductWish> products) {
        return accepted(file(RequestKind.CHANGE, Contour.TEST, Scene.PROCEDURE, services, List.of(), Set.of(), products));
    }

    public RequestView plain(RequestKind kind, Contour contour) {
        return accepted(file(kind, contour, Scene.PROCEDURE, List.of(), List.of(), Set.of(), List.of()));
    }

    public RequestView connectUnder(String procedure, String service, Set<String> confirmations) {
        return connectUnder(procedure, service, confirmations, Particulars.NONE);
    }

    public RequestView connectUnder(String procedure, String service, Set<String> confirmations, Particulars stated) {
        return accepted(file(RequestKind.CONNECT, Contour.TEST, procedure, List.of(Scene.wish(scene.subsystem.id(), service)), CONTACTS, confirmations, List.of(), stated));
    }

    private RequestView file(RequestKind kind, Contour contour, String procedure, List<ServiceWish> services, List<NewContact> contacts, Set<String> confirmations,
            List<ProductWish> products) {
        return file(kind, contour, procedure, services, contacts, confirmations, products, Particulars.NONE);
    }

    private RequestView file(RequestKind kind, Contour contour, String procedure, List<ServiceWish> services, List<NewContact> contacts, Set<String> confirmations,
            List<ProductWish> products, Particulars told) {
        Particulars stated = procedure.startsWith("RU") ? new Particulars(told.fullName(), told.noticeEmail(), told.ogrn(), Optional.empty(), Optional.of(number())) : told;
        return with(requests -> requests.submit(new NewRequest(kind, scene.participant.id(), contour, procedure, Optional.empty(), "office@bank.ru", "Please.", services, contacts,
                confirmations, Optional.empty(), Optional.empty()).naming(products).stating(stated)
                .reading(confirmations.contains("PROCEDURE_READ") ? Optional.of(1) : Optional.empty()), Scene.OFFICIAL));
    }

    private RussianInn number() {
        ParticipantKind kind = scene.application.with(Participants.class, participants -> participants.get(scene.participant.id())).kind();
        return kind == ParticipantKind.NATURAL_PERSON ? new RussianInn("500100732259") : INN;
    }

    private static List<ProductWish> wanted(ProductId... products) {
        return Stream.of(products).map(product -> new ProductWish(product, false)).toList();
    }

    /** Confirmed; nothing is ticked. */
    private RequestView accepted(RequestView request) {
        return with(requests -> requests.confirm(request.id(), request.contour(), Scene.OFFICIAL));
    }

    /** Every item that there is. */
    public RequestView tick(RequestView request) {
        for (ChecklistItem item : scene.application.with(Requests.class, requests -> requests.checklist(request))) {
            with(requests -> requests.check(request.id(), request.contour(), item.code(), true, "", Scene.OFFICIAL));
        }
        return read(request);
    }

    public RequestView grant(RequestView request) {
        return with(requests -> requests.grant(request.id(), request.contour(), "in order", Scene.OFFICIAL));
    }

    /** In PRODUCTION, by two officials. */
    public RequestView grantByTwo(RequestView request) {
        ProposalView proposal = scene.application.with(Proposals.class, proposals -> proposals.proposeGrant(request.id(), request.contour(), "in order", Scene.OFFICIAL));
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), request.contour(), Scene.APPROVER));
        return read(request);
    }

    public RequestView refuse(RequestView request) {
        return with(requests -> requests.refuse(request.id(), request.contour(), List.of(), Scene.OFFICIAL));
    }

    public RequestView read(RequestView request) {
        return with(requests -> requests.get(request.id(), request.contour()));
    }

    private RequestView with(Function<Requests, RequestView> action) {
        return scene.application.with(Requests.class, action);
    }
}
