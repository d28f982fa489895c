package org.kopuro.access.procedures;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/**
 * One version of a procedure: the rules and times by which requests that were received on its days are judged (ACC-20, ACC-21).
 *
 * @param calendar          by whose working days and zone it counts
 * @param validTo           its last day, when a later version is published
 * @param contours          that it connects to
 * @param channel           by which requests come
 * @param provisions        what it says in words; of versions that were published before there were any, none
 * @param senderZones       last labels of the mail domains that requests may come from; empty: any (ACC-49)
 * @param subjects          templates of how letters of a purpose are headed (ACC-24); where the procedure wants nothing, none
 * @param jointTestRequired before PRODUCTION, as the agreement is where one is required
 * @param ogrnRequired      of whoever can have one, before it is connected
 * @param innRequired       of everybody, before it is connected (ACC-42)
 * @param stoppingProofWaived that PRODUCTION opens services with tokens to whoever has not shown in TEST that it stops with them (CON-160)
 * @param decrees           that it connects under; where there are any, requests to connect or disconnect name theirs (ACC-42)
 * @param documents         that products need; empty: neither products nor documents are asked for
 */
public record Procedure(String code, int version, String calendar, Map<Language, String> titles, LocalDate validFrom, Optional<LocalDate> validTo, String source,
        List<Contour> contours, Channel channel, Map<Matter, Provision> provisions, Optional<List<String>> senderZones, boolean jointTestRequired, boolean agreementRequired, boolean ogrnRequired, boolean innRequired, boolean stoppingProofWaived,
        Map<DeadlineRule, DeadlineTerm> deadlines,
        List<ChecklistItem> items, List<Ground> grounds, Map<Purpose, String> subjects, List<RequiredDocument> documents, List<Decree> decrees) {

    /** Whose participants have Russian numbers: a procedure is of the country whose days it counts by. */
    public boolean ofRussia() {
        return calendar.equals("RU");
    }

    /** Empty where this procedure sets no time. */
    public Optional<DeadlineTerm> deadline(DeadlineRule rule) {
        return Optional.ofNullable(deadlines.get(rule));
    }

    public List<ChecklistItem> items(RequestKind kind, Contour contour, ChecklistItem.Side side) {
        return items.stream().filter(item -> item.kind() == kind && item.contour() == contour && item.side() == side).toList();
    }

    /** Empty where this version says nothing of the matter. */
    public Optional<Provision> provision(Matter matter) {
        return Optional.ofNullable(provisions.get(matter));
    }

    public Optional<String> subject(Purpose purpose) {
        return Optional.ofNullable(subjects.get(purpose));
    }

    public Optional<Ground> ground(Measure measure, String code) {
        return grounds.stream().filter(ground -> ground.measure() == measure && ground.code().equals(code)).findFirst();
    }
}
