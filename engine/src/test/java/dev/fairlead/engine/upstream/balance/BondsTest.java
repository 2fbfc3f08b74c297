package dev.fairlead.engine.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.upstream.Proxy;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Wire;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BondsTest {
    private static final Span ORIGIN = Span.builtIn();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static String get(String path, String cookie) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + cookie + "\r\n";
    }

    private static Proxy proxy(Peer one, Peer two) {
        return new Proxy()
                .add(one.port(), ServerTraits.NONE.withName("s1").withCookie("A"))
                .add(two.port(), ServerTraits.NONE.withName("s2").withCookie("B"));
    }

    @Test
    void cookieNamesTheServerAndIsSetOnlyWhileItIsNotRight() {
        try (Peer one = Peer.replying(OK);
                Peer two = Peer.replying(OK);
                Proxy proxy = proxy(one, two)) {
            Persistence.InCookie plain = Persistence.InCookie.of("SRV", Persistence.Way.INSERT, ORIGIN);
            proxy.persistence = List.of(new Persistence.InCookie(
                    plain.name(),
                    plain.way(),
                    true,
                    true,
                    false,
                    false,
                    true,
                    false,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    ORIGIN));
            proxy.start();
            try (Wire wire = proxy.connect()) {
                assertThat(wire.send(get("/", "")).reply().header("set-cookie")).contains("SRV=A; path=/; HttpOnly");
                for (int i = 0; i < 3; i++) {
                    assertThat(wire.send(get("/", "Cookie: x=1; SRV=B\r\n"))
                                    .reply()
                                    .header("set-cookie"))
                            .isEmpty();
                }
                assertThat(two.requests())
                        .hasSize(3)
                        .allSatisfy(
                                request -> assertThat(request.header("cookie")).contains("x=1"));
                proxy.upstreams().tell("app", "s2", new ServerCommand.SetDuty(Duty.DRAIN), proxy.clock);
                wire.send(get("/", "Cookie: SRV=B\r\n")).expectStatus(200);
                assertThat(two.requests()).hasSize(4);
                proxy.upstreams().tell("app", "s2", new ServerCommand.SetDuty(Duty.MAINTENANCE), proxy.clock);
                assertThat(wire.send(get("/", "Cookie: SRV=B\r\n")).reply().header("set-cookie"))
                        .contains("SRV=A; path=/; HttpOnly");
            }
        }
    }

    @Test
    void tableRemembersTheServerOfAKey() {
        try (Peer one = Peer.replying(OK);
                Peer two = Peer.replying(OK);
                Proxy proxy = proxy(one, two)) {
            StickTable table =
                    new StickTable("app", StickTable.Key.TEXT, 32, 100, true, Optional.empty(), List.of(), ORIGIN);
            proxy.persistence = List.of(new Persistence.Remembered(
                    table,
                    Template.of(new Variable.Builtin(Attribute.QUERY), ORIGIN),
                    Optional.empty(),
                    List.of(Persistence.Moment.LOOK_UP, Persistence.Moment.REQUEST),
                    ORIGIN));
            proxy.start();
            try (Wire wire = proxy.connect()) {
                for (String user : List.of("anna", "bert", "anna", "anna", "anna")) {
                    wire.send(get("/?" + user, "")).expectStatus(200);
                }
            }
            assertThat(one.requests()).hasSize(4);
            assertThat(two.requests()).hasSize(1);
        }
    }
}
