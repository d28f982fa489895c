package org.kopuro.notices;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Texts as they were published, and what two officials do to publish one. */
@Dependent
class TemplateStore {

    private static final String TEXT = "kind, procedure_code, language, valid_from, subject, body";
    private static final String PROPOSALS = "select id, " + TEXT + ", reason, proposed_by, proposed_at, outcome from notices.template_proposal ";
    private static final int LIST_MAX = 500;

    @Inject
    private Sql sql;

    /** The newest first. */
    List<TemplateView> published(NoticeKind kind) {
        return sql.list("select " + TEXT + " from notices.template where kind = ? order by valid_from desc, procedure_code, language limit " + LIST_MAX, TemplateStore::text, kind);
    }

    boolean isPublished(NewTemplate template) {
        return sql.exists("select from notices.template where (kind, procedure_code, language, valid_from) = (?, ?, ?, ?)", template.kind(), template.procedure(), template.language(),
                template.validFrom());
    }

    void add(UUID id, NewTemplate text, String reason, UUID by, Instant at) {
        try {
            sql.update("insert into notices.template_proposal (id, " + TEXT + ", reason, proposed_by, proposed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", id, text.kind(), text.procedure(),
                    text.language(), text.validFrom(), text.subject(), text.body(), reason, by, at);
        } catch (SqlFailure e) {
            if (e.constraint().equals("template_proposal_open_unique")) {
                throw Refusal.of(NoticeRefusal.TEMPLATE_PROPOSED_ALREADY, "kind");
            }
            throw e;
        }
    }

    /** Whoever else would decide it waits for the end of this transaction. */
    Optional<TemplateProposal> forChange(UUID id) {
        return sql.first(PROPOSALS + "where id = ? for update", TemplateStore::proposal, id);
    }

    void decide(UUID id, TemplateProposal.Outcome outcome, Optional<String> remark, UUID by, Instant at) {
        sql.update("update notices.template_proposal set outcome = ?, remark = ?, decided_by = ?, decided_at = ? where id = ? and outcome is null", outcome, remark, by, at, id);
    }

    /** The oldest first. */
    List<TemplateProposal> open() {
        return sql.list(PROPOSALS + "where outcome is null order by proposed_at, id limit " + LIST_MAX, TemplateStore::proposal);
    }

    private static TemplateProposal proposal(Row row) {
        return new TemplateProposal(row.uuid("id"), text(row), row.text("reason"), row.uuid("proposed_by"), row.instant("proposed_at"),
                row.maybe("outcome", column -> row.as(TemplateProposal.Outcome.class, column)));
    }

    private static TemplateView text(Row row) {
        return new TemplateView(row.as(NoticeKind.class, "kind"), row.text("procedure_code"), row.as(Language.class, "language"), row.day("valid_from"), row.text("subject"), row.text("body"));
    }
}
