package org.kopuro.accessservices;

import java.util.List;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.agreements.AgreementView;

/** How a participant stands in a contour: its connections, live ones first, and its agreements, drafts first. */
public record Standing(List<ConnectionView> connections, List<AgreementView> agreements) {
}
