package org.kopuro.kernel;

import java.util.UUID;

/** Names a row and says of what kind, so that a participant's id is never taken for a subsystem's. */
public interface Id {

    UUID value();
}
