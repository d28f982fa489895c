package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.ProductDocument;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.Products;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Particulars;
import org.kopuro.testing.Scene;

/** Whoever looks at a request again sees what changed since it was refused (ACC-48, ACC-T10). */
class FilingAgainIT extends RequestScene {

    private static final NewContact OTHER = new NewContact("Another", "IT", "Head", "b@example.kg", "+996 312 000009");

    @Test
    void everythingThatIsOtherwiseIsShownAndNothingElse() {
        scene.apply(ConnectionEvent.DISCONNECT);
        ProductId product = scene.product(ProductRole.OWNER_DEVELOPER);
        ProductDocument old = scene.prove(product, ProductDocumentKind.REGISTRATION, null);
        RequestView refused = submit(filed(product, "Please.", List.of("headcount", "tpDataByINN"), contacts(), Optional.empty(), Particulars.NONE));
        attach(refused, "first.txt");
        attach(refused, "same.txt");
        apply(refused, RequestEvent.CONFIRM);
        apply(refused, RequestEvent.REFUSE);
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.application.run(Products.class, products -> products.withdraw(product, old.document(), "wrong scan", scene.contour, Scene.OFFICIAL));
        ProductDocument fresh = scene.prove(product, ProductDocumentKind.REGISTRATION, null);
        RequestView again = submit(filed(product, "Please, once more.", List.of("headcount", "incomeStatement: To lend more."), List.of(contacts().get(0), OTHER), Optional.of(refused.id()),
                new Particulars(Optional.empty(), Optional.empty(), Optional.of(new Ogrn("1027700132195")))));
        String same = attach(again, "same.txt");
        String second = attach(again, "second.txt");
        String name = scene.application.with(Products.class, products -> products.get(product)).told().name();
        assertEquals(List.of(change("body", "Please.", "Please, once more."), change("particulars.ogrn", null, "1027700132195"),
                change("services", "app tpDataByINN: To lend.", null), change("services", null, "app incomeStatement: To lend more."),
                change("contacts", null, "Another, IT, Head, b@example.kg, +996 312 000009"),
                change("documents", "OTHER first.txt " + same, null), change("documents", null, "OTHER second.txt " + second),
                change("products.documents", name + ": REGISTRATION " + old.told().number(), null), change("products.documents", null, name + ": REGISTRATION " + fresh.told().number())),
                changes(again));
    }

    @Test
    void whatWasRefusedIsNotFiledAgainUnlessSomethingOfItIsOtherwiseOrEachCauseIsAnswered() {
        scene.apply(ConnectionEvent.DISCONNECT);
        ProductId product = scene.product(ProductRole.OWNER_DEVELOPER);
        RequestView refused = submit(filed(product, "Please.", List.of("headcount"), contacts(), Optional.empty(), Particulars.NONE));
        attach(refused, "first.txt");
        apply(refused, RequestEvent.CONFIRM);
        with(requests -> requests.refuse(refused.id(), Contour.TEST, List.of(new Cause("OTHER", "One."), new Cause("OTHER", "Two.")), Scene.OFFICIAL));
        List<String> causes = read(refused).causes().stream().map(Cause::code).distinct().toList();
        NewRequest same = filed(product, "Please.", List.of("headcount"), contacts(), Optional.of(refused.id()), Particulars.NONE);
        Refusal unchanged = assertThrows(Refusal.class, () -> submit(same));
        assertEquals("RESUBMITTED_UNCHANGED answers " + String.join(", ", causes.stream().sorted().toList()), unchanged.code() + " " + unchanged.field() + " " + unchanged.argument(0));
        assertRefused(RequestRefusal.RESUBMITTED_UNCHANGED, () -> submit(same.answering(List.of(new CauseAnswer("OTHER", "Done.")))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> submit(same.answering(List.of(new CauseAnswer("NO_SUCH_CAUSE", "Done.")))));
        assertRefused(InputRefusal.FIELD_INVALID, () -> connect(Contour.TEST, "headcount").answering(List.of(new CauseAnswer("OTHER", "To whom?"))));
        RequestView answered = submit(same.answering(causes.stream().map(code -> new CauseAnswer(code, "Done: " + code)).toList()));
        assertEquals(causes.size() + 1, answered.answers().size(), "two causes of one code");
        assertEquals(Set.copyOf(causes), answered.answers().stream().map(CauseAnswer::code).collect(Collectors.toSet()));
        scene.application.clock().advance(Duration.ofMinutes(1));
        apply(answered, RequestEvent.CONFIRM);
        apply(answered, RequestEvent.REFUSE);
        scene.prove(product, ProductDocumentKind.REGISTRATION, null);
        assertRefused(RequestRefusal.RESUBMITTED_UNCHANGED,
                () -> submit(filed(product, "Please.", List.of("headcount"), contacts(), Optional.of(answered.id()), Particulars.NONE)));
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.prove(product, ProductDocumentKind.REGISTRATION, null);
        assertEquals(List.of(), submit(filed(product, "Please.", List.of("headcount"), contacts(), Optional.of(answered.id()), Particulars.NONE)).answers());
    }

    @Test
    void whatNobodyRefusedHasNoChanges() {
        assertEquals(List.of(), changes(submit(plain(RequestKind.CHANGE))));
    }

    private NewRequest filed(ProductId product, String body, List<String> services, List<NewContact> contacts, Optional<RequestId> previous, Particulars stated) {
        return new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", body,
                services.stream().map(wish -> wish.split(": ", 2)).map(wish -> new ServiceWish(scene.subsystem.id(), wish[0], false, Optional.of(wish.length > 1 ? wish[1] : "To lend."))).toList(), contacts, Set.of(), Optional.empty(), previous)
                .naming(List.of(new ProductWish(product, false))).stating(stated);
    }

    /** Always the same content; its digest. */
    private String attach(RequestView request, String fileName) {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream("As before.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return scene.application.with(Requests.class, requests -> requests.attach(request.id(), request.contour(),
                    new Attachment(Attachment.Kind.OTHER, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), upload, Scene.OFFICIAL)).sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<RequestChange> changes(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.changes(request));
    }

    private static RequestChange change(String field, String before, String after) {
        return new RequestChange(field, Optional.ofNullable(before), Optional.ofNullable(after));
    }
}
