package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.ProductRefusal;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.SubsystemView;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A change that gives PRODUCTION to more services or subsystems than have it needs two officials, as the connection did (ACC-2, ACC-46). */
class ApprovingAChangeIT {

    private final Scene scene = new Scene(Contour.PRODUCTION);
    private final SubsystemView added = scene.addSubsystem("added");

    ApprovingAChangeIT() {
        scene.showStopping(added);
    }

    @Test
    void oneOfficialAloneIsRefusedAndAnApproverGrants() {
        RequestView request = wants(added, "headcount", false);
        assertRefused(AccessRefusal.APPROVAL_REQUIRED, () -> grant(request));
        ProposalView own = proposed(request, Scene.APPROVER);
        assertRefused(RequestRefusal.OWN_PROPOSAL, () -> approve(own, Scene.APPROVER));
        scene.application.run(Proposals.class, proposals -> proposals.reject(own.id(), Contour.PRODUCTION, "by another one", Scene.APPROVER));
        ProposalView proposal = proposed(request, Scene.OFFICIAL);
        assertRefused(RequestRefusal.APPROVER_ONLY, () -> approve(proposal, Scene.TAXPAYER));
        assertEquals(List.of(), rights());
        approve(proposal, Scene.APPROVER);
        assertEquals(RequestState.GRANTED, read(request).state());
        AccessRightView.Decision granted = rights().get(0).granted();
        assertEquals(Scene.APPROVER.account() + " APPROVER in order", granted.actor() + " " + granted.actorRole() + " " + granted.reason());
    }

    @Test
    void theDatabaseRefusesWhatOneOfficialDoesAlone() {
        RequestView request = wants(added, "headcount", false);
        String approver = Scene.APPROVER.account().orElseThrow().toString();
        assertEquals("four_eyes", PastJava.broken(PastJava.event(request, "GRANT", RequestState.GRANTED, approver, "APPROVER")));
        ProposalView proposal = proposed(request, Scene.OFFICIAL);
        assertEquals("four_eyes", PastJava.broken(PastJava.event(request, "GRANT", RequestState.GRANTED, approver, "APPROVER")), "proposed is not approved");
        String approval = "update access.proposal set outcome = 'APPROVED', remark = '', decided_at = now(), decided_role = 'APPROVER', decided_by = '%s' where id = '" + proposal.id() + "'";
        assertEquals("proposal_four_eyes_check", PastJava.broken(approval.formatted(Scene.OFFICIAL.account().orElseThrow())));
        assertEquals("four_eyes", PastJava.broken(approval.formatted(approver), PastJava.event(request, "GRANT", RequestState.GRANTED, approver, "OPERATOR")), "who approves is an approver");
        assertEquals("four_eyes", PastJava.broken(approval.formatted(approver), PastJava.event(request, "GRANT", RequestState.GRANTED, Scene.OFFICIAL.account().orElseThrow().toString(), "APPROVER")),
                "who grants is who approved");
        assertEquals(RequestState.ACCEPTED, read(request).state());
    }

    /** For a subsystem that the same change adds it is no less. */
    @Test
    void servicesOfASubsystemThatItAddsNeedTwoOfficialsAndAProductToo() {
        SubsystemWish mobile = new SubsystemWish("mobile", Optional.of("The app"), false, List.of(new SubsystemWish.Called("tpDataByINNforBusinessActivity", "To lend.")));
        NewRequest wish = new NewRequest(RequestKind.CHANGE, scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "One more, please.", List.of(),
                List.of(), Set.of(), Optional.empty(), Optional.empty()).with(List.of(mobile));
        RequestView bare = scene.application.with(Requests.class, requests -> requests.submit(wish, Scene.OFFICIAL));
        scene.application.run(Requests.class, requests -> requests.confirm(bare.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        assertRefused(AccessRefusal.APPROVAL_REQUIRED, () -> grant(bare));
        assertEquals(ProductRefusal.class, assertThrows(Refusal.class, () -> proposed(bare, Scene.OFFICIAL)).code().getClass());
        String approver = Scene.APPROVER.account().orElseThrow().toString();
        assertEquals("four_eyes", PastJava.broken(PastJava.event(bare, "GRANT", RequestState.GRANTED, approver, "APPROVER")));
        scene.application.run(Requests.class, requests -> requests.retract(bare.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        RequestView whole = scene.application.with(Requests.class, requests -> requests.submit(wish.naming(List.of(new ProductWish(scene.product(), false))), Scene.OFFICIAL));
        scene.application.run(Requests.class, requests -> requests.confirm(whole.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        approve(proposed(whole, Scene.OFFICIAL), Scene.APPROVER);
        assertEquals(List.of("1"), Rows.of("""
                select count(*) from access.access_right r join participants.subsystem s on s.id = r.subsystem_id where s.participant_id = ? and s.code = 'mobile' and r.contour = 'PRODUCTION'""",
                scene.participant.id().value()));
    }

    @Test
    void whatIsAskedForDoesNotGrowAfterwards() {
        RequestView request = wants(scene.subsystem, "headcount", true);
        assertEquals("filed_whole", PastJava.broken("insert into access.request_service (request_id, participant_id, subsystem_id, service_code, drops) values ('%s', '%s', '%s', 'headcount', false)"
                .formatted(request.id().value(), scene.participant.id().value(), added.id().value())));
        assertEquals("filed_whole", PastJava.broken("insert into access.request_contact values ('%s', 1, 'x', 'x', 'x', 'x@example.kg', '+996')".formatted(request.id().value())));
    }

    @Test
    void whoeverOnlyDropsServicesNeedsNoSecondOfficial() {
        RequestView request = wants(scene.subsystem, "headcount", true);
        grant(request);
        AccessRightView dropped = scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.PRODUCTION)).stream()
                .filter(right -> right.serviceCode().equals("headcount")).findFirst().orElseThrow();
        AccessRightView.Decision revoked = dropped.revoked().orElseThrow();
        assertEquals(Scene.OFFICIAL.account() + " OPERATOR in order", revoked.actor() + " " + revoked.actorRole() + " " + revoked.reason());
        assertEquals(List.of("OPERATOR"), Rows.of("select content::jsonb -> 'data' ->> 'actorRole' from ledger.entry where record_id = ? and content::jsonb ->> 'type' = 'access.right_changed'", dropped.id().value()));
    }

    private RequestView wants(SubsystemView subsystem, String service, boolean drops) {
        NewRequest wish = new NewRequest(RequestKind.CHANGE, scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "One more, please.",
                List.of(drops ? new ServiceWish(subsystem.id(), service, true) : Scene.wish(subsystem.id(), service)), List.of(), Set.of(), Optional.empty(), Optional.empty());
        RequestView request = scene.application.with(Requests.class, requests -> requests.submit(drops ? wish : wish.naming(List.of(new ProductWish(scene.product(), false))), Scene.OFFICIAL));
        return scene.application.with(Requests.class, requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private void grant(RequestView request) {
        scene.application.run(Requests.class, requests -> requests.grant(request.id(), Contour.PRODUCTION, "in order", Scene.OFFICIAL));
    }

    private ProposalView proposed(RequestView request, Actor by) {
        return scene.application.with(Proposals.class, proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "in order", by));
    }

    private void approve(ProposalView proposal, Actor by) {
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, by));
    }

    private RequestView read(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.get(request.id(), Contour.PRODUCTION));
    }

    private List<AccessRightView> rights() {
        return scene.application.with(AccessRights.class, rights -> rights.of(added.id(), Contour.PRODUCTION));
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
