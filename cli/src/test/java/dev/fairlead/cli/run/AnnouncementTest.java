package dev.fairlead.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.status.HopStatus;
import dev.fairlead.model.status.ListenerStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:8080,false,http://localhost:8080/",
        "*:80,false,http://localhost/",
        "[::]:443,true,https://localhost/",
        "192.0.2.7:8443,true,https://192.0.2.7:8443/",
        "127.0.0.1:443,false,http://localhost:443/",
    })
    void aLinkWorksOnThisMachine(String address, boolean tls, String link) {
        assertThat(Announcement.link(List.of(new ListenerStatus(address, tls, "a.conf:1")), List.of()))
                .contains(link);
    }

    @Test
    void theFrontOfTheStackIsLinkedTo() {
        List<ListenerStatus> listeners = List.of(
                new ListenerStatus("*:8080", false, "site.conf:2"),
                new ListenerStatus("*:80", false, "haproxy.cfg:9"),
                new ListenerStatus("*:443", true, "stunnel.conf:3"));
        List<HopStatus> hops = List.of(
                new HopStatus("haproxy.cfg:20", "127.0.0.1:8080", "site.conf:2"),
                new HopStatus("stunnel.conf:4", "localhost:80", "haproxy.cfg:9"));
        assertThat(Announcement.link(listeners, hops)).contains("https://localhost/");
    }

    @Test
    void aUnixSocketHasNoLink() {
        assertThat(Announcement.link(List.of(new ListenerStatus("unix:/run/a.sock", false, "a.conf:1")), List.of()))
                .isEmpty();
    }
}
