package org.kopuro.access.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.duties.ReportView;
import org.kopuro.access.duties.Reports;
import org.kopuro.access.requests.RequestId;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.exchange.rest.Person;
import org.kopuro.participants.ParticipantId;

/** What whoever has signed in may see (ACC-61): officials everything of their contour, a participant's people its own there. All else is not found. */
@RequestScoped
public class Visible {

    @Inject
    private Person person;
    @Inject
    private Requests requests;
    @Inject
    private Connections connections;
    @Inject
    private Reports reports;

    RequestView request(UUID id) {
        return requests.get(new RequestId(id), person.signedIn().contour(), own());
    }

    ConnectionView connection(UUID id) {
        return connections.get(new ConnectionId(id), person.signedIn().contour(), own());
    }

    ReportView report(UUID id) {
        return reports.get(new ReportId(id), person.signedIn().contour(), own());
    }

    /** For whom a participant's people act; empty: an official. */
    Optional<ParticipantId> own() {
        return person.signedIn().participant().map(ParticipantId::new);
    }
}
