package org.kopuro.exchange;

/** An X-Road client identifier; the subsystem code is empty when the member itself calls. */
public record XRoadClient(String instance, String memberClass, String memberCode, String subsystemCode) {

    @Override
    public String toString() {
        return instance + "/" + memberClass + "/" + memberCode + (subsystemCode.isEmpty() ? "" : "/" + subsystemCode);
    }
}
