package org.kopuro.accessservices.rest;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.CauseAnswer;
import org.kopuro.access.requests.RequestId;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.access.requests.UnderDecrees;
import org.kopuro.accessservices.Application;
import org.kopuro.accessservices.NewsOfParticipant;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;

/** JSON as what the facade is asked; refuses what cannot be read, and what nobody asked for. */
final class Wanted {

    private Wanted() {
    }

    static Application form(JsonBody form) {
        RequestKind kind = form.oneOf(RequestKind.class, "kind");
        Application read = application(kind, form, form.optionalText("desiredDay"), form.optionalText("day")).with(subsystems(form));
        form.end();
        return read;
    }

    static Application production(JsonBody wish) {
        Application read = application(RequestKind.CONNECT, wish, Optional.empty(), Optional.empty());
        wish.end();
        return read;
    }

    static Application test(JsonBody report) {
        Application read = Application.plain(RequestKind.JOINT_TEST, report.text("procedure"), report.text("answerEmail"), report.text("body"), confirmations(report), Optional.empty(),
                previous(report)).answering(answers(report));
        report.end();
        return read;
    }

    static Application exit(JsonBody exit) {
        Application read = Application.plain(RequestKind.DISCONNECT, exit.text("procedure"), exit.text("answerEmail"), exit.text("body"), Set.of(),
                exit.optionalText("desiredDay").map(day -> Input.day(day, "desiredDay")), Optional.empty()).under(underDecrees(exit));
        exit.end();
        return read;
    }

    private static Application application(RequestKind kind, JsonBody form, Optional<String> desiredDay, Optional<String> day) {
        return new Application(kind, form.text("procedure"), form.text("answerEmail"), form.text("body"), wishes(form), products(form), contacts(form), confirmations(form),
                desiredDay.map(text -> Input.day(text, "desiredDay")), day.map(text -> Input.day(text, "day")), previous(form), particulars(form))
                .reading(form.optionalNumber("confirmedVersion")).answering(answers(form)).under(underDecrees(form));
    }

    private static UnderDecrees underDecrees(JsonBody form) {
        return UnderDecrees.of(form.optionalTexts("decree"), form.optionalText("action"));
    }

    static RequestId request(JsonBody reference) {
        return new RequestId(Input.uuid(reference.text("id"), "id"));
    }

    static ReportId report(JsonBody reference) {
        return new ReportId(Input.uuid(reference.text("id"), "id"));
    }

    static List<UUID> notices(JsonBody references) {
        return references.texts("notice").stream().map(id -> Input.uuid(id, "notice")).distinct().toList();
    }

    static NewsOfParticipant change(JsonBody news, Set<ReportKind> permitted) {
        NewsOfParticipant read = new NewsOfParticipant(kind(news, permitted), news.text("procedure"), Optional.of(Input.day(news.text("day"), "day")), Optional.empty(), Optional.empty(),
                news.text("text"));
        news.end();
        return read;
    }

    static NewsOfParticipant outage(JsonBody news, Set<ReportKind> permitted) {
        NewsOfParticipant read = new NewsOfParticipant(kind(news, permitted), news.text("procedure"), Optional.empty(), Optional.of(Input.instant(news.text("start"), "start")),
                news.optionalText("end").map(end -> Input.instant(end, "end")), news.text("text"));
        news.end();
        return read;
    }

    private static ReportKind kind(JsonBody news, Set<ReportKind> permitted) {
        ReportKind kind = news.oneOf(ReportKind.class, "kind");
        if (!permitted.contains(kind)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "kind");
        }
        return kind;
    }

    private static List<Application.Wish> wishes(JsonBody form) {
        return form.optionalObjects("service").stream().map(service -> {
            Application.Wish wish = new Application.Wish(service.optionalText("subsystem").map(String::strip), service.text("service"), service.flag("drops"), service.optionalText("purpose"));
            service.end();
            return wish;
        }).toList();
    }

    private static Particulars particulars(JsonBody form) {
        return form.optionalObject("particulars").map(told -> {
            Particulars particulars = new Particulars(told.optionalText("fullName"), told.optionalText("noticeEmail"), told.optionalText("ogrn").map(ogrn -> Ogrn.of(ogrn, "particulars.ogrn")),
                    told.optionalText("inn").map(inn -> Inn.of(inn, "particulars.inn")), told.optionalText("russianInn").map(inn -> RussianInn.of(inn, "particulars.russianInn")));
            told.end();
            return particulars;
        }).orElse(Particulars.NONE);
    }

    private static List<Application.Product> products(JsonBody form) {
        return form.optionalObjects("product").stream().map(product -> {
            Application.Product wanted = new Application.Product(product.text("name").strip(), product.flag("drops"));
            product.end();
            return wanted;
        }).toList();
    }

    private static List<NewContact> contacts(JsonBody form) {
        return form.optionalObjects("contact").stream().map(person -> {
            NewContact contact = new NewContact(person.text("fullName"), person.text("unit"), person.text("post"), person.text("email"), person.text("phone"));
            person.end();
            return contact;
        }).toList();
    }

    private static List<SubsystemWish> subsystems(JsonBody form) {
        return form.optionalObjects("subsystem").stream().map(subsystem -> {
            SubsystemWish wish = new SubsystemWish(subsystem.text("code"), subsystem.optionalText("name"), subsystem.flag("drops"));
            subsystem.end();
            return wish;
        }).toList();
    }

    private static List<CauseAnswer> answers(JsonBody form) {
        return form.optionalObjects("answer").stream().map(answer -> {
            CauseAnswer answered = new CauseAnswer(answer.text("code"), answer.text("text"));
            answer.end();
            return answered;
        }).toList();
    }

    private static Set<String> confirmations(JsonBody form) {
        return new HashSet<>(form.optionalTexts("confirmation").stream().map(String::strip).toList());
    }

    private static Optional<RequestId> previous(JsonBody form) {
        return form.optionalText("previous").map(text -> new RequestId(Input.uuid(text, "previous")));
    }
}
