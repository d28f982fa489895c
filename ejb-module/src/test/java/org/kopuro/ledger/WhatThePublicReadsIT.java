package org.kopuro.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.IncidentView;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.duties.ReportView;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.testing.Scene;

/** The ledger is open to everybody and for ever: it names no member, and of whom something is suspected whoever is entitled can prove, and nobody can read. */
class WhatThePublicReadsIT {

    private final Scene scene = new Scene();

    @Test
    void aRegistrationNamesNoMember() {
        EntryView entry = about(scene.participant.id().value()).get(0);
        assertEquals(2, json(entry).getInt("version"));
        assertFalse(entry.content().contains(scene.client().memberCode()));
        assertTells(entry, "member", scene.client().instance() + "/" + scene.client().memberClass() + "/" + scene.client().memberCode());
    }

    @Test
    void anIncidentNamesNeitherItsParticipantNorWhatItIs() {
        IncidentView incident = scene.application.with(Incidents.class, incidents -> incidents.open(new NewIncident(IncidentSource.OFFICER, IncidentSeverity.HIGH,
                Optional.of(scene.participant.id()), "Data were sold"), Contour.TEST, Scene.OFFICIAL));
        EntryView entry = about(incident.id().value()).get(0);
        assertClear(entry, Set.of("event", "state", "actorRole"));
        assertTells(entry, "participant", scene.participant.id().value().toString());
        assertTells(entry, "severity", "HIGH");
        assertTells(entry, "actor", Scene.OFFICIAL.account().orElseThrow().toString());
    }

    @Test
    void aReportDoesNotSayWhoseItIs() {
        ReportView report = scene.report(ReportKind.LIQUIDATION, Contour.TEST);
        EntryView entry = about(report.id().value()).get(0);
        assertClear(entry, Set.of("procedure", "version", "receivedAt", "day", "startsAt", "endsAt", "late", "actorRole"));
        assertTells(entry, "participant", scene.participant.id().value().toString());
        assertTells(entry, "kind", "LIQUIDATION");
    }

    private List<EntryView> about(UUID record) {
        return scene.application.with(Receipts.class, receipts -> receipts.about(record, Contour.TEST));
    }

    private void assertTells(EntryView entry, String field, String value) {
        assertEquals(true, scene.application.with(Receipts.class, receipts -> receipts.tells(entry, field, value)), field);
    }

    /** All others are keyed hashes. */
    private void assertClear(EntryView entry, Set<String> clear) {
        data(entry).forEach((field, value) -> assertEquals(!clear.contains(field), value.toString().matches("\"hmac-sha256:[A-Za-z0-9+/]{43}=\""), field));
        assertFalse(entry.content().contains(scene.participant.id().value().toString()) || entry.content().contains(scene.subsystem.id().value().toString()), entry::content);
        assertEquals(2, json(entry).getInt("version"));
    }

    private static JsonObject data(EntryView entry) {
        return json(entry).getJsonObject("data");
    }

    private static JsonObject json(EntryView entry) {
        try {
            return CanonicalJson.parse(entry.content(), "entry");
        } catch (Unproven e) {
            throw new AssertionError(e);
        }
    }
}
