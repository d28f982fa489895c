/**
 * The service catalogue as it is kept and published: entries, versions with their contracts, the comparison with what the exchange publishes, texts.
 *
 * <h2>Concepts</h2>
 * An <em>entry</em> says of a service what a consumer has to know (003 §13.4): the service and its rules of the day come from {@link org.kopuro.access.Catalogue},
 * description, protocol and owner from the newest <em>revision</em>. A <em>version</em> is a contract of a service in a contour, with a life of its own. A <em>task</em>
 * is a difference between this catalogue and the exchange's. A <em>text</em> is what a procedure refers to.
 *
 * <h2>Package specification</h2>
 * An entry that its owner has not confirmed for as many days as it says is stale; so is one without a revision. A contract stands still from its announcement on: with it, in one transaction,
 * everybody affected gets N17 and it becomes what will be published. In PRODUCTION a version is published on or after the announced day, or in an emergency with a reason,
 * which is told at once, counted and listed; and not before TEST serves its major version (ACC-11). With a publication goes, for good, in what it differs from the version before and whom that concerns. Published versions are
 * never edited: another schema under the same name is another revision, and supersedes. A comparison that could not read its source opens and closes no task but the one
 * that says so.
 *
 * <h2>Design notes</h2>
 * Whoever has the role SERVICE_OWNER keeps entries; where an entry names an account, that account alone confirms it. Entries and texts hold in both contours, so that accounts of
 * TEST change none where there is PRODUCTION. The exchange enters no contour, hence
 * entries, tasks and texts have none. A publication opens its version to calls of its contour, RETIRE closes it (ACC-18); what answers them comes with a release, which has to be there
 * first: its edges say at the start which major versions they answer ({@link org.kopuro.access.ImplementedVersions}), and no other is published. RECORD writes down what was served before. A service that its owner adds is served by its publications alone; its rules are dated, its names and switch are revisions (ACC-85). Apart from {@code access}, which every call reads, because this is read by people. Sources: ACC-84 to ACC-88, ACC-91, ACC-93.
 */
package org.kopuro.access.catalogue;
