package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestAccounts;

/** A participant sends forms in a ZIP and gets a CSV file of their results. */
interface FormBatchesOverRest {

    String BATCHES = "/api/v1/consent-form-batches";
    String COLUMNS = "number,taxpayerInn,taxpayerName,representativeInn,representativeName,representativeGround,services,signedOn,lastDay,formVersion,signing,file,fileSha256,signature";

    private static String anAccountOfTheSubsystem(Scene scene) {
        String login = TestAccounts.make(Role.PARTICIPANT, Contour.TEST, Optional.empty(), Optional.of(scene.participant.id().value()));
        Rows.change("update accounts.account set subsystem_id = ? where login = ?", scene.subsystem.id().value(), login);
        return login;
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    default void aBatchIsAnsweredWithItsReportAndTheSameReportAgain() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String officer = RestApi.anAccount(Role.AGREEMENTS_OFFICER, Contour.TEST, null);
        RestApi.created(RestApi.as(officer, "POST", "/api/v1/admin/form-versions/" + scene.participant.id().value(), "{\"version\":\"1\",\"sha256\":{\"ky\":\"" + "0".repeat(64) + "\"}}"));
        byte[] file = ConsentFormsOverSoap.aFile();
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("consents.csv", (COLUMNS + "\r\n=1+1,%s,Сыноо,,,,headcount,%s,,1,HANDWRITTEN,1.xml,%s,\r\nB,%s,Else,,,,headcount,%s,,1,HANDWRITTEN,2.xml,%s,\r\nC,1,A,,,,headcount,2026-01-01,,1,HANDWRITTEN,,%s,\r\n"
                .formatted(scene.inn.digits(), scene.today(), ConsentFormsOverSoap.sha256(file), scene.inn.digits(), scene.today(), "0".repeat(64), "0".repeat(64))).getBytes(StandardCharsets.UTF_8));
        entries.put("1.xml", file);
        byte[] archive = zip(entries);
        String login = anAccountOfTheSubsystem(scene);
        Server.Response response = Server.upload(BATCHES, login, RestApi.PASSWORD, archive);
        assertEquals(200, response.status(), response::text);
        List<String> lines = response.text().lines().toList();
        assertEquals("row,number,result,problem,field,form", lines.get(0));
        assertTrue(lines.get(1).startsWith("1,'=1+1,REGISTERED,,,"), "a number is a text, never a formula: " + lines.get(1));
        assertTrue(lines.get(2).startsWith("2,B,NAME_MISMATCH,,,") && lines.get(3).startsWith("3,C,REFUSED,INN_LENGTH,taxpayerInn,"), response::text);
        assertEquals(response.text(), Server.upload(BATCHES, login, RestApi.PASSWORD, archive).text());
        String batch = Rows.of("select id from consent.form_batch where participant_id = ?", scene.participant.id().value()).get(0);
        assertEquals(response.text(), RestApi.as(login, "GET", BATCHES + "/" + batch, null).text());
        String stranger = anAccountOfTheSubsystem(new Scene(Contour.TEST, Participants.APPLICATION));
        RestApi.assertProblem(404, "NOT_FOUND", "batch", RestApi.as(stranger, "GET", BATCHES + "/" + batch, null));
    }

    @Test
    default void aBatchIsRefusedWholeWhereItIsNoneOrNobodysSubsystemSendsIt() {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        String login = anAccountOfTheSubsystem(scene);
        assertEquals(422, Server.upload(BATCHES, login, RestApi.PASSWORD, "no archive".getBytes(StandardCharsets.UTF_8)).status());
        assertEquals(422, Server.upload(BATCHES, login, RestApi.PASSWORD, zip(Map.of("a.xml", ConsentFormsOverSoap.aFile()))).status());
        String ofNone = TestAccounts.make(Role.PARTICIPANT, Contour.TEST, Optional.empty(), Optional.of(scene.participant.id().value()));
        assertEquals(403, Server.upload(BATCHES, ofNone, RestApi.PASSWORD, zip(Map.of("a.xml", ConsentFormsOverSoap.aFile()))).status());
        assertEquals(403, Server.upload(BATCHES, RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn), RestApi.PASSWORD, new byte[1]).status());
    }
}
