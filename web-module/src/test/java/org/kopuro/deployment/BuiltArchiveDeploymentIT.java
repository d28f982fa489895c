package org.kopuro.deployment;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deploys the archive that ships, once. */
@ExtendWith(ArquillianExtension.class)
class BuiltArchiveDeploymentIT implements MessageForms, RestForms, RestCalls, Metaservices, SignedCalls, ForgedMessages, RestApi, AccessOverRest, AccessOverSoap, ConsentFormsOverSoap, FilesBesideMessages, OtherLanguages, UsageOverTheWire, FormBatchesOverRest, AgreementsOverRest, ClocksOverRest, CompaniesOverRest, ProductsOverRest, DutiesOverRest, MonitoringOverRest, CatalogueOverRest, CredentialsOverRest, ConsentOverRest, ComplaintsOverRest, ProgrammesOverRest, LoanImportsOverRest,
        MandatesOverRest, GateOverRest, Gateways, Operations, PublishedLedger, EvidenceOfCalls, LoansOverRest, FuzzedLoansOverRest, ConsolidatedLoansOverRest, TransitionsOverRest, FourEyesOverRest, CertifiedLoansOverRest {

    @ArquillianResource
    private URL announced;

    @Deployment(testable = false)
    static WebArchive archive() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/kopuro.war"));
    }

    @BeforeEach
    void reachTheServer() throws URISyntaxException {
        Server.at(announced.toURI());
    }
}
