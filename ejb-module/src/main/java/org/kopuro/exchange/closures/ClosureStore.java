package org.kopuro.exchange.closures;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

@Dependent
class ClosureStore {

    private static final String CLOSURES = """
            select c.*, e.at opened_at, e.reason opened_reason, e.actor opened_by
              from exchange.closure c left join exchange.closure_end e on e.closure_id = c.id
             where c.contour = ?""";

    @Inject
    private Sql sql;

    void add(UUID id, NewClosure closure, Contour contour, Instant from, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into exchange.closure (id, contour, service_code, notice_ru, notice_ky, notice_en, starts_at, ends_at, reason, closed_at, actor, actor_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, contour, closure.service(), closure.notice().get(Language.RU), closure.notice().get(Language.KY),
                    closure.notice().get(Language.EN), from, closure.until(), closure.reason(), at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "closure_once" -> Refusal.of(ClosureRefusal.CLOSED_ALREADY, closure.service().isPresent() ? "service" : "from");
                case "service_of_exchange" -> Refusal.of(AccessRefusal.SERVICE_NOT_OF_THE_EXCHANGE, "service", closure.service().orElseThrow());
                default -> e;
            };
        }
    }

    void end(UUID id, String reason, Instant at, Actor by) {
        try {
            sql.update("insert into exchange.closure_end (closure_id, at, reason, actor, actor_role) values (?, ?, ?, ?, ?)", id, at, reason, by.account(), by.role());
        } catch (SqlFailure e) {
            if (e.constraint().equals("closure_end_pk") || e.constraint().equals("closure_end_in_time")) {
                throw Refusal.of(ClosureRefusal.OPEN_ALREADY, "id");
            }
            throw e;
        }
    }

    Optional<ClosureView> find(UUID id, Contour contour) {
        return sql.first(CLOSURES + " and c.id = ?", ClosureStore::closure, contour, id);
    }

    /** The newest first. */
    List<ClosureView> list(Contour contour, long before, int limit) {
        return sql.list(CLOSURES + " and c.number < ? order by c.number desc limit ?", ClosureStore::closure, contour, before, limit);
    }

    private static ClosureView closure(Row row) {
        return new ClosureView(row.uuid("id"), row.large("number"), row.as(Contour.class, "contour"), row.maybe("service_code", row::text),
                Map.of(Language.RU, row.text("notice_ru"), Language.KY, row.text("notice_ky"), Language.EN, row.text("notice_en")), row.instant("starts_at"),
                row.maybe("ends_at", row::instant), row.text("reason"), row.instant("closed_at"), row.uuid("actor"),
                row.maybe("opened_at", row::instant).map(at -> new ClosureView.Opened(at, row.text("opened_reason"), row.uuid("opened_by"))));
    }
}
