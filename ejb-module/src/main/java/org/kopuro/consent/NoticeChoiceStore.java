package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantId;

/** A row is something that is switched off. Two choices at once become one or the other, or the union; either was wanted. */
@Dependent
class NoticeChoiceStore {

    @Inject
    private Sql sql;

    Set<TidingKind> muted(Taxpayer taxpayer) {
        Set<TidingKind> off = EnumSet.noneOf(TidingKind.class);
        off.addAll(sql.list("select kind from consent.muted_tiding where contour = ? and taxpayer_inn = ?", row -> row.as(TidingKind.class, "kind"), taxpayer.contour(), taxpayer.inn().digits()));
        return off;
    }

    void put(Taxpayer taxpayer, Collection<TidingKind> off) {
        sql.update("delete from consent.muted_tiding where contour = ? and taxpayer_inn = ? and kind <> all(?::text[])", taxpayer.contour(), taxpayer.inn().digits(), names(off));
        sql.update("insert into consent.muted_tiding (contour, taxpayer_inn, kind) select ?, ?, kind from unnest(?::text[]) kind on conflict on constraint muted_tiding_pk do nothing",
                taxpayer.contour(), taxpayer.inn().digits(), names(off));
    }

    Set<NoticeKind> muted(ParticipantId participant, Contour contour) {
        Set<NoticeKind> off = EnumSet.noneOf(NoticeKind.class);
        off.addAll(sql.list("select kind from consent.muted_letter where contour = ? and participant_id = ?", row -> row.as(NoticeKind.class, "kind"), contour, participant));
        return off;
    }

    void put(ParticipantId participant, Contour contour, Collection<NoticeKind> off) {
        sql.update("delete from consent.muted_letter where contour = ? and participant_id = ? and kind <> all(?::text[])", contour, participant, names(off));
        sql.update("insert into consent.muted_letter (contour, participant_id, kind) select ?, ?::uuid, kind from unnest(?::text[]) kind on conflict on constraint muted_letter_pk do nothing",
                contour, participant, names(off));
    }

    private static Collection<String> names(Collection<? extends Enum<?>> kinds) {
        return kinds.stream().<String>map(Enum::name).toList();
    }
}
