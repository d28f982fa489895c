package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.access.products.ProductEvent;
import org.kopuro.access.products.ProductHistory;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.ProductView;
import org.kopuro.access.products.Products;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Participants;
import org.kopuro.participants.RussianInn;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;

/** What somebody who was refused has changed, for the official who looks at it again (ACC-48). */
@Dependent
class Resubmission {

    private static final String DOCUMENTS = "documents";

    @Inject
    private ConsiderationStore store;
    @Inject
    private Participants participants;
    @Inject
    private Products products;

    /** Something of it is otherwise than what was refused, or each of the causes has its answer (ACC-T10). Files follow later: that they are not there yet is no news. */
    void requireNews(RequestView former, RequestView request) {
        if (changes(former, request).stream().anyMatch(change -> !change.field().equals(DOCUMENTS))) {
            return;
        }
        Set<String> answered = request.answers().stream().map(CauseAnswer::code).collect(Collectors.toSet());
        List<String> open = former.causes().stream().map(Cause::code).filter(code -> !answered.contains(code)).distinct().sorted().toList();
        if (!open.isEmpty()) {
            throw Refusal.of(RequestRefusal.RESUBMITTED_UNCHANGED, "answers", String.join(", ", open));
        }
    }

    /** In the order in which a request is read. */
    List<RequestChange> changes(RequestView former, RequestView request) {
        List<RequestChange> changes = new ArrayList<>();
        one(changes, "answerEmail", Optional.of(former.answerEmail()), Optional.of(request.answerEmail()));
        one(changes, "letter.sender", former.sender(), request.sender());
        one(changes, "body", Optional.of(former.body()), Optional.of(request.body()));
        one(changes, "desiredDay", former.desiredDay(), request.desiredDay());
        one(changes, "day", former.day(), request.day());
        one(changes, "particulars.fullName", former.particulars().fullName(), request.particulars().fullName());
        one(changes, "particulars.noticeEmail", former.particulars().noticeEmail(), request.particulars().noticeEmail());
        one(changes, "particulars.ogrn", former.particulars().ogrn().map(Ogrn::digits), request.particulars().ogrn().map(Ogrn::digits));
        one(changes, "particulars.inn", former.particulars().inn().map(Inn::digits), request.particulars().inn().map(Inn::digits));
        one(changes, "particulars.russianInn", former.particulars().russianInn().map(RussianInn::digits), request.particulars().russianInn().map(RussianInn::digits));
        one(changes, "action", former.underDecrees().action(), request.underDecrees().action());
        each(changes, "decrees", former.underDecrees().decrees(), request.underDecrees().decrees(), code -> code);
        Map<SubsystemId, String> codes = participants.get(request.participant()).subsystems().stream().collect(Collectors.toMap(SubsystemView::id, SubsystemView::code));
        each(changes, "services", former.services(), request.services(), wish -> (codes.get(wish.subsystem()) + " " + wish.service()).strip() + wish.purpose().map(": "::concat).orElse("") + dropped(wish.drops()));
        each(changes, "subsystems", former.subsystems(), request.subsystems(), Resubmission::text);
        each(changes, "products", former.products(), request.products(), wish -> products.get(wish.product()).told().name() + dropped(wish.drops()));
        each(changes, "contacts", former.contacts(), request.contacts(), Resubmission::text);
        each(changes, "confirmations", former.confirmations(), request.confirmations(), code -> code);
        each(changes, DOCUMENTS, store.documents(former.id().value()), store.documents(request.id().value()), Resubmission::text);
        request.addedProducts().forEach(product -> ofProduct(changes, product, former.since()));
        return changes;
    }

    /** What came to a product, or was withdrawn, after the refusal. */
    private void ofProduct(List<RequestChange> changes, ProductId id, Instant refused) {
        ProductView product = products.get(id);
        for (ProductHistory event : products.history(id)) {
            if (event.at().isAfter(refused) && event.document().isPresent()) {
                Optional<String> text = product.documents().stream().filter(document -> document.document().equals(event.document().get())).findFirst()
                        .map(document -> product.told().name() + ": " + document.told().kind() + " " + document.told().number());
                boolean withdrawn = event.event() == ProductEvent.WITHDRAW;
                changes.add(new RequestChange("products.documents", withdrawn ? text : Optional.empty(), withdrawn ? Optional.empty() : text));
            }
        }
    }

    private static void one(List<RequestChange> changes, String field, Optional<?> before, Optional<?> after) {
        if (!before.equals(after)) {
            changes.add(new RequestChange(field, before.map(Object::toString), after.map(Object::toString)));
        }
    }

    private static <T> void each(List<RequestChange> changes, String field, Collection<T> before, Collection<T> after, Function<T, String> text) {
        List<String> were = before.stream().map(text).sorted().toList();
        List<String> are = after.stream().map(text).sorted().toList();
        were.stream().filter(entry -> !are.contains(entry)).forEach(entry -> changes.add(new RequestChange(field, Optional.of(entry), Optional.empty())));
        are.stream().filter(entry -> !were.contains(entry)).forEach(entry -> changes.add(new RequestChange(field, Optional.empty(), Optional.of(entry))));
    }

    private static String dropped(boolean drops) {
        return drops ? " (drops)" : "";
    }

    private static String text(SubsystemWish wish) {
        String services = wish.services().stream().map(service -> service.code() + ": " + service.purpose()).sorted().collect(Collectors.joining(", "));
        return wish.code() + wish.name().map(" "::concat).orElse("") + (services.isEmpty() ? "" : " (" + services + ")") + dropped(wish.drops());
    }

    private static String text(NewContact contact) {
        return String.join(", ", contact.fullName(), contact.unit(), contact.post(), contact.email(), contact.phone());
    }

    private static String text(AttachedDocument document) {
        return document.attachment().kind() + " " + document.fileName() + " " + document.sha256();
    }
}
