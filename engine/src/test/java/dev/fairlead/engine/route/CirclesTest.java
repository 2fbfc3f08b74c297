package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.source.Problems;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Requests that rules send to a named location are followed on their way through a plan.
class CirclesTest {
    private static final Rule TO_APP = new Rule.Enter("app", Written.HERE);
    private static final Rule EDIT = new Rule.EditField(new FieldEdit.Set("X-Seen", text("yes")), Written.HERE);

    private static HttpListener listener(int port, TestHost host) {
        VirtualHost built = host.build();
        return new HttpListener(
                new Address.Tcp("127.0.0.1", port),
                SocketOptions.DEFAULT,
                false,
                false,
                false,
                List.of(built),
                built,
                Written.HERE);
    }

    private static String problems(HttpListener... listeners) {
        Problems problems = new Problems();
        Linker.link(
                new Plan(new HttpPlan(Arrays.asList(listeners), List.of(), 64, List.of()), RuntimeOptions.DEFAULT),
                problems);
        return problems.render();
    }

    @Test
    void aFrontendThatComesBackToItselfIsNamed() {
        TestHost one = TestHost.named().rule(EDIT).rule(TO_APP).passing("@app", 8101, EDIT);
        TestHost two = TestHost.named().rule(TO_APP).passing("@app", 8100);
        assertThat(problems(listener(8100, one), listener(8101, two))).contains("link.circle");
    }

    @Test
    void requestsThatRulesMayAnswerOrDivertAreNotFollowed() {
        TestHost answering = TestHost.named().rule(answer(403)).rule(TO_APP).passing("@app", 8100);
        TestHost elsewhere = TestHost.named().rule(TO_APP).passing("@app", 8102);
        TestHost unknown = TestHost.named()
                .rule(new Rule.EditTarget(Rule.EditTarget.Part.PATH, text("/x"), Written.HERE))
                .rule(TO_APP)
                .passing("@app", 8100);
        assertThat(problems(listener(8100, answering))).doesNotContain("link.circle");
        assertThat(problems(listener(8100, elsewhere))).doesNotContain("link.circle");
        assertThat(problems(listener(8100, unknown))).doesNotContain("link.circle");
    }
}
