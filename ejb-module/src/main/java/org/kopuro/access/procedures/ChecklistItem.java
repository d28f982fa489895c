package org.kopuro.access.procedures;

import java.util.Map;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/** What a request must show: ticked by the official (ACC-47), or declared by the applicant (ACC-50). */
public record ChecklistItem(RequestKind kind, Contour contour, String code, Side side, Map<Language, String> texts, String source) {

    /** Who says that it is so. */
    public enum Side {
        CHECK, CONFIRMATION
    }
}
