package org.kopuro.access.jointtests;

/**
 * A service as it was tested.
 *
 * @param majorVersion the number before the first point of the service's version
 */
public record TestedVersion(String service, String majorVersion) {

    @Override
    public String toString() {
        return service + " " + majorVersion;
    }
}
