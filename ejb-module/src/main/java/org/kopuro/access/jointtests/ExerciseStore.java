package org.kopuro.access.jointtests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.kopuro.installation.Sql;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Reads what was called in TEST from the usage entries. */
@Dependent
class ExerciseStore {

    @Inject
    private Sql sql;

    /** For each right four looks into indexes that hold TEST's calls alone; the literals are theirs. */
    List<Exercise> of(ParticipantId participant, LocalDate day, int countedMax, int limit) {
        return sql.list("""
                select r.subsystem_id, r.service_code, a.at answered_at, f.at refused_at, f.outcome refusal, n.answered, m.refused
                  from (select distinct subsystem_id, service_code from access.access_right
                         where contour = 'TEST' and participant_id = ? and revoked_at is null and ? between valid_from and coalesce(valid_to, 'infinity')
                           and service_code in (select code from access.service where kind = 'EXCHANGE')
                         order by subsystem_id, service_code limit ?) r
                  left join lateral (select u.at from consent.usage u where u.contour = 'TEST' and u.outcome = 'DISCLOSED' and u.subsystem_id = r.subsystem_id
                                        and u.service_code = r.service_code order by u.id desc limit 1) a on true
                  left join lateral (select u.at, u.outcome from consent.usage u where u.contour = 'TEST' and u.outcome <> 'DISCLOSED' and u.subsystem_id = r.subsystem_id
                                        and u.service_code = r.service_code order by u.id desc limit 1) f on true
                  cross join lateral (select count(*) answered from (select from consent.usage u where u.contour = 'TEST' and u.outcome = 'DISCLOSED'
                                         and u.subsystem_id = r.subsystem_id and u.service_code = r.service_code limit ?) c) n
                  cross join lateral (select count(*) refused from (select from consent.usage u where u.contour = 'TEST' and u.outcome <> 'DISCLOSED'
                                         and u.subsystem_id = r.subsystem_id and u.service_code = r.service_code limit ?) c) m
                 order by r.subsystem_id, r.service_code""",
                row -> new Exercise(new SubsystemId(row.uuid("subsystem_id")), row.text("service_code"), row.number("answered"), row.number("refused"),
                        row.maybe("answered_at", row::instant), row.maybe("refused_at", row::instant), row.maybe("refusal", row::text)), participant, day, limit, countedMax, countedMax);
    }
}
