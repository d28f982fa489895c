package org.kopuro.access.procedures;

import org.kopuro.kernel.Contour;

/** What a letter is about, as the procedures head it (ACC-24). */
public enum Purpose {
    CONNECT_TEST, CONNECT_PRODUCTION, JOINT_TEST, RESTORE, DISCONNECT, CHANGE;

    public static Purpose of(RequestKind kind, Contour contour) {
        return switch (kind) {
            case CONNECT -> contour == Contour.TEST ? CONNECT_TEST : CONNECT_PRODUCTION;
            case JOINT_TEST -> JOINT_TEST;
            case RESTORE -> RESTORE;
            case DISCONNECT -> DISCONNECT;
            case CHANGE -> CHANGE;
        };
    }
}
