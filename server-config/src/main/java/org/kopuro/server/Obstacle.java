package org.kopuro.server;

/** The kinds of reasons not to start or not to go on; each has its exit code, so that a script can tell them apart. */
public enum Obstacle {
    DEFECT(1),
    CONFIGURATION(2),
    FOLDER(3),
    ALREADY_RUNNING(4),
    PORT_TAKEN(5),
    DISK_FULL(6),
    DATABASE_UNREACHABLE(7),
    DATABASE_DOES_NOT_START(8),
    DATABASE_VERSION(9),
    NOTHING_BUILT(10),
    SERVER_DIED(11),
    SERVER_NOT_READY(12),
    DATABASE_DIED(13);

    private final int exitCode;

    Obstacle(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
