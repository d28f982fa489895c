package org.kopuro.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node has still to write. */
class BacklogTest {

    private final Backlog<Integer> backlog = new Backlog<>("numbers in a test");
    private final List<List<Integer>> written = new ArrayList<>();

    @Test
    void isWrittenInBatchesInItsOrder() {
        add(5);
        backlog.drain(2, written::add);
        assertEquals(List.of(List.of(0, 1), List.of(2, 3), List.of(4)), written);
    }

    @Test
    void waitsOnWhenItCannotBeWritten() {
        add(3);
        assertThrows(IllegalStateException.class, () -> backlog.drain(2, numbers -> {
            throw new IllegalStateException("the database is away");
        }));
        backlog.drain(10, written::add);
        assertEquals(List.of(List.of(2, 0, 1)), written);
    }

    @Test
    void hasABoundAndRoomAgainOnceItIsWritten() {
        add(Backlog.MAX + 10);
        backlog.drain(Integer.MAX_VALUE, written::add);
        assertEquals(Backlog.MAX, written.get(0).size());
        add(Backlog.MAX);
        backlog.drain(Integer.MAX_VALUE, written::add);
        assertEquals(Backlog.MAX, written.get(1).size());
    }

    private void add(int numbers) {
        for (int i = 0; i < numbers; i++) {
            backlog.add(i);
        }
    }
}
