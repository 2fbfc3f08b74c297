package dev.fairlead.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(Announcement.link(List.of(new ListenerStatus(address, tls, "a.conf:1"))))
                .contains(link);
    }

    @Test
    void aUnixSocketHasNoLink() {
        assertThat(Announcement.link(List.of(new ListenerStatus("unix:/run/a.sock", false, "a.conf:1"))))
                .isEmpty();
    }
}
