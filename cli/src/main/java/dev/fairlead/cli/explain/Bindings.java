package dev.fairlead.cli.explain;

import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What binds clients to servers, and whether it binds this one.
final class Bindings {
    private Bindings() {}

    /// @param head the request's, as it came to this hop
    static List<Step> of(Upstream upstream, byte[] head) {
        List<Step> steps = new ArrayList<>();
        for (Persistence persistence : upstream.persistence()) {
            String words = switch (persistence) {
                case Persistence.InCookie cookie -> "cookie " + cookie.name() + " binds clients: " + said(cookie, head);
                case Persistence.Remembered remembered -> "clients are bound to the server that is remembered for them";
                case Persistence.InRdpCookie desktop -> "a cookie of the Remote Desktop Protocol may name the server";
                case Persistence.Ruled ruled -> "a rule may name the server: " + ruled.server();
            };
            String line = persistence.origin().fileAndLine();
            boolean isNew = steps.stream()
                    .noneMatch(step -> step.text().equals(words)
                            && step.at()
                                    .filter(at -> at.fileAndLine().equals(line))
                                    .isPresent());
            if (isNew) {
                steps.add(Step.at("binding", words, persistence.origin()));
            }
        }
        return steps;
    }

    private static String said(Persistence.InCookie cookie, byte[] head) {
        return value(cookie.name(), head)
                .map(value -> "it says \"" + value + "\"")
                .orElse("this one has none yet");
    }

    private static Optional<String> value(String name, byte[] head) {
        return Journey.lines(head)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("cookie:"))
                .flatMap(line -> Stream.of(line.substring("cookie:".length()).split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }
}
