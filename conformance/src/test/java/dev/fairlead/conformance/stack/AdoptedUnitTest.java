package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A unit that starts gunicorn, run as an application: what people do to units and to gunicorn does the same.
class AdoptedUnitTest {
    @TempDir(factory = ForEverybody.class)
    private Path scratch;

    @SuppressWarnings("NullAway.Init") // started before each test
    private Airbnb site;

    @BeforeEach
    void start() throws IOException {
        Distribution.require();
        site = new Airbnb(scratch, "/usr/bin/gunicorn", false, "--adopt");
    }

    @AfterEach
    void end() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void aUnitThatIsStoppedRefusesRequestsAndOneThatIsStartedAnswers() throws IOException {
        assertThat(site.control("units/airbnb/stop")).contains("Stopped AirBnB page.");
        assertThat(site.get("/").status()).isEqualTo(503);
        assertThat(site.get("/api/v1/status").status()).isEqualTo(200);
        assertThat(site.say(0, "status")).contains("inactive (dead)", "AirBnB page (application airbnb)");
        assertThat(site.control("units/airbnb/start")).contains("Started AirBnB page.");
        assertThat(site.get("/").status()).isEqualTo(200);
        assertThat(site.say(0, "restart", "airbnb")).contains("Restarted AirBnB page.");
        assertThat(site.get("/").status()).isEqualTo(200);
    }

    @Test
    void newCodeIsTakenOverByTheReloadScriptOfTheExample() throws IOException {
        Path page = site.file("srv/airbnb/web_dynamic/page.html");
        Files.writeString(page, Files.readString(page).replace("<h1>HBNB</h1>", "<h1>New</h1>"));
        Path script = site.file("srv/airbnb/4-reload_gunicorn_no_downtime");
        ProcessUnderTest run = ProcessUnderTest.run(
                scratch, script.toString(), site.written(".pid").toString());
        assertThat(run.output()).isEmpty();
        Deadline.inSeconds(60).await("the new page", () -> site.get("/").body().contains("<h1>New</h1>"));
    }

    @Test
    void codeThatCannotBeLoadedChangesNothingAndIsTold() throws IOException {
        Path code = site.file("srv/airbnb/web_dynamic/2-hbnb.py");
        Files.writeString(code, "import what_is_not_there\n", StandardOpenOption.APPEND);
        assertThat(site.control("units/airbnb/reload"))
                .contains("Traceback", "No module named 'what_is_not_there'", "goes on serving");
        assertThat(site.say(1, "deploy", "airbnb")).contains("what_is_not_there");
        assertThat(site.get("/").status()).isEqualTo(200);
        assertThat(Files.readString(site.written("-error.log"))).contains("what_is_not_there");
    }

    @Test
    void signalsMeanWhatTheyMeanToGunicorn() throws IOException {
        assertThat(site.control("units/airbnb/kill?signal=TTIN")).contains("4 workers");
        assertThat(site.control("units/airbnb/kill?signal=HUP")).contains("generation 2", "failed 0");
        assertThat(site.control("units/airbnb/kill?signal=STOP")).contains("not SIGSTOP");
        site.control("units/airbnb/kill?signal=TERM");
        Deadline.inSeconds(60).await("the end", () -> site.get("/").status() == 503);
    }

    @Test
    void aSettingOfTheUnitCountsFromTheNextReloadOn() throws IOException {
        Path unit = site.file("etc/systemd/system/airbnb.service");
        Files.writeString(unit, Files.readString(unit).replace("--workers 3", "--workers 2"));
        assertThat(site.control("units/airbnb/reload")).contains("with 2 workers");
        Files.writeString(unit, Files.readString(unit).replace("--workers 2", "--workers 2 -k tornado"));
        assertThat(site.control("units/airbnb/reload")).contains("tornado", "nothing was changed");
        assertThat(site.get("/").status()).isEqualTo(200);
    }
}
