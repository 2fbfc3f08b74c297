package dev.fairlead.dialect.systemd.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitNameTest {
    @Test
    void instanceIsTakenApart() {
        UnitName name = UnitName.parse("nethelper@4001.service").orElseThrow();
        assertThat(name).isEqualTo(new UnitName("nethelper", "4001", true, "service"));
        assertThat(name.template()).hasToString("nethelper@.service");
        assertThat(name.isInstance()).isTrue();
        assertThat(name.template().isTemplate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ".service", "@a.service", "a b.service", "nethelper#4001.service", "a/b.service"})
    void whatIsNoNameIsNone(String text) {
        assertThat(UnitName.parse(text)).isEmpty();
    }

    @Test
    void typedNamesGetTheirSuffixAndAreEscaped() {
        assertThat(UnitName.ofTyped("nethelper@4001").orElseThrow()).hasToString("nethelper@4001.service");
        assertThat(UnitName.ofTyped("nethelper@config/file1.json").orElseThrow())
                .hasToString("nethelper@config-file1.json.service");
        assertThat(UnitName.ofTyped("multi-user.target").orElseThrow()).hasToString("multi-user.target");
        assertThat(UnitName.ofTyped("a b").orElseThrow()).hasToString("a\\x20b.service");
    }

    @Test
    void unescapingMakesPaths() {
        assertThat(UnitName.unescape("config-file1.json")).isEqualTo("config/file1.json");
        assertThat(UnitName.unescape("a\\x2db")).isEqualTo("a-b");
    }
}
