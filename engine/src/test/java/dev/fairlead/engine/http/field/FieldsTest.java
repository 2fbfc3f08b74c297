package dev.fairlead.engine.http.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Where fields keep what they store.
class FieldsTest {
    private static final FieldName NAME = FieldName.of("X-Name");

    private final SpareFields spare = new SpareFields();

    @Test
    void storageThatWasGivenBackIsUsedByTheNext() {
        Fields first = new Fields(spare);
        first.add(NAME, "one");
        byte[] storage = first.bytes();
        first.rest();
        Fields second = new Fields(spare);
        second.add(NAME, "two");
        assertSame(storage, second.bytes());
        assertEquals("two", second.value(NAME));
    }

    @Test
    void whoRestsHoldsNothingAndCanBeFilledAgain() {
        Fields fields = new Fields(spare);
        fields.add(NAME, "one");
        fields.rest();
        assertEquals(0, fields.bytes().length);
        assertFalse(fields.has(NAME));
        for (int i = 0; i < 50; i++) {
            fields.add(NAME, "value " + i);
        }
        assertEquals(50, fields.size());
        assertEquals("value 49", fields.value(49));
    }

    @Test
    void twoAtOnceNeverShareStorage() {
        Fields first = new Fields(spare);
        first.add(NAME, "one");
        first.rest();
        Fields second = new Fields(spare);
        first.add(NAME, "one");
        second.add(NAME, "two");
        assertNotSame(first.bytes(), second.bytes());
        assertEquals("one", first.value(NAME));
    }

    @Test
    void whatGrewVeryLargeIsNotKept() {
        Fields large = new Fields(spare);
        large.add(NAME, "x".repeat(100_000));
        byte[] storage = large.bytes();
        large.rest();
        Fields next = new Fields(spare);
        next.add(NAME, "y");
        assertNotSame(storage, next.bytes());
        assertTrue(next.bytes().length <= 8192);
    }
}
