package org.kopuro.access.duties;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.kopuro.access.ServiceView;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewNotice;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.Notices;

/** Words an announcement for each of those it affects, in the participant's language and the procedure's time (ACC-81, ACC-82). */
@Dependent
class Announcing {

    private static final ResourceBundle.Control EXACT_LANGUAGE = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    @Inject
    private Installation installation;
    @Inject
    private Notices notices;

    void tell(AnnouncementView published, List<ServiceView> services, ZoneId zone, Instant due, List<Addressee> addressees) {
        notices.write(addressees.stream().map(one -> switch (kind(published)) {
            case N17 -> notice(published, NoticeKind.N17, services, zone, one).with("change", published.text()).with("effectiveDate", day(published.start(), one.language(), zone))
                    .with("grounds", published.emergencyReason().orElse(""));
            case N18 -> outage(published, NoticeKind.N18, services, zone, one).with("grounds", published.text() + "\n" + published.emergencyReason().orElseThrow());
            default -> outage(published, NoticeKind.N16, services, zone, one).with("grounds", published.text());
        }).map(notice -> notice.due(due)).toList());
    }

    /** That it was withdrawn (N12), or that its outage is over (N23), at once. */
    void tellEnded(AnnouncementView ended, List<ServiceView> services, ZoneId zone, List<Addressee> addressees) {
        AnnouncementView.Ended end = ended.ended().orElseThrow();
        notices.write(addressees.stream().map(one -> switch (end.event()) {
            case WITHDRAWN -> notice(ended, NoticeKind.N12, services, zone, one).with("announcement", named(ended, one.language(), zone));
            case ENDED -> notice(ended, NoticeKind.N23, services, zone, one).with("start", moment(ended.start(), one.language(), zone)).with("end", moment(end.at(), one.language(), zone));
        }).map(notice -> notice.with("grounds", end.reason()).due(end.at())).toList());
    }

    /** What it is, and for when. */
    static String named(AnnouncementView announcement, Language language, ZoneId zone) {
        boolean outage = announcement.kind() == AnnouncementKind.OUTAGE;
        return MessageFormat.format(word(announcement.kind().name(), language), outage ? moment(announcement.start(), language, zone) : day(announcement.start(), language, zone),
                announcement.end().map(moment -> moment(moment, language, zone)).orElse(""));
    }

    private static NoticeKind kind(AnnouncementView published) {
        if (published.kind() == AnnouncementKind.CHANGE) {
            return NoticeKind.N17;
        }
        return published.emergencyReason().isPresent() ? NoticeKind.N18 : NoticeKind.N16;
    }

    private NewNotice outage(AnnouncementView published, NoticeKind kind, List<ServiceView> services, ZoneId zone, Addressee one) {
        return notice(published, kind, services, zone, one).with("start", moment(published.start(), one.language(), zone))
                .with("end", moment(published.end().orElseThrow(), one.language(), zone));
    }

    private NewNotice notice(AnnouncementView about, NoticeKind kind, List<ServiceView> services, ZoneId zone, Addressee one) {
        Language language = one.language();
        String id = about.id().value().toString();
        return NewNotice.of(kind, kind + " " + id + " " + one.affected().participant().value(), "announcement", about.id().value(), language).under(about.procedure())
                .in(about.contour()).inCabinetOf(one.affected().participant().value()).to(one.addresses())
                .with("number", String.valueOf(about.number()))
                .with("date", moment(about.ended().map(AnnouncementView.Ended::at).orElse(about.publishedAt()), language, zone)).with("participant", one.affected().name())
                .with("participantInn", one.inn().orElse("")).with("participantOgrn", one.ogrn().orElse("")).with("procedure", about.procedure()).with("procedureVersion", String.valueOf(about.version()))
                .with("link", link(about)).with("contour", word(about.contour().name(), language)).with("services", services(services, one.affected().services(), language));
    }

    /** Where people read it. */
    String link(AnnouncementView announcement) {
        return installation.publicAddress() + (announcement.kind() == AnnouncementKind.OUTAGE ? "/access/outages/" : "/access/changes/") + announcement.id().value();
    }

    static String services(List<ServiceView> services, Collection<String> concerned, Language language) {
        return services.stream().filter(service -> concerned.contains(service.code())).map(service -> service.code() + " (" + service.titles().get(language) + ")")
                .collect(Collectors.joining("; "));
    }

    static String moment(Instant moment, Language language, ZoneId zone) {
        return DateTimeFormatter.ofPattern(word("moment", language), language.locale()).format(moment.atZone(zone));
    }

    private static String day(Instant moment, Language language, ZoneId zone) {
        return DateTimeFormatter.ofPattern(word("day", language), language.locale()).format(moment.atZone(zone));
    }

    private static String word(String key, Language language) {
        return ResourceBundle.getBundle(Announcing.class.getPackageName() + ".words", language.locale(), Announcing.class.getClassLoader(), EXACT_LANGUAGE).getString(key);
    }
}
