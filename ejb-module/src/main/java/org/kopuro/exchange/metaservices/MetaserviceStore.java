package org.kopuro.exchange.metaservices;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;

@Dependent
class MetaserviceStore {

    /** An organisation connected in one of the contours, by itself and by its subsystems; the subsystem without a code is the member itself. */
    private static final String CLIENTS = """
            select p.instance, p.member_class, p.member_code, p.full_name, s.code subsystem_code, s.name subsystem_name
              from participants.participant p
              left join participants.subsystem s on s.participant_id = p.id and s.code <> ''
             where p.kind in ('LEGAL_PERSON', 'STATE_BODY')
               and exists (select from access.connection c where c.participant_id = p.id and c.state <> 'DISCONNECTED' and c.contour::text = any (?::text[]))
             order by p.member_class, p.member_code, s.code nulls first
             limit ?
            """;

    @Inject
    private Sql sql;

    List<Row> clients(Collection<Contour> contours, int most) {
        return sql.list(CLIENTS, row -> new Row(new XRoadClient(row.text("instance"), row.text("member_class"), row.text("member_code"), ""), row.text("full_name"),
                row.maybe("subsystem_code", row::text), row.maybe("subsystem_name", row::text)), contours, most);
    }

    /** The member, whichever of its subsystems is named. */
    Optional<ParticipantId> participant(XRoadClient client) {
        return sql.first("select id from participants.participant where instance = ? and member_class = ? and member_code = ?", row -> new ParticipantId(row.uuid("id")),
                client.instance(), client.memberClass(), client.memberCode());
    }

    /** A member, once for each of its subsystems. */
    record Row(XRoadClient member, String name, Optional<String> subsystemCode, Optional<String> subsystemName) {
    }
}
