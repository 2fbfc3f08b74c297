package dev.fairlead.engine.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Texts by hash.
class TextTableTest {
    private final TextTable<String> table = new TextTable<>();

    @Test
    void anEmptyOneFindsNothing() {
        assertTrue(table.isEmpty());
        assertNull(table.find(""));
        assertNull(table.find("a"));
        assertNull(table.findLongest("/a"));
        assertNull(table.only());
    }

    @Test
    void theFirstValueOfATextStays() {
        table.putIfAbsent("a", "first");
        table.putIfAbsent("a", "second");
        assertEquals("first", table.find("a"));
        assertEquals("first", table.only());
    }

    @Test
    void thousandsAreFoundAndNoOthers() {
        for (int i = 0; i < 5000; i++) {
            table.putIfAbsent("shop-" + i + ".example", "value " + i);
        }
        for (int i = 0; i < 5000; i++) {
            assertEquals("value " + i, table.find("shop-" + i + ".example"));
        }
        assertNull(table.find("shop-5000.example"));
        assertNull(table.find("shop-1"));
        assertNull(table.only());
    }

    @Test
    void textsOfOneHashAreToldApart() {
        assertEquals("Aa".hashCode(), "BB".hashCode());
        table.putIfAbsent("Aa", "one");
        assertNull(table.find("BB"));
        assertNull(table.findLongest("BBBB"));
        table.putIfAbsent("BB", "other");
        assertEquals("one", table.find("Aa"));
        assertEquals("other", table.find("BB"));
    }

    @Test
    void aTextWhoseHashIsZeroIsFound() {
        String text = "f5a5a608";
        assertEquals(0, text.hashCode());
        assertNull(table.find(text));
        table.putIfAbsent("", "empty");
        table.putIfAbsent(text, "zero");
        assertEquals("zero", table.find(text));
        assertEquals("empty", table.find(""));
        assertEquals("zero", table.findLongest(text + "/more"));
    }

    @Test
    void theLongestBeginningWins() {
        table.putIfAbsent("/", "root");
        table.putIfAbsent("/a/", "a");
        table.putIfAbsent("/a/b", "ab");
        String deep = "/deep" + "/x".repeat(100);
        table.putIfAbsent(deep, "deep");
        assertEquals("root", table.findLongest("/"));
        assertEquals("root", table.findLongest("/a"));
        assertEquals("a", table.findLongest("/a/"));
        assertEquals("ab", table.findLongest("/a/bc"));
        assertEquals("deep", table.findLongest(deep + "/y"));
        assertEquals("root", table.findLongest(deep.substring(0, 100)));
        assertNull(table.findLongest(""));
        assertNull(table.findLongest("a/"));
    }
}
