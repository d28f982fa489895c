package org.kopuro.loans;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** Whether banks want four eyes, and what waits for the second pair. */
@Dependent
class ProposalStore {

    @Inject
    private Sql sql;

    boolean wanted(UUID bank, Contour contour) {
        return sql.first("select wanted from loans.four_eyes where contour = ? and bank_id = ? order by number desc limit 1", row -> row.flag("wanted"), contour, bank).orElse(false);
    }

    void want(UUID bank, Contour contour, boolean wanted, String reason, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into loans.four_eyes (contour, bank_id, number, wanted, reason, at, actor, actor_role)
                    select ?::kernel.contour, ?::uuid, coalesce(max(number), 0) + 1, ?, ?, ?, ?::uuid, ? from loans.four_eyes where contour = ? and bank_id = ?""", contour.name(), bank, wanted, reason, at,
                    by.account(), by.role(), contour, bank);
        } catch (SqlFailure e) {
            throw e.constraint().equals("four_eyes_pk") ? Refusal.of(LoanRefusal.BUSY) : e;
        }
    }

    void add(UUID id, Wish wish, Placer placer, Optional<RequestKey> key, Instant at) {
        JsonObjectBuilder stated = Json.createObjectBuilder();
        wish.stated().forEach((field, value) -> stated.add(field.json(), LoanJson.stored(field, value)));
        try {
            sql.update("""
                    insert into loans.proposal (id, contour, bank_id, loan_id, version, event, stated, cleared, replaces, reason, key, body_sha256, proposed_at, proposed_by, proposer_role)
                    values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::text[], ?, ?, ?, ?, ?, ?, ?)""", id, placer.contour(), placer.bank(), wish.loan(), wish.version(), wish.event().orElseThrow(), stated.build().toString(), wish.cleared().stream().map(LoanField::json).toList(), wish.replaces(), wish.reason(),
                    key.map(RequestKey::key), key.map(RequestKey::bodySha256), at, placer.actor().account(), placer.actor().role());
        } catch (SqlFailure e) {
            throw e.constraint().equals("proposal_open_unique") ? Refusal.of(LoanRefusal.PROPOSAL_WAITS, "loan") : e;
        }
    }

    /** What the key's first request proposed, if its body was the same; refuses another body. */
    Optional<ProposalView> answered(UUID bank, Contour contour, RequestKey key) {
        return sql.first("select *, body_sha256 = ? same from loans.proposal where contour = ? and bank_id = ? and key = ?", row -> {
            if (!row.flag("same")) {
                throw Refusal.of(LoanRefusal.KEY_USED_OTHERWISE, "Idempotency-Key");
            }
            return view(row);
        }, key.bodySha256(), contour, bank, key.key());
    }

    /** The oldest first. */
    List<ProposalView> waiting(Optional<UUID> bank, Contour contour, int limit) {
        return sql.list("select * from loans.proposal where (?::uuid is null or bank_id = ?::uuid) and contour = ? and outcome is null order by proposed_at, id limit ?", ProposalStore::view, bank, bank,
                contour, limit);
    }

    /** Kept from others until the transaction ends. */
    Optional<ProposalView> hold(UUID id, UUID bank, Contour contour) {
        sql.call("select set_config('lock_timeout', '5s', true)");
        try {
            return sql.first("select * from loans.proposal where id = ? and bank_id = ? and contour = ? for update", ProposalStore::view, id, bank, contour);
        } catch (SqlFailure e) {
            throw e.state().equals("55P03") ? Refusal.of(LoanRefusal.BUSY) : e;
        }
    }

    Optional<ProposalView> find(UUID id, Optional<UUID> bank, Contour contour) {
        return sql.first("select * from loans.proposal where id = ? and (?::uuid is null or bank_id = ?::uuid) and contour = ?", ProposalStore::view, id, bank, bank, contour);
    }

    void decide(UUID id, ProposalView.Outcome outcome, Optional<String> remark, Optional<UUID> made, Instant at, Actor by) {
        try {
            sql.update("update loans.proposal set outcome = ?, decided_at = ?, decided_by = ?, remark = ?, made_id = ? where id = ?", outcome, at, by.account(), remark, made, id);
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "proposal_four_eyes_check" -> Refusal.of(LoanRefusal.OWN_PROPOSAL, "proposal");
                case "proposal_decided_once" -> Refusal.of(LoanRefusal.PROPOSAL_DECIDED, "proposal");
                default -> e;
            };
        }
    }

    private static ProposalView view(Row row) {
        Map<LoanField, Object> stated = new EnumMap<>(LoanField.class);
        try (JsonReader reader = Json.createReader(new StringReader(row.text("stated")))) {
            reader.readObject().forEach((name, value) -> LoanField.named(name).ifPresent(field -> stated.put(field, LoanJson.read(field, value))));
        }
        return new ProposalView(row.uuid("id"), row.uuid("bank_id"), row.maybe("loan_id", row::uuid), row.maybe("version", row::number), row.as(LoanEvent.class, "event"), stated,
                row.all(String.class, "cleared").stream().flatMap(name -> LoanField.named(name).stream()).collect(Collectors.toSet()), row.maybe("replaces", row::uuid), row.maybe("reason", row::text),
                row.instant("proposed_at"), row.uuid("proposed_by"), row.maybe(ProposalView.Outcome.class, "outcome").map(outcome -> new ProposalView.Decision(outcome, row.instant("decided_at"), row.uuid("decided_by"),
                        row.maybe("remark", row::text), row.maybe("made_id", row::uuid))));
    }
}
