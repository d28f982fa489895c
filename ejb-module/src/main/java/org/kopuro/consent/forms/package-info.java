/**
 * Consents by application form: signed papers and files that participants obtain from taxpayers and transfer.
 *
 * <h2>Concepts</h2>
 * A <em>transfer</em> brings a declaration (who allows whom which services, since and until when, on which version of the form's text) and the signed file. Its <em>result</em> says which
 * check it passed or failed ({@link org.kopuro.consent.forms.FormResult}). A <em>form consent</em> is what was transferred; only one that is REGISTERED permits anything (CON-97). Its
 * life: RECEIVED, REGISTERED or REJECTED at once; then WITHDRAWN by either side, DISPUTED by its taxpayer and settled by an officer, or EXPIRED
 * ({@link org.kopuro.consent.forms.FormState}). A <em>form version</em> is a wording that an agreement names, by its digests.
 *
 * <h2>Package specification</h2>
 * The file is a PDF or XML: a scan of a handwritten form, a file with its CMS signature beside it, or a file inside its CMS signature. What inspection refuses
 * ({@link org.kopuro.documents.Upload}) leaves nothing; what a check rejects leaves the declaration and the result, and no file. The same transfer sent twice is one consent and has one
 * answer. Days end in Asia/Bishkek; expiry is compared with the clock at every call. A form consent's row is locked for sharing while a call is answered on it, so that a withdrawal is
 * acknowledged only after every disclosure that it could not prevent has been committed (CON-74).
 *
 * <h2>Design notes</h2>
 * An electronic signature counts when one signer, named by INN in a certificate of an issuer that the installation trusts, neither expired nor revoked, signed this content
 * with SHA-2 (decision 0021). Sources: 003 §14.13, §17, §18; CON-43, CON-90 to CON-103, CON-T20 to CON-T28.
 */
package org.kopuro.consent.forms;
