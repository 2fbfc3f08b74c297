package dev.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http.Method;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.lifecycle.Signal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlRequestTest {
    @Test
    void statusIsAskedForWithGet() {
        assertThat(ControlRequest.parse(Method.GET, "/status", "")).isEqualTo(new ControlRequest.Status());
        assertThat(ControlRequest.parse(Method.POST, "/status", ""))
                .isEqualTo(new ControlRequest.Refused(405, "ask with GET"));
    }

    @Test
    void whatChangesSomethingIsAskedForWithPost() {
        assertThat(ControlRequest.parse(Method.POST, "/reload", ""))
                .isEqualTo(new ControlRequest.Perform(new StackCommand.Reload()));
        assertThat(ControlRequest.parse(Method.GET, "/reload", ""))
                .isEqualTo(new ControlRequest.Refused(405, "ask with POST"));
    }

    @Test
    void aUnitIsNamedInThePath() {
        assertThat(ControlRequest.parse(Method.POST, "/units/app@1.service/restart", ""))
                .isEqualTo(
                        new ControlRequest.Perform(new StackCommand.ForUnit(new UnitCommand.Restart("app@1.service"))));
        assertThat(ControlRequest.parse(Method.POST, "/units/app/kill", "signal=SIGUSR1"))
                .isEqualTo(
                        new ControlRequest.Perform(new StackCommand.ForUnit(new UnitCommand.Kill("app", Signal.USR1))));
    }

    @Test
    void aRequestToBeExplainedIsPutTogetherFromTheQuery() {
        assertThat(ControlRequest.parse(Method.GET, "/explain", "url=https%3A%2F%2Fa%2F%3Fb%26c&field=A:+b&field=C:+d"))
                .isEqualTo(new ControlRequest.Explain(
                        "https://a/?b&c", "GET", List.of("A: b", "C: d"), "192.0.2.1", false));
        assertThat(ControlRequest.parse(Method.GET, "/explain", "url=a&method=PUT&from=::1&old"))
                .isEqualTo(new ControlRequest.Explain("a", "PUT", List.of(), "::1", true));
        assertThat(ControlRequest.parse(Method.GET, "/explain", ""))
                .isEqualTo(new ControlRequest.Refused(400, "which url?"));
    }

    @Test
    void logsTakeTheirParametersFromTheQuery() {
        assertThat(ControlRequest.parse(Method.GET, "/logs", "unit=app%401&lines=5&follow"))
                .isEqualTo(new ControlRequest.Logs(Optional.of("app@1"), 5, true));
        assertThat(ControlRequest.parse(Method.GET, "/logs", ""))
                .isEqualTo(new ControlRequest.Logs(Optional.empty(), 100, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/nothing|''|404",
                "POST|/units/app/dance|''|404",
                "POST|/units//restart|''|404",
                "POST|/units/app|''|404",
                "POST|/units/app/kill|signal=SIGFOO|400",
                "GET|/logs|lines=many|400",
                "GET|/logs|lines=-1|400",
                "GET|/logs|unit=%zz|400",
            })
    void everythingElseIsRefused(String method, String path, String query, int status) {
        assertThat(ControlRequest.parse(Method.valueOf(method), path, query))
                .isInstanceOfSatisfying(
                        ControlRequest.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
