package dev.fairlead.cli.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HaproxyArgumentsTest {
    @Test
    void optionsAboutTheInsideOfHaproxyAreKnownAsIneffective() {
        assertThat(understood("-db -m 512 -n 4000 -L here -x /run/h.sock -dr -f a.cfg")
                        .ineffective())
                .containsExactly("-m 512", "-n 4000", "-L here", "-x /run/h.sock", "-dr");
    }

    @Test
    void optionsThatAreFollowedAreNot() {
        HaproxyArguments arguments = understood("-W -dW -q -p /run/h.pid -C /etc/haproxy -f a.cfg -sf 12 34");
        assertThat(arguments.ineffective()).isEmpty();
        assertThat(arguments.old()).containsExactly(12L, 34L);
        assertThat(arguments.strict()).isTrue();
    }

    @Test
    void whatIsNoOptionIsRefused() {
        for (String words : List.of("-z", "a.cfg", "-f", "-m")) {
            assertThat(HaproxyArguments.read(List.of(words.split(" "))))
                    .isInstanceOf(HaproxyArguments.Reading.Refused.class);
        }
    }

    private static HaproxyArguments understood(String words) {
        return switch (HaproxyArguments.read(List.of(words.split(" ")))) {
            case HaproxyArguments.Reading.Understood(HaproxyArguments arguments) -> arguments;
            case HaproxyArguments.Reading.Refused refused -> throw new AssertionError(words);
        };
    }
}
