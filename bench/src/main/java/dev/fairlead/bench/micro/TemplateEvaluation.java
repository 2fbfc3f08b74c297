package dev.fairlead.bench.micro;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.RequestFeed;
import dev.fairlead.model.plan.Plan;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Texts with variables, of a browser's request.
@State(Scope.Thread)
public class TemplateEvaluation {
    private static final Map<String, String> TEXTS = Map.of(
            "variable", "$host",
            "forwarded", "$proxy_add_x_forwarded_for",
            "url", "$scheme://$host$request_uri",
            "many", "$remote_addr $request_method $uri $arg_page $http_user_agent $cookie_session");

    @Param({"variable", "forwarded", "url", "many"})
    public String text = "";

    @SuppressWarnings("NullAway.Init") // before the first operation
    private Text compiled;

    @SuppressWarnings("NullAway.Init") // before the first operation
    private Exchange exchange;

    @Setup
    public void prepare() {
        Plan plan =
                Samples.plan("server { listen 80; location / { proxy_pass http://127.0.0.1:81; proxy_set_header X-A \""
                        + TEXTS.getOrDefault(text, "") + "\"; } }");
        compiled = Samples.forward(plan).request().fields().stream()
                .filter(field -> field.name().equals("X-A"))
                .map(field -> Samples.context(plan).text(field.value()))
                .findFirst()
                .orElseThrow();
        exchange = new RequestFeed(Samples.READING).parse(Samples.browser("www.example", "/articles/2026/rope?page=2"));
    }

    @Benchmark
    public String evaluate() {
        return compiled.of(exchange);
    }
}
