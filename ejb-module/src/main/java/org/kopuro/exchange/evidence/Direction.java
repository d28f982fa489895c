package org.kopuro.exchange.evidence;

/** Which of a call's two messages. */
enum Direction {
    REQUEST("request.xml"), ANSWER("answer.xml");

    private final String member;

    Direction(String member) {
        this.member = member;
    }

    /** Its name in a container. */
    String member() {
        return member;
    }
}
