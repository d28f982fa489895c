package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantId;

/** What a receipt tells of a token besides what its taxpayer sees listed. */
@Dependent
class TokenReceiptStore {

    @Inject
    private Sql sql;

    /** Whose token it is, and which text was read before it was made. */
    record Agreed(Taxpayer taxpayer, String textVersion, Language textLanguage, byte[] textSha256) {
    }

    Agreed agreed(TokenId id) {
        return sql.one("select contour, taxpayer_inn, text_version, text_language, text_sha256 from consent.token where id = ?",
                row -> new Agreed(new Taxpayer(row.as(Contour.class, "contour"), new Inn(row.text("taxpayer_inn"))), row.text("text_version"), row.as(Language.class, "text_language"),
                        row.octets("text_sha256")), id);
    }

    /** The taxpayer of a token that the participant holds, or held, there. */
    Optional<Taxpayer> taxpayerOf(TokenId id, ParticipantId holder, Contour contour) {
        return sql.first("select taxpayer_inn from consent.token where id = ? and participant_id = ? and contour = ? and erased_at is null", row -> new Taxpayer(contour, new Inn(row.text("taxpayer_inn"))),
                id, holder, contour);
    }

    /**
     * In their order, with their entries in the ledger. What ended with its connection or its mandate has its entry about that, with the others that ended. Enquiries about a token are
     * entries about it, too, and may be many: they are left out before anything is taken apart.
     */
    List<ReceiptWriter.Happened> happened(TokenId id) {
        return sql.list("""
                with told as materialized (
                    select l.id, l.number, l.content::json content
                      from consent.token t
                      join ledger.entry l on l.record_id = any (array[t.id, t.participant_id, t.mandate_id]) and l.record_id <> l.id and l.contour = t.contour
                     where t.id = ? and (strpos(l.content, '"type":"consent.token_issued"') > 0 or strpos(l.content, '"type":"consent.token_changed"') > 0
                                         or strpos(l.content, '"type":"consent.tokens_revoked"') > 0 and strpos(l.content, t.id::text) > 0))
                select e.event, e.to_state, e.at, e.actor_role, (
                         select l.id from told l
                          where (l.content ->> 'at')::timestamptz = e.at
                            and case l.content ->> 'type' when 'consent.token_issued' then 'ISSUE' when 'consent.token_changed' then l.content #>> '{data,event}' else e.event end = e.event
                          order by l.content ->> 'type' = 'consent.tokens_revoked', l.number limit 1) ledger_entry
                  from consent.token_event e where e.token_id = ? order by e.number""",
                row -> new ReceiptWriter.Happened(row.text("event"), row.text("to_state"), row.instant("at"), row.text("actor_role"), row.maybe("ledger_entry", row::uuid)), id, id);
    }
}
